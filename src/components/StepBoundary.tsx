import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { mergeIcon } from '../icons';
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
  const rows = handle
    .closest('.jp-aidevsecops-StepCells')
    ?.querySelectorAll<HTMLElement>('[data-cell]');
  for (const row of rows ?? []) {
    const { top, bottom } = row.getBoundingClientRect();
    if (height < (top + bottom) / 2) {
      return Number(row.dataset.cell);
    }
  }
  return rows?.length ? Number(rows[rows.length - 1].dataset.cell) + 1 : null;
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
        icon={caretUpIcon}
        label={trans.__('Move the boundary before %1 up', after)}
        isDisabled={at <= 0}
        onClick={() => onShift(-1)}
      />
      <IconButton
        icon={caretDownIcon}
        label={trans.__('Move the boundary before %1 down', after)}
        isDisabled={at < 0 || at === places.length - 1}
        onClick={() => onShift(1)}
      />
      <IconButton
        icon={mergeIcon}
        label={trans.__('Merge %1 with %2', after, before)}
        onClick={onMerge}
      />
    </span>
  );
}
