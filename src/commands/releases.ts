import { Notification } from '@jupyterlab/apputils';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IReleaseArgs, IRepositoryArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { ACTION_ICONS, releaseIcon } from '../icons';
import { asProblem } from '../models/problems';
import type {
  BotAnswer,
  IReleasesModel,
  ReleaseKind,
  ReleasePlace
} from '../releaseTokens';
import { RELEASE_KINDS } from '../releaseTokens';
import type { ICommandContext } from './context';
import { tellProblem } from './context';

/** What the commands about releases work with. */
export interface IReleaseContext extends Pick<
  ICommandContext,
  'commands' | 'jobs' | 'trans'
> {
  /** The releases. */
  releases: IReleasesModel;
}

const AUTO_CLOSE_MS = 8000;

const REPOSITORY = {
  path: {
    type: 'string',
    description: 'A file in the repository; the one that the user is in when left out'
  },
  folder: { type: 'string', description: 'A folder in the repository' }
};

const KIND = {
  kind: {
    type: 'string',
    enum: [...RELEASE_KINDS],
    description: 'How the next version is found; the user is asked first when left out'
  }
};

/** What a command says of its arguments: which repository, and these besides. */
function repositoryArgs(more: ReadonlyJSONObject = {}): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: { ...REPOSITORY, ...more } } };
}

function placeOf(
  { releases }: IReleaseContext,
  args: ReadonlyPartialJSONObject
): ReleasePlace {
  const { path, folder } = args as IRepositoryArgs;
  if (folder !== undefined) {
    return { folder };
  }
  return path === undefined ? releases.place : { path };
}

function kindOf(args: ReadonlyPartialJSONObject): ReleaseKind | null {
  const { kind } = args as IReleaseArgs;
  return RELEASE_KINDS.find(known => known === kind) ?? null;
}

function cutLabel(kind: ReleaseKind | null, trans: TranslationBundle): string {
  switch (kind) {
    case 'patch':
      return trans.__('Cut a Patch Release…');
    case 'minor':
      return trans.__('Cut a Minor Release…');
    case 'major':
      return trans.__('Cut a Major Release…');
    default:
      return trans.__('Cut a Release…');
  }
}

async function cut(
  context: IReleaseContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { releases, jobs, trans } = context;
  const { showRelease } = await import('../dialogs/ReleaseDialog');
  const kind = kindOf(args);
  const session = releases.begin(placeOf(context, args), kind === null ? {} : { kind });
  // Whoever names the kind asks for the plan; an explicit version has to be typed first.
  if (kind !== null && kind !== 'explicit') {
    void session.makePlan();
  }
  await showRelease({ session, jobs, trans });
  if (session.issue && session.isDone) {
    tellAsked(session.issue, trans);
  }
}

/** Tell that an issue is open, with the way to it. */
function tellAsked(
  { issue, is_open_already: isOld }: BotAnswer,
  trans: TranslationBundle
): void {
  if (!issue) {
    return;
  }
  const { number, title, url } = issue;
  const text = isOld
    ? trans.__('Issue %1 asks for that already: %2.', number, title)
    : trans.__('Issue %1 is open: %2. The section Release follows it.', number, title);
  Notification.success(text, {
    autoClose: AUTO_CLOSE_MS,
    actions: /^https?:\/\//.test(url)
      ? [
          {
            label: trans.__('Open Issue'),
            callback: () => void window.open(url, '_blank', 'noopener')
          }
        ]
      : []
  });
}

async function askBot(
  context: IReleaseContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { releases, trans } = context;
  const { askForRequest } = await import('../dialogs/AskBotDialog');
  const place = placeOf(context, args);
  const asked = await askForRequest({ place, tag: newestTag(context), releases, trans });
  if (asked) {
    tellAsked(asked, trans);
  }
}

/** The newest release of the repository that is shown; empty where that is not known. */
function newestTag({ releases: { state } }: IReleaseContext): string {
  return ('answer' in state ? state.answer?.tags[0]?.name : '') ?? '';
}

async function writeWorkflow(
  context: IReleaseContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { releases, trans } = context;
  const { offerWorkflow } = await import('../dialogs/WorkflowDialog');
  const written = await offerWorkflow({ place: placeOf(context, args), releases, trans });
  if (written) {
    const files = written.changes.map(({ file }) => file).join(', ');
    const text = trans.__('%1 is written. Commit it, and have it merged.', files);
    Notification.success(text, { autoClose: AUTO_CLOSE_MS });
  }
}

/** Do something; tell what kept it from being begun. */
async function telling(
  context: IReleaseContext,
  work: () => Promise<unknown>
): Promise<void> {
  try {
    await work();
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

async function undo(
  context: IReleaseContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { releases, trans } = context;
  const place = placeOf(context, args);
  const { askUndo } = await import('../dialogs/UndoReleaseDialog');
  const choice = await askUndo({ place, releases, trans });
  if (choice) {
    await releases.undo(place, choice.isPublished);
  }
}

async function keepToken(
  context: IReleaseContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { releases, trans } = context;
  const { askToken } = await import('../dialogs/TokenDialog');
  const kept = await askToken({ place: placeOf(context, args), releases, trans });
  if (kept) {
    const text = trans.__('git keeps the token for %1.', kept.host);
    Notification.success(text, { autoClose: AUTO_CLOSE_MS });
  }
}

/** Add the commands about those who release besides us: bots, and workflows of the forge. */
function addBotCommands(context: IReleaseContext): void {
  const { commands, trans } = context;
  commands.addCommand(CommandIDs.askBot, {
    label: trans.__('Ask a Bot…'),
    caption: trans.__(
      'Ask Kebechet or AICoE-CI for something, by an issue that is shown first'
    ),
    describedBy: repositoryArgs(),
    execute: args => askBot(context, args)
  });
  commands.addCommand(CommandIDs.writeReleaseWorkflow, {
    label: trans.__('Tag Releases When They Are Merged…'),
    caption: trans.__(
      'Write the workflow that has the forge tag what was merged; it is shown first'
    ),
    describedBy: repositoryArgs(),
    execute: args => writeWorkflow(context, args)
  });
}

/** Add the commands about releases. */
export function addReleaseCommands(context: IReleaseContext): void {
  const { commands, releases, trans } = context;
  commands.addCommand(CommandIDs.cutRelease, {
    label: args => cutLabel(kindOf(args), trans),
    caption: trans.__('Cut a release: see all that it would do, before anything is done'),
    icon: releaseIcon,
    describedBy: repositoryArgs(KIND),
    execute: args => cut(context, args)
  });
  commands.addCommand(CommandIDs.resumeRelease, {
    label: trans.__('Resume Release'),
    caption: trans.__('Go on with a release that was begun and is not done'),
    describedBy: repositoryArgs(),
    execute: args => telling(context, () => releases.resume(placeOf(context, args)))
  });
  commands.addCommand(CommandIDs.undoRelease, {
    label: trans.__('Undo Release…'),
    caption: trans.__('Take the newest release back'),
    describedBy: repositoryArgs(),
    execute: args => telling(context, () => undo(context, args))
  });
  commands.addCommand(CommandIDs.showReleaseNotes, {
    label: trans.__('Show Release Notes'),
    caption: trans.__('Show what the next release would tell'),
    icon: ACTION_ICONS.ShowNotes,
    describedBy: repositoryArgs(),
    execute: async args => {
      const { showNotes } = await import('../dialogs/NotesDialog');
      await showNotes({ place: placeOf(context, args), releases, trans });
    }
  });
  commands.addCommand(CommandIDs.keepForgeToken, {
    label: trans.__('Give Git a Token for the Forge…'),
    caption: trans.__('Have git keep a token for the forge that releases go to'),
    describedBy: repositoryArgs(),
    execute: args => keepToken(context, args)
  });
  commands.addCommand(CommandIDs.refreshReleases, {
    label: trans.__('Refresh Releases'),
    caption: trans.__('Read again what was released'),
    icon: ACTION_ICONS.Refresh,
    describedBy: repositoryArgs(),
    execute: () => releases.refresh()
  });
  addBotCommands(context);
}
