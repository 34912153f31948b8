import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { AnswerView } from '../components/AnswerView';
import { engineText } from '../components/engineText';
import { StoredFiles } from '../components/StoredFiles';
import { TextButton } from '../components/TextButton';
import { WebLink } from '../components/WebLink';
import { LatestAnswer } from '../models/latestAnswer';
import type { IPipelinesModel, PipelineRun, RunOutputs } from '../pipelineTokens';
import { useSignals } from './useSignals';

/** A run elsewhere. */
export interface IRemoteRunProps {
  /** The run. */
  run: PipelineRun;
  /** The pipelines of the project. */
  model: IPipelinesModel;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the pipeline. */
  act: (id: string, args?: { [name: string]: string | boolean }) => void;
}

/** What a link of a run leads to. */
function linkText(name: string, run: PipelineRun, trans: TranslationBundle): string {
  const engine = engineText(run.kind, trans);
  switch (name) {
    case 'run':
      return trans.__('Open on %1', engine);
    case 'dag':
      return trans.__('Open the DAG');
    case 'storage':
      return trans.__('Open the object storage');
    default:
      return name;
  }
}

/** What the run has stored, read when somebody wants to see it, and again when it has changed. */
function Outputs({ run, model, trans }: IRemoteRunProps): React.JSX.Element {
  const [isOpen, setOpen] = React.useState(false);
  const [outputs] = React.useState(
    () =>
      new LatestAnswer<null, RunOutputs>(() => model.outputs(run.pipeline, run.run), 0)
  );
  useSignals(outputs.changed);
  const done = run.steps.filter(({ state }) => state === 'succeeded').length;
  React.useEffect(() => {
    if (isOpen) {
      void outputs.askNow(null);
    }
  }, [isOpen, outputs, run.state, done]);
  return (
    <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{trans.__('Stored files')}</summary>
      <AnswerView
        state={outputs.state}
        trans={trans}
        render={answer => <StoredFiles outputs={answer} trans={trans} />}
      />
    </details>
  );
}

/** Where a run elsewhere is looked at, what can be done with it, and what it has stored. */
export function RemoteRun(props: IRemoteRunProps): React.JSX.Element {
  const { run, trans, act } = props;
  const { kind, state, links } = run;
  const isOver = state === 'failed' || state === 'cancelled';
  return (
    <>
      <p className="jp-aidevsecops-Links">
        {Object.entries(links).map(([name, url]) => (
          <WebLink key={name} url={url} text={linkText(name, run, trans)} />
        ))}
      </p>
      {state === 'running' || isOver ? (
        <div className="jp-aidevsecops-ButtonRow">
          {isOver ? (
            <TextButton
              label={trans.__('Retry')}
              title={trans.__('Have %1 run again what failed', engineText(kind, trans))}
              onClick={() => act(CommandIDs.retryPipelineRun, { run: run.run })}
            />
          ) : (
            <TextButton
              label={trans.__('Cancel Run')}
              title={trans.__('Have %1 cancel it', engineText(kind, trans))}
              onClick={() => act(CommandIDs.cancelPipelineRun, { run: run.run })}
            />
          )}
        </div>
      ) : null}
      <Outputs key={run.run} {...props} />
    </>
  );
}
