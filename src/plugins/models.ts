import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { createRequest } from '../api/request';
import { ServerStatus } from '../models/serverStatus';
import { IServerStatus } from '../tokens';

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
