import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Likeness } from '../splitTokens';
import { outcomeText } from './splitText';
import { SIGNS } from './signs';

/** What a verification came to. */
export interface IOutcomeTagProps {
  /** What it came to; null where nothing was compared. */
  outcome: Likeness | null;
  /** The words, where they are not those of the outcome alone. */
  text?: string;
  /** The translator. */
  trans: TranslationBundle;
}

/** Told apart without colours, and drawn by every font. */
const OUTCOME_SIGNS: Readonly<Record<Likeness, string>> = {
  same: SIGNS.same,
  different: SIGNS.different,
  'not-checkable': SIGNS.unknown
};

/** An outcome by sign, colour and words, the same wherever one is shown. */
export function OutcomeTag({
  outcome,
  text,
  trans
}: IOutcomeTagProps): React.JSX.Element {
  return (
    <span className={`jp-aidevsecops-Tag jp-mod-${outcome ?? 'unverified'}`}>
      <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
        {outcome === null ? SIGNS.none : OUTCOME_SIGNS[outcome]}
      </span>{' '}
      {text ?? outcomeText(outcome, trans)}
    </span>
  );
}
