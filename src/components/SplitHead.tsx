import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type { SplitFileState, SplitPreview } from '../splitTokens';
import { Busy } from './Busy';

/** How far a preview is, and what it comes to. */
export interface ISplitHeadProps {
  /** The preview, or how far it is. */
  state: AnswerState<SplitPreview>;
  /** The last preview, or null. */
  preview: SplitPreview | null;
  /** The translator. */
  trans: TranslationBundle;
}

/** What a preview comes to, in a sentence. */
export function summaryText(preview: SplitPreview, trans: TranslationBundle): string {
  const { steps, warnings } = preview;
  const errors = warnings.filter(warning => warning.is_error).length;
  const count = (wanted: SplitFileState): number =>
    steps.filter(({ state }) => state === wanted).length;
  const [fresh, changed, edited] = [count('new'), count('changed'), count('edited')];
  return [
    trans._n('%1 step', '%1 steps', steps.length),
    // Where nothing was written before, all of them are new.
    fresh > 0 && fresh < steps.length ? trans.__('%1 new', fresh) : '',
    changed > 0 ? trans.__('%1 changed', changed) : '',
    edited > 0 ? trans.__('%1 edited by hand', edited) : '',
    errors > 0 ? trans._n('%1 error', '%1 errors', errors) : '',
    warnings.length > errors
      ? trans._n('%1 warning', '%1 warnings', warnings.length - errors)
      : ''
  ]
    .filter(Boolean)
    .join(', ');
}

/** One line that says what the preview comes to, also to those who do not see it. */
export function SplitHead({ state, preview, trans }: ISplitHeadProps): React.JSX.Element {
  const isLoading = state.kind === 'loading';
  const text = preview ? summaryText(preview, trans) : '';
  return (
    <div className="jp-aidevsecops-SplitHead" aria-busy={isLoading}>
      {isLoading ? <Busy label={trans.__('Loading…')} /> : <p role="status">{text}</p>}
    </div>
  );
}
