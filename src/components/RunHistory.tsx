import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { PipelineRun } from '../pipelineTokens';
import { engineText } from './engineText';
import { RunTag } from './RunTag';
import { secondsText, startText } from './runText';
import { TextButton } from './TextButton';

/** The runs of a pipeline. */
export interface IRunHistoryProps {
  /** The runs, newest first. */
  runs: readonly PipelineRun[];
  /** The run that the user looks at. */
  shown: PipelineRun;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the run that the user wants to look at. */
  onShow: (run: PipelineRun) => void;
  /** Called with two runs to compare, the earlier one first. */
  onCompare: (before: PipelineRun, after: PipelineRun) => void;
}

/** The runs of a pipeline, newest first; each can be looked at, and compared with the one shown. */
export function RunHistory(props: IRunHistoryProps): React.JSX.Element {
  const { runs, shown, trans, onShow, onCompare } = props;
  const place = runs.findIndex(({ run }) => run === shown.run);
  return (
    <details className="jp-aidevsecops-RunHistory">
      <summary>{trans._n('%1 run', '%1 runs', runs.length)}</summary>
      <ol aria-label={trans.__('Runs')}>
        {runs.map((run, at) => (
          <li key={run.run} aria-current={run.run === shown.run || undefined}>
            <button
              type="button"
              className="jp-aidevsecops-LinkButton"
              title={run.run}
              onClick={() => onShow(run)}
            >
              {startText(run)}
            </button>
            <RunTag state={run.state} trans={trans} />
            {run.kind === 'local' ? null : <span>{engineText(run.kind, trans)}</span>}
            <span className="jp-aidevsecops-Hint">
              {run.seconds === null ? '' : secondsText(run.seconds, trans)}
            </span>
            {at === place ? null : (
              <TextButton
                label={trans.__('Compare')}
                title={trans.__('Compare with the run that is shown')}
                onClick={() =>
                  at > place ? onCompare(run, shown) : onCompare(shown, run)
                }
              />
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
