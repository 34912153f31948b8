import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitStep } from '../splitTokens';
import type { IGraphNode } from './graphLayout';
import { clipped, roomIn } from './graphLayout';
import { fileStateText } from './splitText';
import { stepColour } from './stepColours';

/** One step of a graph. */
export interface IStepGraphNodeProps {
  /** Where it is drawn. */
  drawn: IGraphNode;
  /** Whether the user looks at it. */
  isSelected: boolean;
  /** Whether the tabulator reaches it. */
  isTabStop: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to look at it. */
  onSelect: () => void;
  /** Called with the keys that are pressed on it. */
  onKeyDown: (event: React.KeyboardEvent) => void;
}

/** What a node says to somebody who does not see the graph. */
function nodeText({ step, position }: IGraphNode, trans: TranslationBundle): string {
  const { name, upstream, inputs, outputs } = step;
  return [
    trans.__('Step %1: %2.', position + 1, name),
    upstream.length > 0
      ? trans.__('After %1.', upstream.join(', '))
      : trans.__('Needs no other step.'),
    inputs.length > 0 ? trans.__('Takes %1.', inputs.join(', ')) : '',
    outputs.length > 0 ? trans.__('Leaves %1.', outputs.join(', ')) : '',
    step.state === 'new'
      ? ''
      : trans.__('Its notebook: %1.', fileStateText(step.state, trans))
  ]
    .filter(Boolean)
    .join(' ');
}

/** How many cells a step has, and how it compares with what was written before. */
function noteText({ cells, state }: SplitStep, trans: TranslationBundle): string {
  const count = trans._n('%1 cell', '%1 cells', cells.length);
  return state === 'new' ? count : `${count}, ${fileStateText(state, trans)}`;
}

/** A step as a box with its number, its name and how many cells it has. */
export function StepGraphNode(props: IStepGraphNodeProps): React.JSX.Element {
  const { drawn, isSelected, isTabStop, trans, onSelect, onKeyDown } = props;
  const { step, position, x, y, width, height } = drawn;
  const left = x - width / 2;
  const top = y - height / 2;
  return (
    <g
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={nodeText(drawn, trans)}
      className={`jp-aidevsecops-StepGraph-node ${stepColour(position)}`}
      onClick={onSelect}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
    >
      <title>
        {step.title === step.name ? step.name : `${step.name}: ${step.title}`}
      </title>
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
        {position + 1}
      </text>
      <text className="jp-aidevsecops-StepGraph-name" x={left + 36} y={y - 5}>
        {clipped(step.name, roomIn(width))}
      </text>
      <text className="jp-aidevsecops-StepGraph-note" x={left + 36} y={y + 13}>
        {noteText(step, trans)}
      </text>
    </g>
  );
}
