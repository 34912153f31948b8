import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { RunState } from './runText';
import { runSign, runStateText } from './runText';

/** Where a run or a step is. */
export interface IRunTagProps {
  /** Where it is. */
  state: RunState;
  /** The translator. */
  trans: TranslationBundle;
}

/** A state by sign, colour and word, the same wherever one is shown. */
export function RunTag({ state, trans }: IRunTagProps): React.JSX.Element {
  return (
    <span className={`jp-aidevsecops-Tag jp-mod-run jp-mod-run-${state}`}>
      <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
        {runSign(state)}
      </span>{' '}
      {runStateText(state, trans)}
    </span>
  );
}
