import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { createRequest } from '../api/request';
import { ReleasesModel } from '../models/releases';
import { Whereabouts } from '../models/whereabouts';
import { IReleasesModel } from '../releaseTokens';
import { IJobsModel } from '../tokens';

/** Provides releases. */
export const releases: JupyterFrontEndPlugin<IReleasesModel> = {
  id: 'aidevsecops:releases',
  description:
    'Provides what was released where the user is, and plans and cuts releases.',
  autoStart: true,
  requires: [IJobsModel],
  optional: [IDefaultFileBrowser],
  provides: IReleasesModel,
  activate: (app, jobs: IJobsModel, browser: FileBrowser | null) => {
    const { contents, serverSettings } = app.serviceManager;
    const whereabouts = new Whereabouts(app.shell, browser, contents);
    const model = new ReleasesModel(createRequest(serverSettings), jobs, whereabouts);
    void Promise.all([app.restored, jobs.refresh()]).then(() => model.adopt());
    return model;
  }
};
