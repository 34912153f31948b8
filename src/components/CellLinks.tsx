import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Where something is used. */
export interface ICellLinksProps {
  /** Cell indexes from 0. */
  cells: readonly number[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

/** Links to cells; cells are counted from 1 for people. */
export function CellLinks(props: ICellLinksProps): React.JSX.Element | null {
  const { cells, trans, onReveal } = props;
  if (cells.length === 0) {
    return null;
  }
  return (
    <span className="jp-aidevsecops-CellLinks">
      {cells.map(cell => (
        <button
          key={cell}
          type="button"
          className="jp-aidevsecops-CellLink"
          title={trans.__('Go to cell %1', cell + 1)}
          aria-label={trans.__('Go to cell %1', cell + 1)}
          onClick={() => onReveal(cell)}
        >
          {cell + 1}
        </button>
      ))}
    </span>
  );
}
