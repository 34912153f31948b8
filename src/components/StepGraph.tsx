import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitEdge, SplitStep } from '../splitTokens';
import { FlowTable } from './FlowTable';
import { GraphView } from './GraphView';
import { fileStateText } from './splitText';
import { stepColour } from './stepColours';
import type { IGraphStep } from './StepGraphNode';

/** The steps and what flows between them. */
export interface IStepGraphProps {
  /** The steps, in the order of the notebook. */
  steps: readonly SplitStep[];
  /** What orders them. */
  edges: readonly SplitEdge[];
  /** The name of the step that the user looks at, or null. */
  selected: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at. */
  onSelect: (step: string) => void;
}

/** The room that `12 cells, edited by hand` takes in its smaller letters. */
const NOTE_LENGTH = 18;

/** What a step says to somebody who does not see the graph. */
function labelOf(step: SplitStep, position: number, trans: TranslationBundle): string {
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
function noteOf({ cells, state }: SplitStep, trans: TranslationBundle): string {
  const count = trans._n('%1 cell', '%1 cells', cells.length);
  return state === 'new' ? count : `${count}, ${fileStateText(state, trans)}`;
}

function graphStep(
  step: SplitStep,
  position: number,
  trans: TranslationBundle
): IGraphStep {
  const { name, title, state } = step;
  return {
    name,
    noteLength: state === 'new' ? 0 : NOTE_LENGTH,
    title: title === name ? name : `${name}: ${title}`,
    label: labelOf(step, position, trans),
    note: noteOf(step, trans),
    badge: String(position + 1),
    colour: stepColour(position)
  };
}

/** The steps as a graph, and once more as a table for those who do not see it. */
export function StepGraph(props: IStepGraphProps): React.JSX.Element {
  const { steps, edges, selected, trans, onSelect } = props;
  const drawn = React.useMemo(
    () => steps.map((step, at) => graphStep(step, at, trans)),
    [steps, trans]
  );
  return (
    <div className="jp-aidevsecops-StepGraph">
      <GraphView
        label={trans.__('Steps and what flows between them')}
        steps={drawn}
        edges={edges}
        selected={selected}
        trans={trans}
        onSelect={onSelect}
      />
      <FlowTable edges={edges} trans={trans} />
    </div>
  );
}
