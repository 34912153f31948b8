import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { EmptyState } from '../components/EmptyState';
import { SplitFiles } from '../components/SplitFiles';
import { SplitOptions } from '../components/SplitOptions';
import { SplitWarnings } from '../components/SplitWarnings';
import { StepDetails } from '../components/StepDetails';
import { StepGraph } from '../components/StepGraph';
import type { ISplitSession, SplitPreview } from '../splitTokens';
import type { Run } from './LastFailure';

/** What a split comes to. */
export interface ISplitResultViewProps {
  /** The preview of one notebook. */
  session: ISplitSession;
  /** What it comes to. */
  preview: SplitPreview;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the notebook. */
  run: Run;
}

function Part(props: { title: string; children: React.ReactNode }): React.JSX.Element {
  const id = React.useId();
  return (
    <section className="jp-aidevsecops-SplitPart" aria-labelledby={id}>
      <h3 id={id}>{props.title}</h3>
      {props.children}
    </section>
  );
}

/** The step that is looked at: the chosen one, or the first where that is gone. */
function lookedAt({ steps }: SplitPreview, selected: string | null): number {
  const at = steps.findIndex(({ name }) => name === selected);
  return Math.max(at, 0);
}

/** The graph, the step that is looked at, what is to be known, and what is written. */
export function SplitResultView(props: ISplitResultViewProps): React.JSX.Element {
  const { session, preview, trans, run } = props;
  const { steps, edges, warnings, files, removals = [] } = preview;
  const at = lookedAt(preview, session.selected);
  const overlays = steps.flatMap(({ overlay }) => (overlay === null ? [] : [overlay]));
  const onReveal = (cell: number): void => run(CommandIDs.revealCell, { cell });
  if (steps.length === 0) {
    return (
      <div className="jp-aidevsecops-SplitPanel-result">
        <EmptyState
          message={trans.__('There are no steps.')}
          hint={trans.__('Cut at other headings, or begin a step at a cell.')}
        />
        <SplitWarnings warnings={warnings} trans={trans} onReveal={onReveal} />
      </div>
    );
  }
  return (
    <div className="jp-aidevsecops-SplitPanel-result">
      <Part title={trans.__('Steps')}>
        <StepGraph
          steps={steps}
          edges={edges}
          selected={steps[at].name}
          trans={trans}
          onSelect={step => session.select(step)}
        />
        <StepDetails
          step={steps[at]}
          position={at}
          edges={edges}
          trans={trans}
          onReveal={onReveal}
        />
      </Part>
      {warnings.length > 0 ? (
        <Part title={trans.__('Worth knowing')}>
          <SplitWarnings warnings={warnings} trans={trans} onReveal={onReveal} />
        </Part>
      ) : null}
      <Part title={trans.__('What is written')}>
        <SplitOptions
          options={session.options}
          preview={preview}
          trans={trans}
          onChoose={options => session.choose(options)}
        />
        <SplitFiles files={files} removals={removals} trans={trans} />
        {overlays.length > 0 ? (
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'And the overlays %1, which are locked when the steps are created.',
              overlays.join(', ')
            )}
          </p>
        ) : null}
      </Part>
    </div>
  );
}
