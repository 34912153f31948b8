import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { createRequest } from '../api/request';
import { IExchangeModel, IPackagesModel, ITreesModel } from '../environmentTokens';
import { ExchangeModel } from '../models/exchange';
import { PackagesModel } from '../models/packages';
import { ProjectFiles } from '../models/projectFiles';
import { TreesModel } from '../models/trees';
import { IJobsModel } from '../tokens';

/** Provides carrying environments to and from files. */
export const exchange: JupyterFrontEndPlugin<IExchangeModel> = {
  id: 'aidevsecops:exchange',
  description: 'Provides carrying environments to and from the files of other tools.',
  autoStart: true,
  provides: IExchangeModel,
  activate: app => {
    const { contents, serverSettings } = app.serviceManager;
    return new ExchangeModel(createRequest(serverSettings), new ProjectFiles(contents));
  }
};

/** Provides what the user's package indexes have. */
export const packages: JupyterFrontEndPlugin<IPackagesModel> = {
  id: 'aidevsecops:packages',
  description: "Provides what the user's package indexes have.",
  autoStart: true,
  provides: IPackagesModel,
  activate: app => new PackagesModel(createRequest(app.serviceManager.serverSettings))
};

/** Provides why locked packages are there. */
export const trees: JupyterFrontEndPlugin<ITreesModel> = {
  id: 'aidevsecops:trees',
  description: 'Provides why the locked packages of a notebook are there.',
  autoStart: true,
  requires: [IJobsModel],
  provides: ITreesModel,
  activate: (app, jobs: IJobsModel) =>
    new TreesModel(createRequest(app.serviceManager.serverSettings), jobs)
};
