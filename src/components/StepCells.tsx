import type { TranslationBundle } from '@jupyterlab/translation';
import { cutIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ICellRun, SplitCell, SplitWarning } from '../splitTokens';
import type { IProblem } from '../tokens';
import { IconButton } from './IconButton';
import { roleText } from './splitText';
import { StepBadge } from './StepBadge';
import { StepBoundary } from './StepBoundary';
import { stepColour } from './stepColours';
import { StepName } from './StepName';

/** What can be done with the cells of a split. */
export interface IStepCellsActions {
  /** Called with the index of the cell to go to in the notebook. */
  onReveal: (cell: number) => void;
  /** Called with the step that the user wants to look at. */
  onSelect: (step: string) => void;
  /** Called with a run and how many code cells its beginning is to go down, or with a minus up. */
  onShift: (run: number, by: number) => void;
  /** Called with a run and the cell that it is to begin with. */
  onMove: (run: number, cell: number) => void;
  /** Called with the run that is to belong to the step before it. */
  onMerge: (run: number) => void;
  /** Called with the cell where a step is to begin. */
  onSplit: (cell: number) => void;
  /** Called with a step and its new name; answers what keeps it from having it, or null. */
  onRename: (step: string, name: string) => IProblem | null;
}

/** The cells of a notebook, in the runs of the steps. */
export interface IStepCellsProps extends IStepCellsActions {
  /** The runs. */
  runs: readonly ICellRun[];
  /** The code cells that each run may begin with; none where its boundary cannot be moved. */
  places: readonly (readonly number[])[];
  /** The name of the step that the user looks at, or null. */
  selected: string | null;
  /** What is to be known of cells. */
  warnings: readonly SplitWarning[];
  /** Whether a step can begin at a cell of a run. */
  canSplit: (run: ICellRun, cell: number) => boolean;
  /** The translator. */
  trans: TranslationBundle;
}

interface IRowProps {
  cell: SplitCell;
  colour: string;
  warnings: readonly SplitWarning[];
  canSplit: boolean;
  isTabStop: boolean;
  isDropTarget: boolean;
  trans: TranslationBundle;
  onReveal: () => void;
  onSplit: () => void;
  onFocus: () => void;
}

function PlainRow(props: IRowProps): React.JSX.Element {
  const { cell, colour, warnings, canSplit, isTabStop, isDropTarget, trans } = props;
  const { index, kind, first_line: line } = cell;
  const role = roleText(cell, trans);
  const isGrave = warnings.some(warning => warning.is_error);
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
            {trans._n('%1 warning', '%1 warnings', warnings.length)}
          </span>
        ) : null}
      </button>
      {canSplit ? (
        <span className="jp-aidevsecops-StepCell-split">
          <IconButton
            icon={cutIcon}
            label={trans.__('Begin a step at cell %1', index + 1)}
            isTabStop={isTabStop}
            onClick={props.onSplit}
          />
        </span>
      ) : null}
    </li>
  );
}

/** Callbacks that do the same are made anew at every drawing; a thousand rows need not be. */
function isSameRow(one: IRowProps, other: IRowProps): boolean {
  return (
    one.cell === other.cell &&
    one.colour === other.colour &&
    one.warnings === other.warnings &&
    one.canSplit === other.canSplit &&
    one.isTabStop === other.isTabStop &&
    one.isDropTarget === other.isDropTarget
  );
}

const Row = React.memo(PlainRow, isSameRow);

interface IRunProps extends IStepCellsProps {
  at: number;
  active: number;
  dropAt: number | null;
  warningsOf: (cell: number) => readonly SplitWarning[];
  onActive: (cell: number) => void;
  onDrag: (cell: number | null) => void;
}

function Run(props: IRunProps): React.JSX.Element {
  const { runs, at, selected, active, dropAt, trans, warningsOf, onActive } = props;
  const run = runs[at];
  const { step, position, cells } = run;
  const before = runs[at - 1]?.step ?? null;
  const colour = stepColour(position);
  const first = cells.find(cell => cell.kind === 'code' && cell.step !== null);
  const label =
    step === null ? trans.__('In no step') : trans.__('Step %1: %2', position + 1, step);
  return (
    <section
      className={`jp-aidevsecops-StepRun ${colour} ${step === selected ? 'jp-mod-selected' : ''}`}
      aria-label={label}
    >
      <div
        className="jp-aidevsecops-StepRun-head"
        onClick={() => (step === null ? undefined : props.onSelect(step))}
      >
        <StepBadge position={position} />
        {step === null ? (
          <span>{label}</span>
        ) : (
          <StepName
            name={step}
            trans={trans}
            onRename={name => props.onRename(step, name)}
          />
        )}
        <span className="jp-aidevsecops-Hint">
          {trans._n('%1 cell', '%1 cells', cells.length)}
        </span>
        {step !== null && before !== null ? (
          <StepBoundary
            before={before}
            after={step}
            places={props.places[at]}
            place={first?.index ?? cells[0].index}
            trans={trans}
            onShift={by => props.onShift(at, by)}
            onDrag={props.onDrag}
            onDrop={cell => props.onMove(at, cell)}
            onMerge={() => props.onMerge(at)}
          />
        ) : null}
      </div>
      <ol>
        {cells.map(cell => (
          <Row
            key={cell.index}
            cell={cell}
            colour={cell.step === null ? stepColour(-1) : colour}
            warnings={warningsOf(cell.index)}
            canSplit={props.canSplit(run, cell.index)}
            isTabStop={cell.index === active}
            isDropTarget={cell.index === dropAt}
            trans={trans}
            onReveal={() => {
              if (step !== null) {
                props.onSelect(step);
              }
              props.onReveal(cell.index);
            }}
            onSplit={() => props.onSplit(cell.index)}
            onFocus={() => onActive(cell.index)}
          />
        ))}
      </ol>
    </section>
  );
}

const ROW = '.jp-aidevsecops-StepCell-text';
const NONE: readonly SplitWarning[] = [];

/** The rows that the arrow keys go through, and the one that takes the focus after a change. */
function useRows(runs: readonly ICellRun[]): {
  root: React.RefObject<HTMLDivElement>;
  focusLater: (cell: number) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
} {
  const root = React.useRef<HTMLDivElement>(null);
  const wanted = React.useRef<number | null>(null);
  const rows = (): HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>(ROW) ?? [])
  ];
  React.useEffect(() => {
    if (wanted.current !== null) {
      // What had the focus is gone with the change.
      rows()[wanted.current]?.focus();
      wanted.current = null;
    }
  }, [runs]);
  return {
    root,
    focusLater: cell => {
      wanted.current = cell;
    },
    onKeyDown: event => {
      const row = (event.target as Element).closest<HTMLElement>(ROW);
      if (!row || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const all = rows();
      const at = all.indexOf(row);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[
        event.key
      ];
      if (to !== undefined) {
        event.preventDefault();
        all[Math.min(Math.max(to, 0), all.length - 1)].focus();
      }
    }
  };
}

/** The cells by step; rows are gone through by the arrow keys, boundaries moved by Alt and them. */
export function StepCells(props: IStepCellsProps): React.JSX.Element {
  const { runs, warnings, trans } = props;
  const [active, setActive] = React.useState(0);
  const [dropAt, setDropAt] = React.useState<number | null>(null);
  const { root, focusLater, onKeyDown } = useRows(runs);
  const byCell = React.useMemo(() => {
    const found = new Map<number, SplitWarning[]>();
    for (const warning of warnings) {
      if (warning.cell !== null) {
        found.set(warning.cell, [...(found.get(warning.cell) ?? []), warning]);
      }
    }
    return found;
  }, [warnings]);
  return (
    <div
      ref={root}
      role="group"
      className="jp-aidevsecops-StepCells"
      aria-label={trans.__('Cells')}
      onKeyDown={onKeyDown}
    >
      {runs.map((_, at) => (
        <Run
          key={at}
          {...props}
          at={at}
          active={active}
          dropAt={dropAt}
          warningsOf={cell => byCell.get(cell) ?? NONE}
          onActive={setActive}
          onDrag={setDropAt}
          onMerge={run => {
            focusLater(runs[run].cells[0].index);
            props.onMerge(run);
          }}
          onSplit={cell => {
            focusLater(cell);
            props.onSplit(cell);
          }}
        />
      ))}
    </div>
  );
}
