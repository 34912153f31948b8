import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { createRequest } from '../api/request';
import { LockReview } from '../commands/reviewLock';
import { ActiveNotebook } from '../models/activeNotebook';
import { AuditModel } from '../models/audit';
import { DependenciesModel } from '../models/dependencies';
import { JobsModel } from '../models/jobs';
import { LockModel } from '../models/lock';
import { Preferences } from '../models/preferences';
import { ServerStatus } from '../models/serverStatus';
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

/** Provides the state of the server extension. */
export const serverStatus: JupyterFrontEndPlugin<IServerStatus> = {
  id: 'aidevsecops:server-status',
  description: 'Provides whether the server extension answers.',
  autoStart: true,
  provides: IServerStatus,
  activate: app => {
    const status = new ServerStatus(createRequest(app.serviceManager.serverSettings));
    void status.refresh();
    return status;
  }
};

/** Provides the user's settings. */
export const preferences: JupyterFrontEndPlugin<IPreferences> = {
  id: 'aidevsecops:settings',
  description: "Provides the user's settings.",
  autoStart: true,
  optional: [ISettingRegistry],
  provides: IPreferences,
  activate: async (_app, settings: ISettingRegistry | null) => {
    const chosen = new Preferences();
    if (settings) {
      try {
        chosen.follow(await settings.load(preferences.id));
      } catch (error) {
        console.error('The settings of AIDevSecOps could not be read.', error);
      }
    }
    return chosen;
  }
};

/** Provides the open notebooks. */
export const activeNotebook: JupyterFrontEndPlugin<IActiveNotebook> = {
  id: 'aidevsecops:active-notebook',
  description: 'Provides the open notebooks.',
  autoStart: true,
  requires: [INotebookTracker],
  provides: IActiveNotebook,
  activate: (_app, tracker: INotebookTracker) => new ActiveNotebook(tracker)
};

/** Provides the jobs of the server. */
export const jobs: JupyterFrontEndPlugin<IJobsModel> = {
  id: 'aidevsecops:jobs',
  description: 'Provides the jobs of the server.',
  autoStart: true,
  provides: IJobsModel,
  activate: app => {
    const { serverSettings, events } = app.serviceManager;
    return new JobsModel(createRequest(serverSettings), events.stream);
  }
};

/** Provides locking. */
export const lock: JupyterFrontEndPlugin<ILockModel> = {
  id: 'aidevsecops:lock',
  description:
    'Provides locking, and takes up the locks that run when the page is loaded.',
  autoStart: true,
  requires: [IActiveNotebook, IJobsModel, IPreferences],
  optional: [ITranslator],
  provides: ILockModel,
  activate: (
    app,
    notebooks: IActiveNotebook,
    jobsModel: IJobsModel,
    chosen: IPreferences,
    translator: ITranslator | null
  ) => {
    const request = createRequest(app.serviceManager.serverSettings);
    const trans = loadTranslation(translator);
    const review = new LockReview(chosen, trans);
    const { sessionStorage } = window;
    const model = new LockModel(request, notebooks, jobsModel, sessionStorage, review);
    void Promise.all([app.restored, jobsModel.refresh()]).then(() => model.adopt());
    return model;
  }
};

/** Provides what the open notebooks need. */
export const dependencies: JupyterFrontEndPlugin<IDependenciesModel> = {
  id: 'aidevsecops:dependencies',
  description: 'Provides what the open notebooks need and how they are locked.',
  autoStart: true,
  requires: [IActiveNotebook, ILockModel],
  provides: IDependenciesModel,
  activate: (app, notebooks: IActiveNotebook, locks: ILockModel) => {
    const request = createRequest(app.serviceManager.serverSettings);
    const model = new DependenciesModel(request, notebooks, locks);
    locks.finished.connect((_, outcome) => {
      const document = notebooks.find({ path: outcome.job.key });
      if (document && outcome.kind === 'applied') {
        void model.refresh(document);
      }
    }, model);
    return model;
  }
};

/** Provides audits. */
export const audits: JupyterFrontEndPlugin<IAuditModel> = {
  id: 'aidevsecops:audits',
  description: 'Provides what is known against the locked packages of open notebooks.',
  autoStart: true,
  requires: [IActiveNotebook, IJobsModel],
  provides: IAuditModel,
  activate: (app, notebooks: IActiveNotebook, jobsModel: IJobsModel) =>
    new AuditModel(createRequest(app.serviceManager.serverSettings), notebooks, jobsModel)
};
