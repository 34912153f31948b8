import type { LabIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../commandIds';
import type { IProjectContext } from './projectContext';
import { GIT_PANEL } from './projectContext';
import { ACTION_ICONS } from '../icons';

// What they do is loaded when one is first asked for.
const actions = (): Promise<typeof import('./projectActions')> =>
  import('./projectActions');

/** Add the commands about the project as a whole. */
export function addProjectCommands(context: IProjectContext): void {
  const { commands, trans } = context;
  const addCommand = (
    id: string,
    label: string,
    caption: string,
    icon?: LabIcon
  ): void => {
    commands.addCommand(id, {
      label,
      caption,
      icon,
      isVisible: () => id !== CommandIDs.openGit || commands.hasCommand(GIT_PANEL),
      describedBy: async () => (await actions()).describe(id),
      execute: async args => (await actions()).act(id, context, args)
    });
  };
  addCommand(
    CommandIDs.refreshProject,
    trans.__('Refresh Project'),
    trans.__('Read again how the project is'),
    ACTION_ICONS.Refresh
  );
  addCommand(
    CommandIDs.doNextStep,
    trans.__('Do What Is Next'),
    trans.__('Do what is next in the project')
  );
  addCommand(
    CommandIDs.adoptProject,
    trans.__('Adopt Project…'),
    trans.__('Write what the project lacks of the template; it is shown first')
  );
  addCommand(
    CommandIDs.undoAdoption,
    trans.__('Undo Adoption'),
    trans.__('Delete what adopting the project wrote and nobody has changed since')
  );
  addCommand(
    CommandIDs.auditProject,
    trans.__('Audit Project'),
    trans.__('Look up known advisories against all that the project locks')
  );
  commands.addCommand(CommandIDs.editConfiguration, {
    label: ({ kind }) =>
      kind === 'aicoe-ci'
        ? trans.__('Edit .aicoe-ci.yaml…')
        : trans.__('Edit .thoth.yaml…'),
    caption: trans.__('Change a configuration file of the project in a form'),
    describedBy: async () => (await actions()).describe(CommandIDs.editConfiguration),
    execute: async args =>
      (await actions()).act(CommandIDs.editConfiguration, context, args)
  });
  addCommand(
    CommandIDs.openGit,
    trans.__('Open Git'),
    trans.__('Show the Git panel, to commit, push and pull')
  );
}
