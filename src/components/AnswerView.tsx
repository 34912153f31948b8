import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type { IProblem } from '../tokens';
import { Busy } from './Busy';
import { ErrorNotice } from './ErrorNotice';

/** An answer that may be on its way. */
export interface IAnswerViewProps<A> {
  /** How far it is. */
  state: AnswerState<A>;
  /** What to show of an answer. */
  render: (answer: A) => React.ReactNode;
  /** What to show in place of a problem; the problem itself when left out or null. */
  renderProblem?: (problem: IProblem) => React.ReactNode | null;
  /** The translator. */
  trans: TranslationBundle;
}

/** An answer, that it is on its way, or why there is none; the last answer stays meanwhile. */
export function AnswerView<A>(props: IAnswerViewProps<A>): React.JSX.Element {
  const { state, render, renderProblem, trans } = props;
  const isLoading = state.kind === 'loading';
  return (
    <div className="jp-aidevsecops-Answer" aria-busy={isLoading}>
      <Busy label={isLoading ? trans.__('Loading…') : null} />
      {state.kind === 'error'
        ? (renderProblem?.(state.problem) ?? (
            <ErrorNotice problem={state.problem} trans={trans} />
          ))
        : null}
      {(state.kind === 'loading' || state.kind === 'ready') && state.answer !== null
        ? render(state.answer)
        : null}
    </div>
  );
}
