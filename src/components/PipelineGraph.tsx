import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { PipelineEntry, PipelineRun, StepRun } from '../pipelineTokens';
import { GraphView } from './GraphView';
import { runSign, runStateText, stepProgressText } from './runText';
import type { IGraphStep } from './StepGraphNode';

/** A pipeline, and a run of it. */
export interface IPipelineGraphProps {
  /** The pipeline as it is now. */
  pipeline: PipelineEntry;
  /** The run that the user looks at; null where it was never run. */
  run: PipelineRun | null;
  /** The name of the step that the user looks at, or null. */
  selected: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at. */
  onSelect: (step: string) => void;
}

/** The room that `running, cell 12 of 34` takes in its smaller letters. */
const NOTE_LENGTH = 18;

interface IPlainStep {
  name: string;
  upstream: readonly string[];
}

function graphStep(
  { name, upstream }: IPlainStep,
  position: number,
  run: StepRun | null,
  trans: TranslationBundle
): IGraphStep {
  const words = run ? [runStateText(run.state, trans), stepProgressText(run, trans)] : [];
  const note = words.filter(Boolean).join(', ');
  const after =
    upstream.length > 0
      ? trans.__('After %1.', upstream.join(', '))
      : trans.__('Needs no other step.');
  return {
    name,
    noteLength: NOTE_LENGTH,
    title: run?.reason ? `${name}: ${run.reason}` : name,
    label: note
      ? trans.__('Step %1: %2. %3', name, note, after)
      : trans.__('Step %1. %2', name, after),
    note,
    badge: run ? runSign(run.state) : String(position + 1),
    colour: `jp-mod-run-${run?.state ?? 'waiting'}`
  };
}

/** The steps of a pipeline as a graph; coloured by what became of each in a run. */
export function PipelineGraph(props: IPipelineGraphProps): React.JSX.Element {
  const { pipeline, run, selected, trans, onSelect } = props;
  const drawn = React.useMemo(() => {
    const steps: readonly IPlainStep[] = run?.steps ?? pipeline.nodes;
    return {
      steps: run
        ? run.steps.map((step, position) => graphStep(step, position, step, trans))
        : pipeline.nodes.map((node, position) => graphStep(node, position, null, trans)),
      edges: steps.flatMap(({ name, upstream }) =>
        upstream.map(source => ({ source, target: name, names: [], reasons: [] }))
      )
    };
  }, [pipeline, run, trans]);
  return (
    <div className="jp-aidevsecops-StepGraph jp-aidevsecops-PipelineGraph">
      <GraphView
        {...drawn}
        label={trans.__('Steps of the pipeline')}
        selected={selected}
        trans={trans}
        onSelect={onSelect}
      />
    </div>
  );
}
