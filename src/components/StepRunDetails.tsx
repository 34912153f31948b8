import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { StepRun } from '../pipelineTokens';
import { plainText, stepErrorText } from './runText';
import { TextButton } from './TextButton';

/** A step of a run, and its log. */
export interface IStepRunDetailsProps {
  /** The step. */
  step: StepRun;
  /** Whether the pipeline can be run now. */
  canRun: boolean;
  /** Whether it ran on this machine. */
  isHere: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to see the executed notebook. */
  onOpenNotebook: () => void;
  /** Called when the user wants to see the notebook or script itself. */
  onOpenSource: () => void;
  /** Called when the user wants to run this step and those after it. */
  onRunFrom: () => void;
  /** Its log. */
  children?: React.ReactNode;
}

function Outputs({ step, trans }: IStepRunDetailsProps): React.JSX.Element | null {
  return step.outputs.length > 0 ? (
    <details>
      <summary>
        {trans._n('%1 file it left', '%1 files it left', step.outputs.length)}
      </summary>
      <ul className="jp-aidevsecops-StepRunDetails-outputs">
        {step.outputs.map(({ path }) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </details>
  ) : null;
}

/** What became of a step: where it ran, its error, what it left, and its log. */
export function StepRunDetails(props: IStepRunDetailsProps): React.JSX.Element {
  const { step, canRun, isHere, trans, children } = props;
  const id = React.useId();
  const { error } = step;
  return (
    <section className="jp-aidevsecops-StepRunDetails" aria-labelledby={id}>
      <h5 id={id}>{trans.__('Step %1', step.name)}</h5>
      {step.where ? <p className="jp-aidevsecops-Hint">{step.where}</p> : null}
      {step.notes.map(note => (
        <p key={note}>{note}</p>
      ))}
      {error ? (
        <div className="jp-aidevsecops-ErrorNotice">
          <p className="jp-aidevsecops-ErrorNotice-message">
            {stepErrorText(step, trans)}
          </p>
          {error.traceback.length > 0 ? (
            <details>
              <summary>{trans.__('Traceback')}</summary>
              <pre
                className="jp-aidevsecops-Traceback"
                tabIndex={0}
                aria-label={trans.__('Traceback')}
              >
                {plainText(error.traceback)}
              </pre>
            </details>
          ) : null}
        </div>
      ) : null}
      <div className="jp-aidevsecops-ButtonRow">
        {step.notebook ? (
          <TextButton
            label={
              error && error.cell !== null
                ? trans.__('Open at Cell %1', error.cell + 1)
                : trans.__('Open Result')
            }
            title={trans.__('Open the executed copy of the notebook')}
            isPrimary={error !== null}
            onClick={props.onOpenNotebook}
          />
        ) : null}
        {step.file ? (
          <TextButton
            label={trans.__('Open Original')}
            title={step.file}
            onClick={props.onOpenSource}
          />
        ) : null}
        {isHere ? (
          <TextButton
            label={trans.__('Run from Here')}
            title={trans.__('Run this step and those after it')}
            isDisabled={!canRun}
            onClick={props.onRunFrom}
          />
        ) : null}
      </div>
      <Outputs {...props} />
      {children}
    </section>
  );
}
