import * as React from 'react';
import '../../style/pipelines.css';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { BusyRegion } from '../components/BusyRegion';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { PipelineFindings } from '../components/PipelineFindings';
import { PipelineGraph } from '../components/PipelineGraph';
import { RunHistory } from '../components/RunHistory';
import { RunSteps } from '../components/RunSteps';
import { SelectField } from '../components/SelectField';
import { TextButton } from '../components/TextButton';
import type { IPipelinesModel, PipelineEntry, PipelineRun } from '../pipelineTokens';
import type { Job } from '../tokens';
import { EnginesPart } from './EnginesPart';
import type { IPipelineSectionProps } from './PipelineSection';
import { PipelineButtons } from './PipelineButtons';
import { PipelineJobs } from './PipelineJobs';
import { RunHead } from './RunHead';
import { ShownStep } from './ShownStep';
import { useSignals } from './useSignals';

/** What the section shows and what it starts. */
export interface IPipelinesViewProps extends Omit<IPipelineSectionProps, 'pipelines'> {
  /** The pipelines of the project. */
  model: IPipelinesModel;
}

/** One pipeline, and what can be done with it. */
export interface IPipelineProps extends IPipelinesViewProps {
  /** The pipeline. */
  pipeline: PipelineEntry;
  /** Starts a command on the pipeline. */
  act: (id: string, args?: { [name: string]: string | boolean | string[] }) => void;
}

function Choice({ model, pipeline, trans }: IPipelineProps): React.JSX.Element {
  const entries = ('answer' in model.list ? model.list.answer : null) ?? [];
  return (
    <SelectField
      label={trans.__('Pipeline')}
      value={pipeline.path}
      options={entries.map(({ path }) => [path, path] as const)}
      onChange={path => model.choose(path)}
    />
  );
}

/** The step that is looked at first: the one that failed, or that runs. */
function worthLooking(run: PipelineRun | null): string | null {
  const steps = run?.steps ?? [];
  const found =
    steps.find(({ state }) => state === 'failed') ??
    steps.find(({ state }) => state === 'running');
  return found?.name ?? null;
}

/** A pipeline: its steps as a graph, the run that is looked at, its steps, and all runs. */
function Pipeline(props: IPipelineProps): React.JSX.Element {
  const { model, pipeline, trans, act } = props;
  const [chosen, choose] = React.useState<string | null>(null);
  const { runs, shown } = model;
  const job = model.activeJob(pipeline.path);
  const known = ('answer' in runs ? runs.answer : null) ?? [];
  const isRunning = known.some(run => run.kind === 'local' && run.state === 'running');
  const isBusy = job !== null || isRunning;
  const failure = model.failure(pipeline.path);
  // The record of a submission that failed tells the same.
  const isRecorded = failure?.error?.message === shown?.error?.message;
  const showLog = (failed: Job): void =>
    act(CommandIDs.showJobLog, { job_id: failed.job_id });
  const names = (shown?.steps ?? pipeline.nodes).map(({ name }) => name);
  const selected = names.find(name => name === chosen) ?? worthLooking(shown);
  const step = shown?.steps.find(({ name }) => name === selected) ?? null;
  return (
    <>
      <PipelineButtons
        model={model}
        pipeline={pipeline}
        isBusy={isBusy}
        trans={trans}
        onAct={act}
      />
      {pipeline.error ? (
        <ErrorNotice problem={{ ...pipeline.error, details: {} }} trans={trans} />
      ) : null}
      {runs.kind === 'error' ? (
        <ErrorNotice
          problem={runs.problem}
          trans={trans}
          onRetry={() => void model.refresh()}
        />
      ) : null}
      <PipelineJobs {...props} isRecorded={isRecorded} showLog={showLog} />
      <PipelineFindings
        state={model.report}
        trans={trans}
        onSelect={choose}
        onAskElyra={() => void model.check(pipeline.path, true)}
        onClose={() => model.forgetReport()}
      />
      {shown ? (
        <RunHead
          model={model}
          run={shown}
          trans={trans}
          onShowLog={failure && isRecorded ? () => showLog(failure) : undefined}
          act={act}
        />
      ) : null}
      {shown === null && 'answer' in runs && runs.answer && !isBusy ? (
        <p className="jp-aidevsecops-Hint">{trans.__('It was not run here yet.')}</p>
      ) : null}
      {names.length > 0 ? (
        <PipelineGraph
          pipeline={pipeline}
          run={shown}
          selected={selected}
          trans={trans}
          onSelect={choose}
        />
      ) : null}
      {shown ? (
        <RunSteps run={shown} selected={selected} trans={trans} onSelect={choose} />
      ) : null}
      {shown && step ? (
        <ShownStep {...props} run={shown} step={step} canRun={!isBusy} />
      ) : null}
      {shown ? (
        <RunHistory
          runs={known}
          shown={shown}
          trans={trans}
          onShow={({ run }) => model.show(run)}
          onCompare={(before, after) =>
            act(CommandIDs.compareRuns, { run: after.run, with: before.run })
          }
        />
      ) : null}
    </>
  );
}

/** The pipelines of the project: the one that the user looks at, and its runs. */
export function PipelinesView(props: IPipelinesViewProps): React.JSX.Element {
  const { model, jobs, commands, trans } = props;
  useSignals(model.changed, jobs.jobsChanged);
  const { list, current } = model;
  if (list.kind === 'error') {
    return (
      <ErrorNotice
        problem={list.problem}
        trans={trans}
        onRetry={() => void model.refresh()}
      />
    );
  }
  if (!current) {
    // What is asked again stays until the answer is there.
    return 'answer' in list && list.answer ? (
      <>
        <EmptyState
          message={trans.__('The project has no pipelines.')}
          hint={trans.__(
            'A pipeline runs notebooks one after another, each in its own environment. Split a notebook into steps, or choose notebooks in the file browser, and make a pipeline of them.'
          )}
        />
        <div className="jp-aidevsecops-ButtonRow">
          <TextButton
            label={trans.__('Create Pipeline…')}
            isPrimary
            onClick={() => void commands.execute(CommandIDs.createPipeline)}
          />
        </div>
        <div className="jp-aidevsecops-Pipelines">
          <EnginesPart engines={model.engines} commands={commands} trans={trans} />
        </div>
      </>
    ) : (
      <Busy label={trans.__('Loading the pipelines…')} />
    );
  }
  const act: IPipelineProps['act'] = (id, args = {}) => {
    void commands.execute(id, { path: current.path, ...args });
  };
  return (
    <BusyRegion className="jp-aidevsecops-Pipelines" isBusy={list.kind === 'loading'}>
      <Choice {...props} pipeline={current} act={act} />
      <Pipeline key={current.path} {...props} pipeline={current} act={act} />
      <EnginesPart engines={model.engines} commands={commands} trans={trans} />
    </BusyRegion>
  );
}
