import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { TextButton } from '../components/TextButton';
import type { IPipelinesModel, PipelineEntry } from '../pipelineTokens';

/** What the buttons are for and what they start. */
export interface IPipelineButtonsProps {
  /** The pipelines of the project. */
  model: IPipelinesModel;
  /** The pipeline. */
  pipeline: PipelineEntry;
  /** Whether it runs. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with a command for the pipeline. */
  onAct: (id: string, args?: { [name: string]: string | boolean }) => void;
}

/** Run a pipeline or stop it, check it, and open it. */
export function PipelineButtons(props: IPipelineButtonsProps): React.JSX.Element {
  const { model, pipeline, isBusy, trans, onAct } = props;
  const job = model.activeJob(pipeline.path);
  const runs = ('answer' in model.runs ? model.runs.answer : null) ?? [];
  const running = runs.find(({ kind, state }) => kind === 'local' && state === 'running');
  const cancel = (): void => {
    if (running) {
      onAct(CommandIDs.cancelPipelineRun, { run: running.run });
    } else if (job) {
      onAct(CommandIDs.cancelJob, { job_id: job.job_id });
    }
  };
  return (
    <div className="jp-aidevsecops-ButtonRow">
      {isBusy ? (
        <TextButton
          label={
            job?.state === 'cancelling' ? trans.__('Cancelling…') : trans.__('Cancel')
          }
          title={trans.__('Cancel the run and all of its steps')}
          isDisabled={job?.state === 'cancelling'}
          onClick={cancel}
        />
      ) : (
        <>
          <TextButton
            label={trans.__('Run')}
            title={trans.__('Run all steps, each in its own environment')}
            isPrimary
            isDisabled={pipeline.error !== null}
            onClick={() => onAct(CommandIDs.runPipeline)}
          />
          <TextButton
            label={trans.__('Run Only Changed')}
            title={trans.__('Leave out the steps whose earlier results still hold')}
            isDisabled={pipeline.error !== null}
            onClick={() => onAct(CommandIDs.runPipeline, { only_changed: true })}
          />
        </>
      )}
      <TextButton
        label={trans.__('Submit…')}
        title={trans.__('Have it run on Kubeflow Pipelines or Airflow')}
        isDisabled={pipeline.error !== null || model.submission(pipeline.path) !== null}
        onClick={() => onAct(CommandIDs.submitPipeline)}
      />
      <TextButton
        label={trans.__('Check')}
        title={trans.__(
          'Say what keeps it from doing what it says, here and on a cluster'
        )}
        onClick={() => void model.check(pipeline.path)}
      />
      <TextButton
        label={trans.__('Export…')}
        title={trans.__('Write the YAML of Kubeflow Pipelines, or the DAG of Airflow')}
        isDisabled={pipeline.error !== null}
        onClick={() => onAct(CommandIDs.exportPipeline)}
      />
      <TextButton
        label={trans.__('Open')}
        title={trans.__('Open %1', pipeline.path)}
        onClick={() => onAct('docmanager:open')}
      />
    </div>
  );
}
