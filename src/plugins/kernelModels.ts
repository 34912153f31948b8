import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { createRequest } from '../api/request';
import {
  IKernelChecks,
  IKernelMaker,
  IKernelsModel,
  INotebookKernels
} from '../kernelTokens';
import { KernelChecks } from '../models/kernelChecks';
import { KernelMaker } from '../models/kernelMaker';
import { KernelsModel } from '../models/kernels';
import { NotebookKernels } from '../models/notebookKernels';
import { PendingJobs } from '../models/pendingJobs';
import { IActiveNotebook, IJobsModel } from '../tokens';

/** Provides which kernels the open notebooks run in. */
export const notebookKernels: JupyterFrontEndPlugin<INotebookKernels> = {
  id: 'aidevsecops:notebook-kernels',
  description: 'Provides which kernels the open notebooks run in.',
  autoStart: true,
  requires: [INotebookTracker, IActiveNotebook],
  provides: INotebookKernels,
  activate: (app, tracker: INotebookTracker, notebooks: IActiveNotebook) =>
    new NotebookKernels(tracker, notebooks, app.serviceManager.kernelspecs)
};

/** Provides the kernels that were made from locks. */
export const kernels: JupyterFrontEndPlugin<IKernelsModel> = {
  id: 'aidevsecops:kernels',
  description: 'Provides the kernels that were made from locks.',
  autoStart: true,
  requires: [INotebookKernels],
  provides: IKernelsModel,
  activate: (app, running: INotebookKernels) =>
    new KernelsModel(createRequest(app.serviceManager.serverSettings), running)
};

/** Provides the making of kernels. */
export const kernelMaker: JupyterFrontEndPlugin<IKernelMaker> = {
  id: 'aidevsecops:kernel-maker',
  description:
    'Makes kernels, and takes up those that were being made when the page was loaded.',
  autoStart: true,
  requires: [IActiveNotebook, INotebookKernels, IJobsModel],
  provides: IKernelMaker,
  activate: (
    app,
    notebooks: IActiveNotebook,
    running: INotebookKernels,
    jobs: IJobsModel
  ) => {
    const request = createRequest(app.serviceManager.serverSettings);
    const pending = new PendingJobs(window.sessionStorage, 'aidevsecops:pending-kernels');
    const maker = new KernelMaker(request, notebooks, running, jobs, pending);
    void Promise.all([app.restored, jobs.refresh()]).then(() => maker.adopt());
    return maker;
  }
};

/** Provides comparisons of kernels with locks. */
export const kernelChecks: JupyterFrontEndPlugin<IKernelChecks> = {
  id: 'aidevsecops:kernel-checks',
  description: 'Provides comparisons of the running kernels with the locks.',
  autoStart: true,
  requires: [IActiveNotebook, INotebookKernels, IKernelMaker, IKernelsModel],
  provides: IKernelChecks,
  activate: (
    app,
    notebooks: IActiveNotebook,
    running: INotebookKernels,
    maker: IKernelMaker,
    list: IKernelsModel
  ) => {
    const request = createRequest(app.serviceManager.serverSettings);
    const checks = new KernelChecks(request, notebooks, running);
    const recheck = (name: string): void =>
      running.running(name).forEach(document => void checks.refresh(document));
    list.removed.connect((_, name) => recheck(name));
    maker.finished.connect((_, outcome) => {
      if (outcome.kind === 'refreshed') {
        recheck(outcome.result.kernel);
      }
    });
    return checks;
  }
};
