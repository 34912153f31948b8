import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { PipelineRun } from '../pipelineTokens';
import { RunTag } from './RunTag';
import { stepProgressText } from './runText';

/** The steps of a run. */
export interface IRunStepsProps {
  /** The run. */
  run: PipelineRun;
  /** The name of the step that the user looks at, or null. */
  selected: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at. */
  onSelect: (step: string) => void;
}

/** Each step with its state, how far it is or how long it took, and why it ran or did not. */
export function RunSteps(props: IRunStepsProps): React.JSX.Element {
  const { run, selected, trans, onSelect } = props;
  return (
    <ol className="jp-aidevsecops-RunSteps" aria-label={trans.__('Steps')}>
      {run.steps.map(step => (
        <li key={step.id}>
          <button
            type="button"
            className="jp-aidevsecops-RunSteps-step"
            aria-pressed={step.name === selected}
            onClick={() => onSelect(step.name)}
          >
            <span className="jp-aidevsecops-RunSteps-name">{step.name}</span>
            <RunTag state={step.state} trans={trans} />
            <span className="jp-aidevsecops-Hint">{stepProgressText(step, trans)}</span>
          </button>
          {step.reason ? (
            <p className="jp-aidevsecops-Hint jp-aidevsecops-RunSteps-reason">
              {step.reason}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
