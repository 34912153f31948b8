import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { IconButton } from './IconButton';

/** A boundary between two steps, and what can be done with it. */
export interface IStepBoundaryProps {
  /** The step before it. */
  before: string;
  /** The step after it. */
  after: string;
  /** The cells that the step after it may begin with, in order. */
  places: readonly number[];
  /** The cell that it begins with. */
  place: number;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with how many code cells the boundary is to go down, or with a minus up. */
  onShift: (by: number) => void;
  /** Called with the cell that is under the pointer while the boundary is dragged, or null. */
  onDrag: (cell: number | null) => void;
  /** Called with the cell where the boundary was dropped. */
  onDrop: (cell: number) => void;
  /** Called when the two steps are to be one. */
  onMerge: () => void;
}

/** The cell before which something that is at this height would be dropped, or null. */
function cellAt(handle: HTMLElement, height: number): number | null {
  const runs = [
    ...(handle.closest('.jp-aidevsecops-StepCells')?.querySelectorAll('section') ?? [])
  ];
  // Only the rows of the steps that the pointer is at are measured: the others may not be laid out.
  for (const run of runs.filter(
    one => height < one.getBoundingClientRect().bottom || one === runs.at(-1)
  )) {
    const rows = [...run.querySelectorAll<HTMLElement>('[data-cell]')];
    const below = rows.find(row => {
      const { top, bottom } = row.getBoundingClientRect();
      return height < (top + bottom) / 2;
    });
    if (below || run === runs.at(-1)) {
      return below ? Number(below.dataset.cell) : Number(rows.at(-1)?.dataset.cell) + 1;
    }
  }
  return null;
}

/** How a pointer drags the boundary; Escape gives it up. */
function useDragging(
  onDrag: IStepBoundaryProps['onDrag'],
  onDrop: IStepBoundaryProps['onDrop']
): Pick<
  React.HTMLAttributes<HTMLElement>,
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'
> & { giveUp: () => boolean } {
  const isDragging = React.useRef(false);
  const stop = (): boolean => {
    const was = isDragging.current;
    isDragging.current = false;
    onDrag(null);
    return was;
  };
  return {
    onPointerDown: event => {
      if (event.button === 0) {
        isDragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
    },
    onPointerMove: event => {
      if (isDragging.current) {
        onDrag(cellAt(event.currentTarget, event.clientY));
      }
    },
    onPointerUp: event => {
      const cell = cellAt(event.currentTarget, event.clientY);
      if (stop() && cell !== null) {
        onDrop(cell);
      }
    },
    onPointerCancel: () => void stop(),
    giveUp: stop
  };
}

/** The handle and the buttons of a boundary: by pointer, by keyboard, and by buttons. */
export function StepBoundary(props: IStepBoundaryProps): React.JSX.Element {
  const { before, after, places, place, trans, onShift, onDrag, onDrop, onMerge } = props;
  const { giveUp, ...dragging } = useDragging(onDrag, onDrop);
  const at = places.indexOf(place);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowUp':
        onShift(-1);
        break;
      case 'ArrowDown':
        onShift(1);
        break;
      case 'Home':
        onShift(-places.length);
        break;
      case 'End':
        onShift(places.length);
        break;
      case 'Delete':
        onMerge();
        break;
      case 'Escape':
        if (giveUp()) {
          break;
        }
        return;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span
      className="jp-aidevsecops-StepBoundary"
      // What is around it selects the step that may be gone by now.
      onClick={event => event.stopPropagation()}
    >
      <span
        role="separator"
        tabIndex={0}
        aria-orientation="horizontal"
        aria-label={trans.__('Boundary between %1 and %2', before, after)}
        aria-valuemin={(places[0] ?? place) + 1}
        aria-valuemax={(places[places.length - 1] ?? place) + 1}
        aria-valuenow={place + 1}
        aria-valuetext={trans.__('before cell %1', place + 1)}
        title={trans.__('Drag, or move by Alt+↑ and Alt+↓')}
        className="jp-aidevsecops-StepBoundary-handle"
        onKeyDown={onKeyDown}
        {...dragging}
      />
      <IconButton
        action="MoveUp"
        label={trans.__('Move the boundary before %1 up', after)}
        isDisabled={at <= 0}
        onClick={() => onShift(-1)}
      />
      <IconButton
        action="MoveDown"
        label={trans.__('Move the boundary before %1 down', after)}
        isDisabled={at < 0 || at === places.length - 1}
        onClick={() => onShift(1)}
      />
      <IconButton
        action="Merge"
        label={trans.__('Merge %1 with %2', after, before)}
        onClick={onMerge}
      />
    </span>
  );
}
