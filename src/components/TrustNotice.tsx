import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { TextButton } from './TextButton';

/** The indexes that kept a notebook from being locked. */
export interface ITrustNoticeProps {
  /** The addresses that the user has not agreed to. */
  indexes: readonly string[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to be asked again. */
  onReview: () => void;
}

/** What came of the question about indexes: nothing is wrong, the answer was no. */
export function TrustNotice(props: ITrustNoticeProps): React.JSX.Element {
  const { indexes, trans, onReview } = props;
  return (
    <div className="jp-aidevsecops-TrustNotice" role="status">
      <p>{trans.__('Not locked: you did not agree to %1.', indexes.join(', '))}</p>
      <TextButton label={trans.__('Review and Lock…')} onClick={onReview} />
    </div>
  );
}
