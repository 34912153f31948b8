import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import type { IPipelineArgs, ISidebarArgs } from '../commandIds';
import { CommandIDs, SECTIONS } from '../commandIds';
import { logoIcon } from '../icons';
import { IKernelChecks, IKernelMaker, INotebookKernels } from '../kernelTokens';
import { AidevsecopsPanel, PANEL_ID } from '../panels/AidevsecopsPanel';
import { IPipelines } from '../pipelineTokens';
import { IProjects } from '../projectTokens';
import { IReleasesModel } from '../releaseTokens';
import { IOverlaysModel, ISplitsModel, IStepsModel } from '../splitTokens';
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

const RANK = 900;
const SECTION = {
  type: 'string',
  enum: [...SECTIONS],
  description: 'The section to unfold; all as they are when left out'
};
const PATH = { type: 'string', description: 'The path of a pipeline to look at' };

/** Add the commands that show the sidebar. */
function addCommands(
  { commands, restored, shell }: JupyterFrontEnd,
  panel: AidevsecopsPanel,
  pipelines: IPipelines,
  trans: TranslationBundle
): void {
  commands.addCommand(CommandIDs.showSidebar, {
    label: trans.__('Show AIDevSecOps'),
    caption: trans.__('Show the dependencies of the notebook and the jobs'),
    icon: logoIcon,
    describedBy: { args: { type: 'object', properties: { section: SECTION } } },
    execute: async args => {
      const { section } = args as ISidebarArgs;
      if (section !== undefined) {
        // A layout that is being restored would fold it again.
        await restored;
      }
      shell.activateById(PANEL_ID);
      if (section !== undefined) {
        panel.reveal(section);
      }
    }
  });
  commands.addCommand(CommandIDs.showPipelines, {
    label: trans.__('Show Pipelines'),
    caption: trans.__('Show the pipelines of the project and their runs'),
    describedBy: { args: { type: 'object', properties: { path: PATH } } },
    execute: async args => {
      await commands.execute(CommandIDs.showSidebar, { section: 'pipelines' });
      const { path } = args as IPipelineArgs;
      if (path !== undefined) {
        (await pipelines.load()).choose(path);
      }
    }
  });
}

/** Adds the sidebar. */
export const sidebar: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:sidebar',
  description: 'Adds the sidebar: dependencies, overlays, pipelines, releases and jobs.',
  autoStart: true,
  requires: [
    IActiveNotebook,
    IDependenciesModel,
    ILockModel,
    IAuditModel,
    IJobsModel,
    IServerStatus,
    IPreferences,
    INotebookKernels,
    IKernelMaker,
    IKernelChecks,
    ISplitsModel,
    IStepsModel,
    IOverlaysModel,
    IReleasesModel,
    IPipelines,
    IProjects
  ],
  optional: [ITranslator, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    notebooks: IActiveNotebook,
    dependencies: IDependenciesModel,
    locks: ILockModel,
    audits: IAuditModel,
    jobs: IJobsModel,
    server: IServerStatus,
    preferences: IPreferences,
    running: INotebookKernels,
    maker: IKernelMaker,
    checks: IKernelChecks,
    splits: ISplitsModel,
    steps: IStepsModel,
    overlays: IOverlaysModel,
    releases: IReleasesModel,
    pipelines: IPipelines,
    projects: IProjects,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null
  ) => {
    const { commands, shell } = app;
    const trans = loadTranslation(translator);
    const panel = new AidevsecopsPanel({
      notebooks,
      dependencies,
      locks,
      audits,
      jobs,
      kernels: { running, maker, checks },
      splits: { splits, steps, overlays },
      releases,
      pipelines,
      projects,
      server,
      commands,
      trans
    });
    addCommands(app, panel, pipelines, trans);
    shell.add(panel, preferences.sidebarSide, { rank: RANK, type: 'AIDevSecOps' });
    restorer?.add(panel, PANEL_ID);
  }
};
