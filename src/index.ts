import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { serverStatus } from './plugins/models';

/** Everything that this extension adds to JupyterLab. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [serverStatus];

export default plugins;
