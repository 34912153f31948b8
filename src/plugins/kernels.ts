import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { kernelMessage } from '../commands/kernelOutcome';
import type { IKernelContext } from '../commands/kernels';
import { addKernelCommands } from '../commands/kernels';
import { notifyMessage } from '../commands/outcome';
import {
  IKernelChecks,
  IKernelMaker,
  IKernelsModel,
  INotebookKernels
} from '../kernelTokens';
import { IActiveNotebook, IDependenciesModel, IJobsModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

const ITEMS = [
  CommandIDs.createKernel,
  CommandIDs.compareKernel,
  CommandIDs.manageKernels
];

/** Tell the surfaces whenever a command's tooltip, presence or readiness may be another. */
function announceChanges(context: IKernelContext): void {
  const { checks, commands, dependencies, notebooks, preferences, running } = context;
  const announce = (): void => ITEMS.forEach(id => commands.notifyCommandChanged(id));
  checks.stateChanged.connect(announce);
  dependencies.stateChanged.connect(announce);
  notebooks.currentChanged.connect(announce);
  preferences.changed.connect(announce);
  running.changed.connect(announce);
}

/** Adds the commands about kernels, and tells what became of each kernel. */
export const kernelCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:kernel-commands',
  description: 'Adds the commands that make kernels from locks and look after them.',
  autoStart: true,
  requires: [
    IActiveNotebook,
    IDependenciesModel,
    IJobsModel,
    IPreferences,
    INotebookKernels,
    IKernelsModel,
    IKernelMaker,
    IKernelChecks
  ],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: IActiveNotebook,
    dependencies: IDependenciesModel,
    jobs: IJobsModel,
    preferences: IPreferences,
    running: INotebookKernels,
    kernels: IKernelsModel,
    maker: IKernelMaker,
    checks: IKernelChecks,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const trans = loadTranslation(translator);
    const context: IKernelContext = {
      commands,
      notebooks,
      dependencies,
      jobs,
      preferences,
      kernels,
      maker,
      checks,
      running,
      trans
    };
    addKernelCommands(context);
    announceChanges(context);
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(command => palette?.addItem({ command, category }));
    maker.finished.connect((_, outcome) => {
      const { notify } = preferences;
      const users =
        outcome.kind === 'refreshed' ? running.running(outcome.result.kernel) : [];
      notifyMessage(kernelMessage(outcome, users, trans), { commands, notify, trans });
    });
  }
};
