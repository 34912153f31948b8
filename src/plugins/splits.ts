import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { createRequest, createTextRequest } from '../api/request';
import { OverlaysModel } from '../models/overlays';
import { storageOf } from '../models/pendingJobs';
import { SplitsModel } from '../models/splits';
import { StepsModel } from '../models/steps';
import { IOverlaysModel, ISplitsModel, IStepsModel } from '../splitTokens';
import { IActiveNotebook, IJobsModel } from '../tokens';

/** Provides splits. */
export const splits: JupyterFrontEndPlugin<ISplitsModel> = {
  id: 'aidevsecops:splits',
  description:
    'Provides previews of splits, and applies and verifies them, also across a reload.',
  autoStart: true,
  requires: [IActiveNotebook, IJobsModel],
  provides: ISplitsModel,
  activate: (app, notebooks: IActiveNotebook, jobs: IJobsModel) => {
    const { serverSettings } = app.serviceManager;
    const readText = createTextRequest(serverSettings);
    const request = createRequest(serverSettings);
    // What a closed window has started is recorded by the next one that opens the notebook.
    const storage = storageOf(window.localStorage, serverSettings.baseUrl);
    const model = new SplitsModel(request, notebooks, jobs, readText, { storage });
    void Promise.all([app.restored, jobs.refresh()]).then(() => model.adopt());
    return model;
  }
};

/** Provides the overlays of the project. */
export const overlays: JupyterFrontEndPlugin<IOverlaysModel> = {
  id: 'aidevsecops:overlays',
  description: 'Provides the overlays of the project, read again after each split.',
  autoStart: true,
  requires: [IJobsModel, ISplitsModel],
  provides: IOverlaysModel,
  activate: (app, jobs: IJobsModel, model: ISplitsModel) => {
    const list = new OverlaysModel(
      createRequest(app.serviceManager.serverSettings),
      jobs
    );
    model.finished.connect((_, { kind }) => {
      if (kind === 'done') {
        void list.refresh();
      }
    });
    return list;
  }
};

/** Provides the steps of notebooks that are split. */
export const steps: JupyterFrontEndPlugin<IStepsModel> = {
  id: 'aidevsecops:steps',
  description: 'Provides how the notebooks that are split compare with their steps.',
  autoStart: true,
  requires: [IActiveNotebook, IOverlaysModel, ISplitsModel],
  provides: IStepsModel,
  activate: (
    app,
    notebooks: IActiveNotebook,
    list: IOverlaysModel,
    model: ISplitsModel
  ) =>
    new StepsModel(
      createRequest(app.serviceManager.serverSettings),
      notebooks,
      list,
      model
    )
};
