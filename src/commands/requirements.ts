import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ICellArgs, IRequirementArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { asProblem } from '../models/problems';
import type {
  DependencyRow,
  INotebookDocument,
  IProblem,
  RequirementsChange
} from '../tokens';
import type { ICommandContext } from './context';
import { notebookOf, tellProblem } from './context';
import { notebookArgs } from './describe';
import type { IEnvironmentContext } from './environmentContext';
import { ACTION_ICONS } from '../icons';

const NAME = {
  name: { type: 'string', description: "The requirement's distribution name" }
};

function rowOf(
  context: IEnvironmentContext,
  document: INotebookDocument,
  args: ReadonlyPartialJSONObject
): DependencyRow | null {
  const { name } = args as IRequirementArgs;
  const { dependencies } = context.dependencies.state(document);
  return dependencies?.requirements.find(row => row.name === name) ?? null;
}

/** Change the requirements; what went wrong, or null. */
async function change(
  context: IEnvironmentContext,
  document: INotebookDocument,
  wanted: RequirementsChange
): Promise<IProblem | null> {
  try {
    const outcome = await context.dependencies.edit(document, wanted);
    if (outcome !== 'refused') {
      return null;
    }
    return {
      code: 'notebook.changed',
      message: context.trans.__('The notebook has changed meanwhile.'),
      hint: context.trans.__('Try again.'),
      details: {}
    };
  } catch (error) {
    return asProblem(error);
  }
}

async function ask(
  context: IEnvironmentContext,
  document: INotebookDocument,
  row: DependencyRow | null
): Promise<void> {
  const { dependencies } = context.dependencies.state(document);
  const { askRequirement } = await import('../dialogs/RequirementDialog');
  await askRequirement({
    row,
    pythonVersion: dependencies?.python_version ?? null,
    packages: context.packages,
    trans: context.trans,
    submit: requirement => change(context, document, { add: [requirement] })
  });
}

function isEditable(
  context: IEnvironmentContext,
  args: ReadonlyPartialJSONObject
): boolean {
  const document = notebookOf(context, args);
  if (!document) {
    return false;
  }
  const status = context.dependencies.status(document);
  return status !== 'unsupported' && status !== 'locking';
}

/** Add the commands that change requirements. */
export function addRequirementCommands(context: IEnvironmentContext): void {
  const { commands, trans } = context;
  commands.addCommand(CommandIDs.addRequirement, {
    label: trans.__('Add Requirement…'),
    caption: trans.__('Declare a requirement in the notebook'),
    icon: ACTION_ICONS.Add,
    describedBy: notebookArgs(),
    isEnabled: args => isEditable(context, args),
    execute: async args => {
      const document = notebookOf(context, args);
      if (document) {
        await ask(context, document, null);
      }
    }
  });
  commands.addCommand(CommandIDs.editRequirement, {
    label: trans.__('Edit Requirement…'),
    caption: trans.__('Change a requirement of the notebook'),
    icon: ACTION_ICONS.Edit,
    describedBy: notebookArgs(NAME, ['name']),
    isEnabled: args => isEditable(context, args),
    execute: async args => {
      const document = notebookOf(context, args);
      const row = document ? rowOf(context, document, args) : null;
      if (document && row) {
        await ask(context, document, row);
      }
    }
  });
  commands.addCommand(CommandIDs.removeRequirement, {
    label: trans.__('Remove Requirement'),
    caption: trans.__('Take a declared requirement out of the notebook'),
    icon: ACTION_ICONS.Remove,
    describedBy: notebookArgs(NAME, ['name']),
    isEnabled: args => isEditable(context, args),
    execute: async args => {
      const document = notebookOf(context, args);
      const { name } = args as IRequirementArgs;
      if (document && name) {
        const { undoable } = await import('./undoRequirement');
        const problem = await undoable(context, document, name, () =>
          change(context, document, { remove: [name] })
        );
        if (problem) {
          tellProblem(context, problem);
        }
      }
    }
  });
}

/** Add the commands that look at a notebook's dependencies. */
export function addDependencyCommands(context: ICommandContext): void {
  const { commands, trans } = context;
  commands.addCommand(CommandIDs.refreshDependencies, {
    label: trans.__('Refresh Dependencies'),
    caption: trans.__('Read the dependencies of the notebook again'),
    icon: ACTION_ICONS.Refresh,
    describedBy: notebookArgs(),
    isEnabled: args => notebookOf(context, args) !== null,
    execute: async args => {
      const document = notebookOf(context, args);
      if (document) {
        await context.dependencies.refresh(document);
      }
    }
  });
  commands.addCommand(CommandIDs.revealCell, {
    label: trans.__('Go to Cell'),
    caption: trans.__('Scroll the notebook to a cell'),
    describedBy: notebookArgs(
      { cell: { type: 'integer', minimum: 0, description: 'The cell, from 0' } },
      ['cell']
    ),
    isEnabled: args => notebookOf(context, args) !== null,
    execute: async args => {
      const document = notebookOf(context, args);
      const { cell } = args as ICellArgs;
      if (document && cell !== undefined) {
        context.activate(document.id);
        await document.reveal(cell);
      }
    }
  });
}
