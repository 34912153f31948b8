import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitPreview, Verification } from '../splitTokens';
import { OutcomeTag } from './OutcomeTag';
import { countsText, fileStateText, verdictOf, verifiedText } from './splitText';
import { StepBadge } from './StepBadge';

/** The steps of a notebook that is split. */
export interface IStepListProps {
  /** The split as it is now. */
  preview: SplitPreview;
  /** What the last verification of these steps found; null where there is none on record. */
  verification: Verification | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the notebook to open. */
  onOpen: (path: string) => void;
  /** Called when the user wants to see what the verification found. */
  onReport: () => void;
}

/** The steps, each with its notebook and whether that is what a split would write now. */
export function StepList(props: IStepListProps): React.JSX.Element {
  const { preview, verification, trans, onOpen, onReport } = props;
  const { steps, verified } = preview;
  const marked = verified === null ? null : verified ? 'same' : 'different';
  const verdict = verification ? verdictOf(verification) : marked;
  return (
    <>
      <p className="jp-aidevsecops-StepList-head">
        <span>{trans._n('%1 step', '%1 steps', steps.length)}</span>
        <OutcomeTag outcome={verdict} text={verifiedText(verdict, trans)} trans={trans} />
        {verification ? (
          <span className="jp-aidevsecops-Hint">{countsText(verification, trans)}</span>
        ) : null}
        {verdict === null ? null : (
          <button type="button" className="jp-aidevsecops-LinkButton" onClick={onReport}>
            {trans.__('Report')}
          </button>
        )}
      </p>
      <ol className="jp-aidevsecops-StepList" aria-label={trans.__('Steps')}>
        {steps.map(({ name, notebook, state }, position) => (
          <li key={name} aria-label={name}>
            <StepBadge position={position} />
            <button
              type="button"
              className="jp-aidevsecops-LinkButton"
              title={
                state === 'new'
                  ? trans.__('%1 is not written yet', notebook)
                  : trans.__('Open %1', notebook)
              }
              disabled={state === 'new'}
              onClick={() => onOpen(notebook)}
            >
              {name}
            </button>
            <span className={`jp-aidevsecops-Tag jp-mod-${state}`}>
              {fileStateText(state, trans)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
