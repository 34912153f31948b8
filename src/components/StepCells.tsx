import * as React from 'react';
import type { ICellRun, SplitWarning } from '../splitTokens';
import type { IStepCellsProps } from './StepRun';
import { StepRun } from './StepRun';

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
  const { runs, places, selected, states, warnings, ...shared } = props;
  const [active, setActive] = React.useState(0);
  const [dropAt, setDropAt] = React.useState<number | null>(null);
  const { root, focusLater, onKeyDown } = useRows(runs);
  const count = runs.reduce((sum, { cells }) => sum + cells.length, 0);
  const warningsOf = React.useMemo(() => {
    const found = new Map<number, SplitWarning[]>();
    for (const warning of warnings) {
      if (warning.cell !== null) {
        found.set(warning.cell, [...(found.get(warning.cell) ?? []), warning]);
      }
    }
    return (cell: number) => found.get(cell) ?? NONE;
  }, [warnings]);
  const activeCell = Math.min(active, count - 1);
  const within = (cell: number | null, { cells }: ICellRun): number | null =>
    cells.some(({ index }) => index === cell) ? cell : null;
  return (
    <div
      ref={root}
      role="group"
      className="jp-aidevsecops-StepCells"
      aria-label={props.trans.__('Cells')}
      onKeyDown={onKeyDown}
    >
      {runs.map((run, at) => (
        <StepRun
          key={at}
          {...shared}
          run={run}
          at={at}
          before={runs[at - 1]?.step ?? null}
          places={places[at]}
          state={states.get(run.step ?? '') ?? null}
          isSelected={run.step !== null && run.step === selected}
          active={within(activeCell, run)}
          dropAt={within(dropAt, run)}
          warningsOf={warningsOf}
          onActive={setActive}
          onDrag={setDropAt}
          onMerge={merged => {
            focusLater(run.cells[0].index);
            props.onMerge(merged);
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
