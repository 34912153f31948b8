import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICellRun, SplitFileState, SplitWarning } from '../splitTokens';
import type { IProblem } from '../tokens';
import { StepBadge } from './StepBadge';
import { StepBoundary } from './StepBoundary';
import { fileStateText } from './splitText';
import { isSameCell, StepCellRow } from './StepCellRow';
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
  /** How the steps that were written before compare with what would be written, by name. */
  states: ReadonlyMap<string, SplitFileState>;
  /** Whether a step can begin at a cell of a run. */
  canSplit: (run: ICellRun, cell: number) => boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** Some cells in a row that belong to one step. */
export interface IStepRunProps
  extends IStepCellsActions, Pick<IStepCellsProps, 'canSplit' | 'trans'> {
  /** The run. */
  run: ICellRun;
  /** Its place among the runs. */
  at: number;
  /** The step of the run before it, or null. */
  before: string | null;
  /** The code cells that it may begin with; none where its boundary cannot be moved. */
  places: readonly number[];
  /** How its step compares with what was written before; null where nothing was. */
  state: SplitFileState | null;
  /** Whether the user looks at its step. */
  isSelected: boolean;
  /** The cell that the tabulator reaches, if it is one of these; else null. */
  active: number | null;
  /** The cell before which a boundary that is dragged would be dropped, if one of these; else null. */
  dropAt: number | null;
  /** What is to be known of a cell. */
  warningsOf: (cell: number) => readonly SplitWarning[];
  /** Called with the cell that takes the focus. */
  onActive: (cell: number) => void;
  /** Called with the cell before which a boundary would be dropped, or null. */
  onDrag: (cell: number | null) => void;
}

/** A step's head, with its boundary, and its cells. */
function Run(props: IStepRunProps): React.JSX.Element {
  const { run, at, before, isSelected, active, dropAt, trans } = props;
  const { warningsOf, onActive, state } = props;
  const { step, position, cells } = run;
  const colour = stepColour(position);
  const first = cells.find(cell => cell.kind === 'code' && cell.step !== null);
  const label =
    step === null ? trans.__('In no step') : trans.__('Step %1: %2', position + 1, step);
  return (
    <section
      className={`jp-aidevsecops-StepRun ${colour} ${isSelected ? 'jp-mod-selected' : ''}`}
      aria-label={label}
      // The browser leaves out what is far from being seen, and has to know how high it is.
      style={{ '--jp-aidevsecops-rows': cells.length } as React.CSSProperties}
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
        {state === null ? null : (
          <span className={`jp-aidevsecops-Tag jp-mod-${state}`}>
            {fileStateText(state, trans)}
          </span>
        )}
        {step !== null && before !== null ? (
          <StepBoundary
            before={before}
            after={step}
            places={props.places}
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
          <StepCellRow
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

/** Whether two runs are drawn alike. */
function isSameOf(one: ICellRun, other: ICellRun): boolean {
  return (
    one === other ||
    (one.step === other.step &&
      one.position === other.position &&
      one.cells.length === other.cells.length &&
      one.cells.every((cell, index) => isSameCell(cell, other.cells[index])))
  );
}

/**
 * What is done with a run needs nothing but what is compared here, so that a change of one boundary
 * draws two steps again and not forty.
 */
function isSameRun(one: IStepRunProps, other: IStepRunProps): boolean {
  return (
    one.at === other.at &&
    one.before === other.before &&
    one.state === other.state &&
    one.isSelected === other.isSelected &&
    one.active === other.active &&
    one.dropAt === other.dropAt &&
    one.warningsOf === other.warningsOf &&
    one.places.length === other.places.length &&
    one.places.every((place, index) => place === other.places[index]) &&
    isSameOf(one.run, other.run)
  );
}

/** A step's head, with its boundary, and its cells. */
export const StepRun = React.memo(Run, isSameRun);
