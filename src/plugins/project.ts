import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import { createRequest } from '../api/request';
import { CommandIDs } from '../commandIds';
import { addProjectCommands } from '../commands/project';
import { Whereabouts } from '../models/whereabouts';
import type { IProjectModel } from '../projectTokens';
import { IProjects } from '../projectTokens';
import { IJobsModel } from '../tokens';
import { loadTranslation } from './translation';

/** What the palette has. */
const ITEMS = [
  CommandIDs.doNextStep,
  CommandIDs.adoptProject,
  CommandIDs.undoAdoption,
  CommandIDs.auditProject,
  CommandIDs.refreshProject,
  CommandIDs.openGit
];

/** A widget that may show a document. */
type MaybeDocument = Partial<Pick<IDocumentWidget, 'context'>>;

/** The paths of the documents with changes that are not saved. */
function unsaved(shell: JupyterFrontEnd.IShell): string[] {
  const contexts = [...shell.widgets('main')].map(
    widget => (widget as MaybeDocument).context
  );
  return contexts.flatMap(context => (context?.model.dirty ? [context.localPath] : []));
}

/** Provides the project that the user is in. */
export const project: JupyterFrontEndPlugin<IProjects> = {
  id: 'aidevsecops:project',
  description: 'Provides the project that the user is in, as a whole.',
  autoStart: true,
  requires: [IJobsModel],
  optional: [IDefaultFileBrowser],
  provides: IProjects,
  activate: (app, jobs: IJobsModel, browser: FileBrowser | null) => {
    const { commands, serviceManager, shell } = app;
    const { contents, serverSettings } = serviceManager;
    let loaded: Promise<IProjectModel> | null = null;
    const load = async (): Promise<IProjectModel> => {
      const { ProjectModel } = await import('../models/project');
      const whereabouts = new Whereabouts(shell, browser, contents);
      return new ProjectModel(createRequest(serverSettings), jobs, whereabouts, {
        contents,
        commands,
        unsaved: () => unsaved(shell)
      });
    };
    return { load: () => (loaded ??= load()) };
  }
};

/** Adds the commands about the project as a whole. */
export const projectCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:project-commands',
  description: 'Adds the commands that look at a project, adopt it and do what is next.',
  autoStart: true,
  requires: [IProjects, IJobsModel],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjects,
    jobs: IJobsModel,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const trans = loadTranslation(translator);
    addProjectCommands({ commands, projects, jobs, trans });
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(command => palette?.addItem({ command, category }));
    for (const kind of ['thoth', 'aicoe-ci']) {
      const command = CommandIDs.editConfiguration;
      palette?.addItem({ command, args: { kind }, category });
    }
  }
};
