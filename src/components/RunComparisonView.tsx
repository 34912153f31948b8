import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { RunComparison } from '../pipelineTokens';
import { HeadedTable } from './HeadedTable';
import type { RunState } from './runText';
import { runStateText, secondsText } from './runText';
import { SentenceList } from './SentenceList';

/** Two runs. */
export interface IRunComparisonViewProps {
  /** What differs. */
  comparison: RunComparison;
  /** The translator. */
  trans: TranslationBundle;
}

type Compared = RunComparison['steps'][number];

function endText(end: Compared['before'], trans: TranslationBundle): string {
  if (!end) {
    return trans.__('is not in it');
  }
  const state = runStateText(end.state as RunState, trans);
  return end.seconds === null ? state : `${state}, ${secondsText(end.seconds, trans)}`;
}

function differences(step: Compared, trans: TranslationBundle): string[] {
  return [
    ...step.changes,
    ...step.outputs.map(({ path, before, after }) => {
      if (before === null) {
        return trans.__('%1 is new', path);
      }
      return after === null
        ? trans.__('%1 is gone', path)
        : trans.__('%1 has other content', path);
    })
  ];
}

/** What differs from one run to another, step by step. */
export function RunComparisonView(props: IRunComparisonViewProps): React.JSX.Element {
  const { comparison, trans } = props;
  const { seconds_before: before, seconds_after: after } = comparison;
  const headings = [
    trans.__('Step'),
    trans.__('Before'),
    trans.__('After'),
    trans.__('What differs')
  ];
  return (
    <div className="jp-aidevsecops-RunComparison">
      <p>
        {comparison.same
          ? trans.__('Nothing differs but times.')
          : trans.__('From run %1 to run %2:', comparison.before, comparison.after)}
      </p>
      {before !== null && after !== null ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'It took %1 before, and %2 after.',
            secondsText(before, trans),
            secondsText(after, trans)
          )}
        </p>
      ) : null}
      <SentenceList
        title={trans.__('Parameters')}
        sentences={comparison.parameters.map(({ name, before: old, after: now }) =>
          trans.__('%1: %2 → %3', name, old ?? '–', now ?? '–')
        )}
      />
      <HeadedTable
        className="jp-aidevsecops-Comparisons"
        label={trans.__('Steps')}
        headings={headings}
      >
        {comparison.steps.map(step => (
          <tr key={step.name}>
            <th scope="row">{step.name}</th>
            <td>{endText(step.before, trans)}</td>
            <td>{endText(step.after, trans)}</td>
            <td>{differences(step, trans).join('; ') || trans.__('nothing')}</td>
          </tr>
        ))}
      </HeadedTable>
    </div>
  );
}
