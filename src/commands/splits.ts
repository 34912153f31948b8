import { Notification } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ISplitArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { ACTION_ICONS, overlayIcon, splitIcon } from '../icons';
import { asProblem, untrustedIndexes } from '../models/problems';
import type {
  IOverlaysModel,
  ISplitsModel,
  SplitOutcome,
  Verification
} from '../splitTokens';
import type { INotebookDocument } from '../tokens';
import type { ICommandContext } from './context';
import { notebookOf, tellProblem } from './context';
import { noArgs, notebookArgs } from './describe';

const AUTO_CLOSE_MS = 8000;

/** What the commands about splits and overlays work with. */
export interface ISplitContext extends Pick<
  ICommandContext,
  'commands' | 'dependencies' | 'notebooks' | 'preferences' | 'trans'
> {
  /** The splits. */
  splits: ISplitsModel;
  /** The overlays. */
  overlays: IOverlaysModel;
  /** The path of the notebook that is selected in the file browser, or null. */
  selectedPath: () => string | null;
  /** Open a notebook, or bring it to the front; null where it cannot be opened. */
  open: (path: string) => Promise<INotebookDocument | null>;
  /** Show the preview of a notebook. */
  showPreview: (document: INotebookDocument) => Promise<void>;
  /** Show what a verification found. */
  showReport: (document: INotebookDocument, found: Verification) => Promise<void>;
}

/** The notebook that is meant, opened where it is not. */
async function opened(
  context: ISplitContext,
  args: ISplitArgs
): Promise<INotebookDocument | null> {
  const path = args.selected ? context.selectedPath() : args.path;
  if (args.selected && path === null) {
    return null;
  }
  const where = path ? { path } : (args as ReadonlyPartialJSONObject);
  return notebookOf(context, where) ?? (path ? context.open(path) : null);
}

function isPython(context: ISplitContext, args: ReadonlyPartialJSONObject): boolean {
  const { path, selected } = args as ISplitArgs;
  if (selected) {
    return true;
  }
  const document = notebookOf(context, args);
  return document
    ? context.dependencies.status(document) !== 'unsupported'
    : path !== undefined;
}

/** Apply, and where that is refused for an index that is not trusted, ask and apply once more. */
async function apply(
  context: ISplitContext,
  document: INotebookDocument,
  trusted: readonly string[]
): Promise<SplitOutcome | null> {
  const outcome = await context.splits.apply(document, trusted);
  if (outcome?.kind !== 'failed') {
    return outcome;
  }
  const indexes = untrustedIndexes(outcome.problem) ?? [];
  if (indexes.length === 0 || indexes.every(index => trusted.includes(index))) {
    return outcome;
  }
  const { askTrust } = await import('../dialogs/TrustDialog');
  return (await askTrust(indexes, context.trans))
    ? apply(context, document, [...trusted, ...indexes])
    : outcome;
}

/** Do something with the notebook of the arguments; tell what went wrong. */
async function run(
  context: ISplitContext,
  args: ReadonlyPartialJSONObject,
  work: (document: INotebookDocument) => Promise<unknown>
): Promise<void> {
  const document = notebookOf(context, args);
  if (!document) {
    return;
  }
  try {
    await work(document);
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

async function report(
  context: ISplitContext,
  document: INotebookDocument
): Promise<void> {
  const found = await context.splits.verification(document.path);
  if (found) {
    await context.showReport(document, found);
  } else {
    const { trans } = context;
    Notification.info(
      trans.__('There is no report of a verification any more. Verify again.'),
      { autoClose: AUTO_CLOSE_MS }
    );
  }
}

async function extract(
  context: ISplitContext,
  document: INotebookDocument
): Promise<void> {
  const { overlays, preferences, trans } = context;
  const { askOverlay } = await import('../dialogs/OverlayDialog');
  const done = await askOverlay({ document, overlays, trans });
  if (done && preferences.notify === 'all') {
    Notification.success(trans.__('The overlay is in %1.', done.overlay.folder), {
      autoClose: AUTO_CLOSE_MS
    });
  }
}

/** Add the commands that split notebooks. */
export function addSplitCommands(context: ISplitContext): void {
  const { commands, splits, trans } = context;
  const isFree = (args: ReadonlyPartialJSONObject): boolean => {
    const document = notebookOf(context, args);
    return document !== null && splits.activeJob(document.path) === null;
  };
  commands.addCommand(CommandIDs.splitNotebook, {
    label: trans.__('Split into Steps…'),
    caption: args =>
      isPython(context, args) || notebookOf(context, args) === null
        ? trans.__('Split into steps: see what each would be, before anything is written')
        : trans.__('Not a Python notebook: it cannot be split into steps'),
    icon: splitIcon,
    describedBy: notebookArgs({
      selected: {
        type: 'boolean',
        description: 'Whether to take the notebook that is selected in the file browser'
      }
    }),
    isEnabled: args => isPython(context, args),
    execute: async args => {
      try {
        const document = await opened(context, args as ISplitArgs);
        if (document) {
          await context.showPreview(document);
        }
      } catch (error) {
        tellProblem(context, asProblem(error));
      }
    }
  });
  commands.addCommand(CommandIDs.createSteps, {
    label: trans.__('Create Steps'),
    caption: trans.__('Write the steps that the preview shows'),
    describedBy: notebookArgs(),
    isEnabled: args => {
      const document = notebookOf(context, args);
      return isFree(args) && document !== null && splits.session(document) !== null;
    },
    execute: args => run(context, args, document => apply(context, document, []))
  });
  commands.addCommand(CommandIDs.verifySteps, {
    label: trans.__('Verify Steps'),
    caption: trans.__('Run the notebook and its steps, and compare'),
    icon: ACTION_ICONS.Verify,
    describedBy: notebookArgs(),
    isEnabled: args => isFree(args) && isPython(context, args),
    execute: args => run(context, args, document => splits.verify(document))
  });
  commands.addCommand(CommandIDs.showVerification, {
    label: trans.__('Show Verification'),
    caption: trans.__('Show what the last verification of the steps found'),
    describedBy: notebookArgs(),
    isEnabled: args => notebookOf(context, args) !== null,
    execute: args => run(context, args, document => report(context, document))
  });
}

/** Add the commands that look after overlays. */
export function addOverlayCommands(context: ISplitContext): void {
  const { commands, overlays, trans } = context;
  commands.addCommand(CommandIDs.extractOverlay, {
    label: trans.__('Extract Overlay…'),
    caption: trans.__('Write the environment of the notebook to an overlay'),
    icon: overlayIcon,
    describedBy: notebookArgs(),
    isEnabled: args => notebookOf(context, args) !== null && isPython(context, args),
    execute: args => run(context, args, document => extract(context, document))
  });
  commands.addCommand(CommandIDs.refreshOverlays, {
    label: trans.__('Refresh Overlays'),
    caption: trans.__(
      'Check whether the overlays of the project hold what their notebooks import'
    ),
    icon: ACTION_ICONS.Refresh,
    describedBy: noArgs(),
    execute: () => overlays.check()
  });
}
