import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitCell, SplitWarning } from '../splitTokens';
import { IconButton } from './IconButton';
import { roleText } from './splitText';

/** A cell of a split. */
export interface IStepCellRowProps {
  /** The cell. */
  cell: SplitCell;
  /** The class that gives it the colour of its step. */
  colour: string;
  /** What is to be known of it. */
  warnings: readonly SplitWarning[];
  /** Whether a step can begin at it. */
  canSplit: boolean;
  /** Whether the tabulator reaches it. */
  isTabStop: boolean;
  /** Whether a boundary that is dragged would be dropped before it. */
  isDropTarget: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to go to it. */
  onReveal: () => void;
  /** Called when a step is to begin at it. */
  onSplit: () => void;
  /** Called when it takes the focus. */
  onFocus: () => void;
}

function Row(props: IStepCellRowProps): React.JSX.Element {
  const { cell, colour, warnings, canSplit, isTabStop, isDropTarget, trans } = props;
  const { index, kind, first_line: line } = cell;
  const role = roleText(cell, trans);
  const errors = warnings.filter(warning => warning.is_error).length;
  const isGrave = errors > 0;
  const tabIndex = isTabStop ? 0 : -1;
  return (
    <li
      data-cell={index}
      className={`jp-aidevsecops-StepCell ${colour} ${isDropTarget ? 'jp-mod-drop' : ''}`}
    >
      <button
        type="button"
        tabIndex={tabIndex}
        className={`jp-aidevsecops-StepCell-text jp-mod-${kind}`}
        title={trans.__('Go to cell %1', index + 1)}
        onClick={props.onReveal}
        onFocus={props.onFocus}
      >
        <span className="jp-aidevsecops-StepCell-index">{index + 1}</span>
        <span className="jp-aidevsecops-StepCell-line">
          {line || <em>{trans.__('empty')}</em>}
        </span>
        {role ? <span className="jp-aidevsecops-Tag">{role}</span> : null}
        {warnings.length > 0 ? (
          <span
            className={`jp-aidevsecops-Tag ${isGrave ? 'jp-mod-error' : 'jp-mod-warning'}`}
            title={warnings.map(({ message }) => message).join('\n')}
          >
            {isGrave
              ? trans._n('%1 error', '%1 errors', errors)
              : trans._n('%1 warning', '%1 warnings', warnings.length)}
          </span>
        ) : null}
      </button>
      {canSplit ? (
        <span className="jp-aidevsecops-StepCell-split">
          <IconButton
            action="Split"
            label={trans.__('Split before cell %1', index + 1)}
            isTabStop={isTabStop}
            onClick={props.onSplit}
          />
        </span>
      ) : null}
    </li>
  );
}

/** Whether two answers say the same of a cell. */
export function isSameCell(one: SplitCell, other: SplitCell): boolean {
  return (
    one === other ||
    (one.index === other.index &&
      one.kind === other.kind &&
      one.step === other.step &&
      one.role === other.role &&
      one.first_line === other.first_line)
  );
}

/** Callbacks that do the same are made anew at every drawing; a thousand rows need not be. */
function isSameRow(one: IStepCellRowProps, other: IStepCellRowProps): boolean {
  return (
    isSameCell(one.cell, other.cell) &&
    one.colour === other.colour &&
    one.warnings === other.warnings &&
    one.canSplit === other.canSplit &&
    one.isTabStop === other.isTabStop &&
    one.isDropTarget === other.isDropTarget
  );
}

/** A cell: its number and first line, which lead to it, and the button that begins a step. */
export const StepCellRow = React.memo(Row, isSameRow);
