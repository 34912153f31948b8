import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { engineText } from '../components/engineText';
import { ErrorNotice } from '../components/ErrorNotice';
import { runSummary, startText } from '../components/runText';
import { TextButton } from '../components/TextButton';
import type { IPipelinesModel, PipelineRun } from '../pipelineTokens';
import type { IRemoteRunProps } from './RemoteRun';
import { RemoteRun } from './RemoteRun';

/** What a run came to, which one it is, and what there is to know of it. */
export function RunHead(props: {
  /** The run. */
  run: PipelineRun;
  /** The pipelines of the project. */
  model: IPipelinesModel;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to see the log of the job that failed; without it, there is none. */
  onShowLog?: () => void;
  /** Starts a command on the pipeline. */
  act: IRemoteRunProps['act'];
}): React.JSX.Element {
  const { run, model, trans, onShowLog, act } = props;
  const runs = ('answer' in model.runs ? model.runs.answer : null) ?? [];
  const isNewest = runs[0]?.run === run.run;
  const isRemote = run.kind !== 'local';
  return (
    <>
      <p role="status" className="jp-aidevsecops-RunSummary">
        {runSummary(run, trans)}
      </p>
      <p className="jp-aidevsecops-Hint">
        {isNewest
          ? trans.__('The last run, of %1', startText(run))
          : trans.__('An earlier run, of %1', startText(run))}
        {isRemote ? ` · ${engineText(run.kind, trans)}` : null}
      </p>
      {isNewest ? null : (
        <div className="jp-aidevsecops-ButtonRow">
          <TextButton
            label={trans.__('Show Last Run')}
            onClick={() => model.show(null)}
          />
        </div>
      )}
      {run.error ? (
        <ErrorNotice
          problem={{ ...run.error, details: {} }}
          trans={trans}
          onShowLog={onShowLog}
        />
      ) : null}
      {isRemote ? <RemoteRun run={run} model={model} trans={trans} act={act} /> : null}
      {run.notes.map(note => (
        <p key={note} className="jp-aidevsecops-Hint">
          {note}
        </p>
      ))}
    </>
  );
}
