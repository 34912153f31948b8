import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  CommandToolbarButton,
  ICommandPalette,
  IToolbarWidgetRegistry
} from '@jupyterlab/apputils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { createRequest } from '../api/request';
import { CommandIDs } from '../commandIds';
import { notifyMessage } from '../commands/outcome';
import { isPipeline } from '../commands/pipelineContext';
import { addPipelineCommands } from '../commands/pipelines';
import { isActive } from '../models/jobStates';
import { storageOf } from '../models/pendingJobs';
import { ProjectFiles } from '../models/projectFiles';
import type { IPipelinesModel } from '../pipelineTokens';
import { IPipelines, RUN_JOB, SUBMIT_JOB } from '../pipelineTokens';
import { IJobsModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

/** What the palette has besides. */
const ITEMS = [
  CommandIDs.runPipeline,
  CommandIDs.createPipeline,
  CommandIDs.importPipeline,
  CommandIDs.submitPipeline,
  CommandIDs.exportPipeline,
  CommandIDs.addRuntime,
  CommandIDs.registerImage,
  CommandIDs.showPipelines
];

/** What Elyra calls its editor of pipelines, which has a button of its own. */
const ELYRA_EDITOR = 'Pipeline Editor';

/** Provides the pipelines of the project. */
export const pipelines: JupyterFrontEndPlugin<IPipelines> = {
  id: 'aidevsecops:pipelines',
  description: 'Provides the pipelines of the project and their runs.',
  autoStart: true,
  requires: [IJobsModel],
  provides: IPipelines,
  activate: (app, jobs: IJobsModel) => {
    const { contents, serverSettings } = app.serviceManager;
    let loaded: Promise<IPipelinesModel> | null = null;
    const load = async (): Promise<IPipelinesModel> => {
      const { PipelinesModel } = await import('../models/pipelines');
      const storage = storageOf(window.localStorage, serverSettings.baseUrl);
      const files = new ProjectFiles(contents);
      return new PipelinesModel(createRequest(serverSettings), jobs, { storage, files });
    };
    return { load: () => (loaded ??= load()) };
  }
};

/** A widget that may show a document. */
type MaybeDocument = Widget & Partial<Pick<IDocumentWidget, 'context'>>;

/** Save a document where it is open and has changes: what runs is what is saved. */
async function save({ shell }: JupyterFrontEnd, path: string): Promise<void> {
  for (const widget of shell.widgets('main')) {
    const { context } = widget as MaybeDocument;
    if (context?.localPath === path && context.model.dirty) {
      await context.save();
    }
  }
}

/** Tell what became of the runs that were going on while this page looked. */
function announce(
  { commands }: JupyterFrontEnd,
  jobs: IJobsModel,
  preferences: IPreferences,
  trans: TranslationBundle
): void {
  const running = new Set<string>();
  jobs.jobChanged.connect(async (_, job) => {
    if (job.kind !== RUN_JOB && job.kind !== SUBMIT_JOB) {
      return;
    }
    if (isActive(job)) {
      running.add(job.job_id);
    } else if (running.delete(job.job_id)) {
      const { runMessage } = await import('../commands/pipelineOutcome');
      const { notify } = preferences;
      notifyMessage(runMessage(job, trans), { commands, notify, trans });
    }
  });
}

/** Adds the commands about pipelines, and tells what became of runs. */
export const pipelineCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:pipeline-commands',
  description: 'Adds the commands that run pipelines and show their runs.',
  autoStart: true,
  requires: [IPipelines, IJobsModel, IPreferences],
  optional: [IFileBrowserFactory, ICommandPalette, ITranslator, IToolbarWidgetRegistry],
  activate: (
    app: JupyterFrontEnd,
    models: IPipelines,
    jobs: IJobsModel,
    preferences: IPreferences,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    toolbars: IToolbarWidgetRegistry | null
  ) => {
    const { commands, docRegistry, shell } = app;
    const trans = loadTranslation(translator);
    addPipelineCommands({
      commands,
      pipelines: models,
      selectedPaths: () =>
        [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])].map(
          ({ path }) => path
        ),
      frontPath: () =>
        (shell.currentWidget as MaybeDocument | null)?.context?.localPath ?? null,
      save: path => save(app, path),
      trans
    });
    const command = CommandIDs.runPipeline;
    const category = trans.__('AIDevSecOps');
    palette?.addItem({ command, category, args: { only_changed: true } });
    ITEMS.forEach(item => palette?.addItem({ command: item, category }));
    announce(app, jobs, preferences, trans);
    toolbars?.addFactory<IDocumentWidget>(
      'Editor',
      'aidevsecops-run-pipeline',
      ({ context }) => {
        const path = context.localPath;
        return isPipeline(path) && !docRegistry.getWidgetFactory(ELYRA_EDITOR)
          ? new CommandToolbarButton({ commands, id: command, args: { path } })
          : new Widget();
      }
    );
  }
};
