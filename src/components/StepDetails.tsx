import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitEdge, SplitStep } from '../splitTokens';
import { CellLinks } from './CellLinks';
import { StepBadge } from './StepBadge';

/** One step, whole. */
export interface IStepDetailsProps {
  /** The step. */
  step: SplitStep;
  /** Its place among the steps, from 0. */
  position: number;
  /** What orders the steps. */
  edges: readonly SplitEdge[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

function Fact(props: {
  title: string;
  values: readonly string[];
  isBlock?: boolean;
}): React.JSX.Element | null {
  const { title, values, isBlock = false } = props;
  return values.length === 0 ? null : (
    <div className={isBlock ? 'jp-mod-block' : ''}>
      <dt>{title}</dt>
      <dd>
        {values.map((value, index) => (
          <code key={index}>{value}</code>
        ))}
      </dd>
    </div>
  );
}

function Upstream(
  props: Pick<IStepDetailsProps, 'step' | 'edges' | 'trans'>
): React.JSX.Element {
  const { step, edges, trans } = props;
  const before = edges.filter(({ target }) => target === step.name);
  return (
    <div>
      <dt>{trans.__('Runs after')}</dt>
      {before.length === 0 ? (
        <dd>{trans.__('nothing: it needs no other step')}</dd>
      ) : null}
      {before.map(({ source, reasons }) => (
        <dd key={source}>
          <strong>{source}</strong>
          {reasons.length > 0 ? ` – ${reasons.join(' ')}` : ''}
        </dd>
      ))}
    </div>
  );
}

/** What a step takes and leaves, needs and repeats, and why it runs where it does. */
export function StepDetails(props: IStepDetailsProps): React.JSX.Element {
  const { step, position, edges, trans, onReveal } = props;
  const heading = React.useId();
  return (
    <section className="jp-aidevsecops-StepDetails" aria-labelledby={heading}>
      <h4 id={heading}>
        <StepBadge position={position} /> {step.name}
        {step.title !== step.name ? (
          <span className="jp-aidevsecops-Hint"> {step.title}</span>
        ) : null}
      </h4>
      <dl className="jp-aidevsecops-Facts">
        <Fact title={trans.__('Notebook')} values={[step.notebook]} />
        <div>
          <dt>{trans.__('Cells')}</dt>
          <dd>
            <CellLinks cells={step.cells} trans={trans} onReveal={onReveal} />
          </dd>
        </div>
        <Upstream step={step} edges={edges} trans={trans} />
        <Fact title={trans.__('Takes')} values={step.inputs} />
        <Fact title={trans.__('Leaves')} values={step.outputs} />
        <Fact title={trans.__('Random state')} values={step.generators} />
        <Fact title={trans.__('Must install')} values={step.requirements} />
        <Fact title={trans.__('Can use')} values={step.optional} />
        <Fact title={trans.__('Overlay')} values={step.overlay ? [step.overlay] : []} />
        <Fact title={trans.__('Reads files')} values={step.files.reads} />
        <Fact title={trans.__('Writes files')} values={step.files.writes} />
        <Fact title={trans.__('Local modules')} values={step.local} />
        <Fact title={trans.__('Repeats')} values={step.repeated} />
        <Fact title={trans.__('Imports')} values={step.imports} isBlock />
        <Fact title={trans.__('Settings')} values={step.settings} isBlock />
      </dl>
    </section>
  );
}
