import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { addAuditCommands } from '../commands/audit';
import type { ICommandContext } from '../commands/context';
import { addJobCommands } from '../commands/jobs';
import { addLockCommands } from '../commands/lock';
import { addDependencyCommands } from '../commands/requirements';
import {
  IActiveNotebook,
  IAuditModel,
  IDependenciesModel,
  IJobsModel,
  ILockModel,
  IPreferences,
  IServerStatus
} from '../tokens';
import { loadTranslation } from './translation';

/** Tell the surfaces whenever a command's label, icon, tooltip or readiness may be another. */
function announceChanges(context: ICommandContext): void {
  const { commands, dependencies, jobs, notebooks } = context;
  const ids = Object.values(CommandIDs).filter(id => commands.hasCommand(id));
  const announce = (): void => ids.forEach(id => commands.notifyCommandChanged(id));
  dependencies.stateChanged.connect(announce);
  jobs.jobsChanged.connect(announce);
  notebooks.currentChanged.connect(announce);
}

/** Adds the commands. */
export const commands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:commands',
  description: 'Adds the commands that lock notebooks and follow jobs.',
  autoStart: true,
  requires: [
    IActiveNotebook,
    IDependenciesModel,
    ILockModel,
    IAuditModel,
    IJobsModel,
    IServerStatus,
    IPreferences
  ],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: IActiveNotebook,
    dependencies: IDependenciesModel,
    locks: ILockModel,
    audits: IAuditModel,
    jobs: IJobsModel,
    server: IServerStatus,
    preferences: IPreferences,
    translator: ITranslator | null
  ) => {
    const context: ICommandContext = {
      commands: app.commands,
      notebooks,
      dependencies,
      locks,
      audits,
      jobs,
      server,
      preferences,
      activate: id => app.shell.activateById(id),
      trans: loadTranslation(translator)
    };
    addLockCommands(context);
    addAuditCommands(context);
    addDependencyCommands(context);
    addJobCommands(context);
    announceChanges(context);
  }
};
