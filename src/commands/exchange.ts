import { Notification } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CommandIDs } from '../commandIds';
import type { Conversion, IProposal } from '../environmentTokens';
import { asProblem } from '../models/problems';
import type { EditOutcome, INotebookDocument, NotebookEdit } from '../tokens';
import type { IEnvironmentContext } from './environmentContext';
import { notebookOf, tellProblem } from './context';
import { notebookArgs } from './describe';

const AUTO_CLOSE_MS = 8000;

type Work = (document: INotebookDocument) => Promise<string | null>;

/** Work on the notebook of the arguments; tell what was done, or what went wrong. */
async function run(
  context: IEnvironmentContext,
  args: ReadonlyPartialJSONObject,
  work: Work
): Promise<void> {
  const document = notebookOf(context, args);
  if (!document) {
    return;
  }
  try {
    const done = await work(document);
    if (done !== null && context.preferences.notify === 'all') {
      Notification.success(done, { autoClose: AUTO_CLOSE_MS });
    }
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

/** Apply what a preview has shown, and read the dependencies again. */
function applyTo(
  context: IEnvironmentContext,
  document: INotebookDocument
): (plan: IProposal<{ edit: NotebookEdit }>) => EditOutcome {
  return ({ answer, base }) => {
    const outcome = document.apply(answer.edit, base);
    void context.dependencies.refresh(document);
    return outcome;
  };
}

function convert(context: IEnvironmentContext): Work {
  const { exchange, trans } = context;
  return async document => {
    const plan = (): Promise<Conversion> => exchange.planConversion(document);
    const conversion = await plan();
    const { lines, lost } = conversion.answer;
    if (lines.length === 0 && lost.length === 0) {
      Notification.info(trans.__('No cell installs packages.'), {
        autoClose: AUTO_CLOSE_MS
      });
      return null;
    }
    const { showConversion } = await import('../dialogs/ConversionDialog');
    const apply = applyTo(context, document);
    const done = await showConversion({ conversion, plan, apply, trans });
    return done
      ? trans._n(
          '%1 line is a comment now. Save the notebook to keep it.',
          '%1 lines are comments now. Save the notebook to keep it.',
          done.answer.lines.length
        )
      : null;
  };
}

function importFile(context: IEnvironmentContext): Work {
  const { exchange, trans } = context;
  return async document => {
    const { showImport } = await import('../dialogs/ImportDialog');
    const apply = applyTo(context, document);
    const done = await showImport({ document, exchange, apply, trans });
    return done
      ? trans._n(
          '%1 requirement is recorded. Save the notebook to keep it.',
          '%1 requirements are recorded. Save the notebook to keep them.',
          done.answer.requirements
        )
      : null;
  };
}

function exportFiles(context: IEnvironmentContext): Work {
  const { exchange, trans } = context;
  return async document => {
    const { showExport } = await import('../dialogs/ExportDialog');
    const done = await showExport({ document, exchange, trans });
    const written = done?.files.filter(({ isSame }) => !isSame) ?? [];
    if (!done) {
      return null;
    }
    return written.length > 0
      ? trans.__('Written: %1.', written.map(({ path }) => path).join(', '))
      : trans.__('The files say it already; nothing was written.');
  };
}

function statusOf(context: IEnvironmentContext, args: ReadonlyPartialJSONObject): string {
  const document = notebookOf(context, args);
  return document ? context.dependencies.status(document) : 'unsupported';
}

/** Add the commands that carry environments to and from files, and out of cells. */
export function addExchangeCommands(context: IEnvironmentContext): void {
  const { commands, trans } = context;
  const isReadable = (args: ReadonlyPartialJSONObject): boolean =>
    statusOf(context, args) !== 'unsupported';
  const isEditable = (args: ReadonlyPartialJSONObject): boolean =>
    isReadable(args) && statusOf(context, args) !== 'locking';
  commands.addCommand(CommandIDs.convertInstalls, {
    label: trans.__('Record pip Installs as Requirements…'),
    caption: trans.__('Declare what cells install, and comment those lines out'),
    describedBy: notebookArgs(),
    isEnabled: isEditable,
    execute: args => run(context, args, convert(context))
  });
  commands.addCommand(CommandIDs.importEnvironment, {
    label: trans.__('Import Environment…'),
    caption: trans.__('Take over what a file of another tool asks for and locks'),
    describedBy: notebookArgs(),
    isEnabled: isEditable,
    execute: args => run(context, args, importFile(context))
  });
  commands.addCommand(CommandIDs.exportEnvironment, {
    label: trans.__('Export Environment…'),
    caption: trans.__('Write the environment in the files of another tool'),
    describedBy: notebookArgs(),
    isEnabled: isReadable,
    execute: args => run(context, args, exportFiles(context))
  });
}
