import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  Build,
  ReleaseCheck,
  ReleaseKind,
  ReleaseNotes,
  ReleaseRecord,
  Releases
} from '../releaseTokens';
import { SIGNS } from './signs';

/** How the next version is found, in a word or two. */
export function kindText(kind: ReleaseKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'auto':
      return trans.__('By the commits');
    case 'patch':
      return trans.__('Patch');
    case 'minor':
      return trans.__('Minor');
    case 'major':
      return trans.__('Major');
    case 'prerelease':
      return trans.__('Prerelease');
    case 'finalize':
      return trans.__('Final');
    case 'build':
      return trans.__('Build');
    case 'calver':
      return trans.__('By the day');
    case 'explicit':
      return trans.__('Another version');
  }
}

/** How a check went, in a sign that does without colours. */
export function checkSign(status: ReleaseCheck['status']): string {
  return { pass: SIGNS.good, warn: SIGNS.attention, fail: SIGNS.problem }[status];
}

/** How a check went, in a word. */
export function checkStatusText(
  status: ReleaseCheck['status'],
  trans: TranslationBundle
): string {
  switch (status) {
    case 'pass':
      return trans.__('passed');
    case 'warn':
      return trans.__('warning');
    case 'fail':
      return trans.__('forbids the release');
  }
}

/** What a check looks at, in a word or two. */
export function checkName(name: ReleaseCheck['name'], trans: TranslationBundle): string {
  switch (name) {
    case 'tree':
      return trans.__('Files');
    case 'branch':
      return trans.__('Branch');
    case 'remote':
      return trans.__('Remote');
    case 'identity':
      return trans.__('Identity');
    case 'tag':
      return trans.__('Tag');
    case 'forge':
      return trans.__('Forge');
    case 'notes':
      return trans.__('Notes');
    case 'references':
      return trans.__('References');
    case 'locks':
      return trans.__('Locks');
    case 'advisories':
      return trans.__('Advisories');
    case 'secrets':
      return trans.__('Secrets');
    case 'outputs':
      return trans.__('Outputs');
    case 'splits':
      return trans.__('Splits');
    case 'commands':
      return trans.__('Commands');
    default:
      return name;
  }
}

/** What checks came to, in a few words. */
export function checksText(
  checks: readonly ReleaseCheck[],
  trans: TranslationBundle
): string {
  const count = (wanted: ReleaseCheck['status']): number =>
    checks.filter(({ status }) => status === wanted).length;
  const [failed, warned] = [count('fail'), count('warn')];
  return [
    failed > 0 ? trans._n('%1 forbids the release', '%1 forbid the release', failed) : '',
    warned > 0 ? trans._n('%1 warning', '%1 warnings', warned) : '',
    trans.__('%1 passed', count('pass'))
  ]
    .filter(Boolean)
    .join(', ');
}

/** How far a release that is not done came, in a sentence. */
export function stageText(
  { stage, remote }: ReleaseRecord,
  trans: TranslationBundle
): string {
  switch (stage) {
    case 'begun':
      return trans.__('Its files were being written.');
    case 'written':
      return trans.__('Its files are written and not committed.');
    case 'committed':
      return trans.__('It is committed and has no tag.');
    case 'tagged':
      return trans.__('Commit and tag are made; nothing has left this machine.');
    case 'pushing':
      return trans.__('It may be on %1 already.', remote ?? '');
    case 'releasing':
      return trans.__(
        'Commit and tag are on %1; its forge does not tell of it.',
        remote ?? ''
      );
    case 'proposing':
      return trans.__('Its branch is on %1; its pull request is not open.', remote ?? '');
    default:
      return '';
  }
}

/** How a pull request stands, in a word. */
export function requestStateText(
  state: NonNullable<Releases['pull_request']>['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'open':
      return trans.__('open');
    case 'merged':
      return trans.__('merged');
    case 'closed':
      return trans.__('closed');
  }
}

/** How a build went, in a word. */
export function buildStateText(state: Build['state'], trans: TranslationBundle): string {
  switch (state) {
    case 'running':
      return trans.__('running');
    case 'passed':
      return trans.__('passed');
    case 'failed':
      return trans.__('failed');
  }
}

/** Which repository it is, its branch and its version, in a line. */
export function repositoryText(
  { repository, branch, current }: Releases,
  trans: TranslationBundle
): string {
  return [
    repository === '.' ? trans.__('The root folder') : repository,
    branch === null ? trans.__('no branch') : trans.__('branch %1', branch),
    current === null ? trans.__('no version yet') : trans.__('version %1', current)
  ].join(' · ');
}

/** How much is not released, in a sentence. */
export function unreleasedText(
  { count, since, next }: ReleaseNotes,
  trans: TranslationBundle
): string {
  if (count === 0) {
    return since === null
      ? trans.__('No changes.')
      : trans.__('No changes since %1.', since);
  }
  const changes =
    since === null
      ? trans._n('%1 change.', '%1 changes.', count)
      : trans._n('%1 change since %2.', '%1 changes since %2.', count, since);
  const asked =
    next === null ? '' : trans._n('It asks for %2.', 'They ask for %2.', count, next);
  return [changes, asked].filter(Boolean).join(' ');
}
