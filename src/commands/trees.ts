import type { IRequirementArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { notebookOf } from './context';
import { notebookArgs } from './describe';
import type { IEnvironmentContext } from './environmentContext';
import { ACTION_ICONS } from '../icons';

/** Add the command that shows why packages are locked. */
export function addTreeCommands(context: IEnvironmentContext): void {
  const { commands, dependencies, trans, trees } = context;
  commands.addCommand(CommandIDs.showTree, {
    label: trans.__('Show Dependency Tree'),
    caption: trans.__('Show why each locked package is there, and what it needs'),
    icon: ACTION_ICONS.ShowTree,
    describedBy: notebookArgs({
      name: { type: 'string', description: 'The locked package to begin with' }
    }),
    isEnabled: args => {
      const document = notebookOf(context, args);
      return Boolean(document && dependencies.state(document).dependencies?.lock);
    },
    execute: async args => {
      const document = notebookOf(context, args);
      if (document) {
        const { showTree } = await import('../dialogs/TreeDialog');
        const { name = '' } = args as IRequirementArgs;
        await showTree({ document, name, trees, trans });
      }
    }
  });
}
