import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commands } from './plugins/commands';
import { environmentCommands } from './plugins/environmentCommands';
import { exchange, packages, trees } from './plugins/environments';
import { firstRun } from './plugins/firstRun';
import {
  kernelChecks,
  kernelMaker,
  kernels,
  notebookKernels
} from './plugins/kernelModels';
import { kernelCommands } from './plugins/kernels';
import {
  activeNotebook,
  audits,
  dependencies,
  jobs,
  lock,
  preferences,
  serverStatus
} from './plugins/models';
import { notifications } from './plugins/notifications';
import { palette } from './plugins/palette';
import { pipelineCommands, pipelines } from './plugins/pipelines';
import { project, projectCommands } from './plugins/project';
import { releaseCommands } from './plugins/releaseCommands';
import { releases } from './plugins/releases';
import { setup } from './plugins/setup';
import { sidebar } from './plugins/sidebar';
import { splitCommands } from './plugins/splitCommands';
import { overlays, splits, steps } from './plugins/splits';
import { statusBar } from './plugins/statusBar';
import { toolbar } from './plugins/toolbar';

/** Everything that this extension adds to JupyterLab. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  serverStatus,
  preferences,
  activeNotebook,
  jobs,
  lock,
  audits,
  dependencies,
  exchange,
  packages,
  trees,
  notebookKernels,
  kernels,
  kernelMaker,
  kernelChecks,
  splits,
  overlays,
  steps,
  releases,
  pipelines,
  project,
  commands,
  kernelCommands,
  environmentCommands,
  splitCommands,
  releaseCommands,
  pipelineCommands,
  projectCommands,
  setup,
  toolbar,
  palette,
  sidebar,
  firstRun,
  statusBar,
  notifications
];

export default plugins;
