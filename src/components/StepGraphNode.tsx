import * as React from 'react';
import type { IGraphBox, IGraphNode } from './graphLayout';
import { clipped, roomIn } from './graphLayout';

/** How a step looks in a graph. */
export interface IGraphStep extends IGraphBox {
  /** What its tooltip says. */
  title: string;
  /** What it says to somebody who does not see the graph. */
  label: string;
  /** What stands below its name. */
  note: string;
  /** A number or a sign at its side. */
  badge: string;
  /** The class that gives it its colour. */
  colour: string;
}

/** One step of a graph. */
export interface IStepGraphNodeProps {
  /** Where it is drawn. */
  drawn: IGraphNode<IGraphStep>;
  /** Whether the user looks at it. */
  isSelected: boolean;
  /** Whether the tabulator reaches it. */
  isTabStop: boolean;
  /** Called when the user wants to look at it. */
  onSelect: () => void;
  /** Called with the keys that are pressed on it. */
  onKeyDown: (event: React.KeyboardEvent) => void;
}

/** A step as a box with a badge, its name and a note. */
export function StepGraphNode(props: IStepGraphNodeProps): React.JSX.Element {
  const { drawn, isSelected, isTabStop, onSelect, onKeyDown } = props;
  const { step, x, y, width, height } = drawn;
  const left = x - width / 2;
  const top = y - height / 2;
  return (
    <g
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={step.label}
      className={`jp-aidevsecops-StepGraph-node ${step.colour}`}
      onClick={onSelect}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
    >
      <title>{step.title}</title>
      <rect x={left} y={top} width={width} height={height} rx={6} />
      <rect
        className="jp-aidevsecops-StepGraph-stripe"
        x={left}
        y={top}
        width={28}
        height={height}
        rx={6}
      />
      <text
        className="jp-aidevsecops-StepGraph-number"
        x={left + 14}
        y={y}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {step.badge}
      </text>
      <text className="jp-aidevsecops-StepGraph-name" x={left + 36} y={y - 5}>
        {clipped(step.name, roomIn(width))}
      </text>
      <text className="jp-aidevsecops-StepGraph-note" x={left + 36} y={y + 13}>
        {step.note}
      </text>
    </g>
  );
}
