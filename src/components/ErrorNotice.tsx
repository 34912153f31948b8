import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem } from '../tokens';
import { problemText } from './problemText';
import { TextButton } from './TextButton';

/** A problem and what the user can do about it. */
export interface IErrorNoticeProps {
  /** What went wrong. */
  problem: IProblem;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to try again; without it there is no such button. */
  onRetry?: () => void;
  /** Called when the user wants to see the log; without it there is no such button. */
  onShowLog?: () => void;
}

/** A problem told at once to everybody, screen readers included. */
export function ErrorNotice(props: IErrorNoticeProps): React.JSX.Element {
  const { problem, trans, onRetry, onShowLog } = props;
  const { message, hint } = problemText(problem, trans);
  const { explanation } = problem.details;
  return (
    <div className="jp-aidevsecops-ErrorNotice" role="alert">
      <p className="jp-aidevsecops-ErrorNotice-message">{message}</p>
      {typeof explanation === 'string' && explanation !== '' ? (
        <details>
          <summary>{trans.__('Explanation')}</summary>
          <p>{explanation}</p>
        </details>
      ) : null}
      {hint ? <p className="jp-aidevsecops-Hint">{hint}</p> : null}
      {onRetry ? <TextButton label={trans.__('Retry')} onClick={onRetry} /> : null}
      {onShowLog ? <TextButton label={trans.__('Show Log')} onClick={onShowLog} /> : null}
    </div>
  );
}
