import type { TranslationBundle } from '@jupyterlab/translation';
import type { SectionName } from '../commandIds';
import type { ProjectLink } from '../projectTokens';
import { SIGNS } from './signs';

type Next = NonNullable<ProjectLink['next']>;

/** What a link of the chain is called. */
export function linkTitle(name: ProjectLink['name'], trans: TranslationBundle): string {
  return {
    notebooks: trans.__('Notebooks'),
    overlays: trans.__('Overlays'),
    advisories: trans.__('Advisories'),
    pipeline: trans.__('Pipelines'),
    images: trans.__('Images'),
    release: trans.__('Release')
  }[name];
}

/** The state of a link in a word. */
export function stateText(state: ProjectLink['state'], trans: TranslationBundle): string {
  return {
    good: trans.__('good'),
    attention: trans.__('to do'),
    problem: trans.__('problem'),
    unknown: trans.__('not known'),
    none: trans.__('none yet')
  }[state];
}

/** The sign of a state, as in the doctor's findings. */
export function stateSign(state: ProjectLink['state']): string {
  return SIGNS[state];
}

/** The words of the button that does what is next. */
export function nextText(
  { command, paths }: Pick<Next, 'command' | 'paths'>,
  trans: TranslationBundle
): string {
  if (paths) {
    return trans.__('Lock All…');
  }
  return {
    'lock-notebook': trans.__('Lock'),
    'open-file': trans.__('Open'),
    'split-notebook': trans.__('Split…'),
    'lock-overlay': trans.__('Refresh…'),
    'check-overlay': trans.__('Check'),
    'audit-project': trans.__('Audit'),
    'audit-path': trans.__('Show'),
    'create-pipeline': trans.__('Create…'),
    'run-pipeline': trans.__('Run'),
    'show-run': trans.__('Show'),
    'check-pipeline': trans.__('Check'),
    'cut-release': trans.__('Cut a Release…'),
    'resume-release': trans.__('Resume'),
    'commit-files': trans.__('Open Git')
  }[command];
}

/** What the button does, so that it can be told from the others. */
export function nextCaption(
  { command, arguments: values, paths }: Next,
  trans: TranslationBundle
): string {
  if (paths) {
    return trans.__('Lock %1 notebooks', paths.length);
  }
  const path = values['path'] ?? values['folder'] ?? '';
  return {
    'lock-notebook': trans.__('Lock %1', path),
    'open-file': trans.__('Open %1', path),
    'split-notebook': trans.__('Split %1 into steps', path),
    'lock-overlay': trans.__('Refresh the overlay %1', path),
    'check-overlay': trans.__('Check the overlays'),
    'audit-project': trans.__('Audit all locks'),
    'audit-path': trans.__('Show the advisories against %1', path),
    'create-pipeline': trans.__('Create a pipeline of %1', path),
    'run-pipeline': trans.__('Run %1', path),
    'show-run': trans.__('Show the run of %1', path),
    'check-pipeline': trans.__('Check %1', path),
    'cut-release': trans.__('Cut a release'),
    'resume-release': trans.__('Resume the release'),
    'commit-files': trans.__('Open Git to commit what is there')
  }[command];
}

/** The section of the sidebar that a link is about. */
export function sectionOf(name: ProjectLink['name']): SectionName {
  const sections = {
    notebooks: 'dependencies',
    overlays: 'overlays',
    advisories: 'dependencies',
    pipeline: 'pipelines',
    images: 'pipelines',
    release: 'release'
  } as const;
  return sections[name];
}

/** How the project is in one sentence. */
export function projectText(
  links: readonly ProjectLink[],
  trans: TranslationBundle
): string {
  const count = (state: ProjectLink['state']): number =>
    links.filter(link => link.state === state).length;
  const parts = [
    [count('problem'), trans._n('%1 problem', '%1 problems', count('problem'))],
    [count('attention'), trans._n('%1 to do', '%1 to do', count('attention'))],
    [count('unknown'), trans._n('%1 not known', '%1 not known', count('unknown'))]
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([, text]) => text);
  return told.length > 0 ? told.join(', ') : trans.__('Nothing is due.');
}
