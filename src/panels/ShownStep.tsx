import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobLogView } from '../components/JobLogView';
import { StepRunDetails } from '../components/StepRunDetails';
import { GrowingLog } from '../models/growingLog';
import type { PipelineRun, StepRun } from '../pipelineTokens';
import type { IPipelineProps } from './PipelinesView';

/** How often object storage is asked for what a step has printed. */
const REMOTE_PAUSE_MS = 5000;

/** A step of a run. */
export interface IShownStepProps extends IPipelineProps {
  /** The run. */
  run: PipelineRun;
  /** The step. */
  step: StepRun;
  /** Whether the pipeline can be run now. */
  canRun: boolean;
}

/** The log of a step, read on while it is open. */
function StepLog({ model, run, step, trans }: IShownStepProps): React.JSX.Element {
  const isRemote = run.kind !== 'local';
  const [log, setLog] = React.useState<GrowingLog | null>(null);
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  // What is read is told by the names alone: the run itself is another value at each reading.
  const place = React.useRef(run);
  place.current = run;
  React.useEffect(() => {
    const growing = new GrowingLog(
      offset => model.readLog(place.current, step.name, offset),
      isRemote ? REMOTE_PAUSE_MS : undefined
    );
    growing.changed.connect(redraw);
    setLog(growing);
    return () => growing.dispose();
  }, [model, run.run, step.name, isRemote]);
  return (
    <>
      {log?.problem ? <ErrorNotice problem={log.problem} trans={trans} /> : null}
      <JobLogView
        lines={log?.lines ?? []}
        isComplete={log?.isComplete ?? false}
        trans={trans}
      />
    </>
  );
}

/** What became of a step, with its log. */
export function ShownStep(props: IShownStepProps): React.JSX.Element {
  const { run, step, canRun, trans, act } = props;
  const isHere = run.kind === 'local';
  const [isOpen, setOpen] = React.useState(isHere && step.state === 'running');
  // What runs elsewhere stores its log when it ends.
  const hasBegun = step.state === 'running' || (!isHere && step.started_at !== null);
  const hasLog = step.log !== null || hasBegun;
  return (
    <StepRunDetails
      step={step}
      canRun={canRun}
      isHere={isHere}
      trans={trans}
      onOpenNotebook={() =>
        act(CommandIDs.openExecutedNotebook, { run: run.run, step: step.name })
      }
      onOpenSource={() => act('docmanager:open', { path: step.file })}
      onRunFrom={() => act(CommandIDs.runPipeline, { from_step: step.name })}
    >
      {hasLog ? (
        <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>{trans.__('Log')}</summary>
          {isOpen ? <StepLog key={`${run.run}/${step.name}`} {...props} /> : null}
        </details>
      ) : null}
    </StepRunDetails>
  );
}
