import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { IPipelineArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import type { IPipelineContext } from './pipelineContext';
import { isPipeline } from './pipelineContext';
import { ACTION_ICONS } from '../icons';

// What they do is loaded when one is first asked for.
const actions = (): Promise<typeof import('./pipelineActions')> =>
  import('./pipelineActions');

/** Adds a command by its id, with its label, its caption and its icon. */
type Add = (
  id: string,
  label: string | ((args: IPipelineArgs) => string),
  caption: string,
  icon?: LabIcon
) => void;

/** The commands about pipelines and their runs. */
function addRunCommands(addCommand: Add, trans: TranslationBundle): void {
  addCommand(
    CommandIDs.runPipeline,
    args =>
      args.only_changed
        ? trans.__('Run Changed Steps of Pipeline')
        : trans.__('Run Pipeline'),
    trans.__('Run a pipeline here, each step in its own environment'),
    ACTION_ICONS.Run
  );
  addCommand(
    CommandIDs.createPipeline,
    trans.__('Create Pipeline…'),
    trans.__('Create a pipeline of notebooks; it is shown before it is written'),
    ACTION_ICONS.Create
  );
  addCommand(
    CommandIDs.importPipeline,
    trans.__('Update Pipeline…'),
    trans.__('Write a pipeline in the version that Elyra writes now; it is shown first')
  );
  addCommand(
    CommandIDs.cancelPipelineRun,
    trans.__('Cancel Pipeline Run'),
    trans.__('Cancel a run and all of its steps')
  );
  addCommand(
    CommandIDs.openExecutedNotebook,
    trans.__('Open Executed Notebook'),
    trans.__('Open what a step has made of its notebook, at the cell that failed')
  );
  addCommand(
    CommandIDs.compareRuns,
    trans.__('Compare Pipeline Runs'),
    trans.__('Show what differs between two runs')
  );
  addCommand(
    CommandIDs.refreshPipelines,
    trans.__('Refresh Pipelines'),
    trans.__('Read again which pipelines there are, and their runs'),
    ACTION_ICONS.Refresh
  );
}

/** The commands about pipelines that run elsewhere. */
function addEngineCommands(addCommand: Add, trans: TranslationBundle): void {
  addCommand(
    CommandIDs.submitPipeline,
    trans.__('Submit Pipeline…'),
    trans.__('Have a pipeline run on Kubeflow Pipelines or Airflow')
  );
  addCommand(
    CommandIDs.exportPipeline,
    trans.__('Export Pipeline…'),
    trans.__('Write a pipeline as Kubeflow Pipelines or Airflow reads it')
  );
  addCommand(
    CommandIDs.retryPipelineRun,
    trans.__('Retry Pipeline Run'),
    trans.__('Have the engine of a run run again what failed')
  );
  addCommand(
    CommandIDs.addRuntime,
    trans.__('Add Runtime Configuration…'),
    trans.__('Say where pipelines run on Kubeflow Pipelines or Airflow')
  );
  addCommand(
    CommandIDs.registerImage,
    trans.__('Register Runtime Image…'),
    trans.__('Let the nodes of pipelines run in the image of an overlay')
  );
}

/** Add the commands about pipelines. */
export function addPipelineCommands(context: IPipelineContext): void {
  const { commands, selectedPaths, trans } = context;
  const add: Add = (id, label, caption, icon) => {
    commands.addCommand(id, {
      label,
      caption,
      icon,
      describedBy: async () => (await actions()).describe(id),
      isVisible: args => !args['selected'] || isPipeline(selectedPaths()[0]),
      execute: async args => (await actions()).act(id, context, args)
    });
  };
  addRunCommands(add, trans);
  addEngineCommands(add, trans);
}
