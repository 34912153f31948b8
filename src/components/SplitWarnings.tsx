import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitWarning } from '../splitTokens';

/** What is to be known before a split. */
export interface ISplitWarningsProps {
  /** The warnings; nothing is shown when there are none. */
  warnings: readonly SplitWarning[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

function Place(
  props: Omit<ISplitWarningsProps, 'warnings'> & { warning: SplitWarning }
): React.JSX.Element | null {
  const { warning, trans, onReveal } = props;
  const { cell, line } = warning;
  if (cell === null) {
    return null;
  }
  const text =
    line === null
      ? trans.__('Cell %1', cell + 1)
      : trans.__('Cell %1, line %2', cell + 1, line);
  return (
    <button
      type="button"
      className="jp-aidevsecops-LinkButton"
      title={trans.__('Go to cell %1', cell + 1)}
      onClick={() => onReveal(cell)}
    >
      {text}
    </button>
  );
}

/** What stands in the way of a split, then what a person should know of it. */
export function SplitWarnings(props: ISplitWarningsProps): React.JSX.Element | null {
  const { warnings, trans } = props;
  if (warnings.length === 0) {
    return null;
  }
  const sorted = [
    ...warnings.filter(warning => warning.is_error),
    ...warnings.filter(warning => !warning.is_error)
  ];
  return (
    <ul className="jp-aidevsecops-SplitWarnings" aria-label={trans.__('Warnings')}>
      {sorted.map((warning, index) => (
        <li key={index} className={warning.is_error ? 'jp-mod-error' : 'jp-mod-warning'}>
          <span className="jp-aidevsecops-Tag">
            {warning.is_error ? trans.__('error') : trans.__('warning')}
          </span>{' '}
          <Place {...props} warning={warning} /> <span>{warning.message}</span>{' '}
          <code className="jp-aidevsecops-Hint">{warning.code}</code>
        </li>
      ))}
    </ul>
  );
}
