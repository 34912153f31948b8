import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ReleaseCheck } from '../releaseTokens';
import { checkName, checkSign, checkStatusText } from './releaseText';

/** The checks of a release. */
export interface IReleaseChecksProps {
  /** The checks. */
  checks: readonly ReleaseCheck[];
  /** The translator. */
  trans: TranslationBundle;
}

/** What stands in the way comes first. */
const ORDER: readonly ReleaseCheck['status'][] = ['fail', 'warn', 'pass'];

/** The checks: how each went by sign, colour and words, and what to do about it. */
export function ReleaseChecks(props: IReleaseChecksProps): React.JSX.Element {
  const { checks, trans } = props;
  const sorted = ORDER.flatMap(wanted =>
    checks.filter(({ status }) => status === wanted)
  );
  return (
    <ul className="jp-aidevsecops-ReleaseChecks" aria-label={trans.__('Checks')}>
      {sorted.map(({ name, status, message, fix }) => (
        <li key={name} className={`jp-mod-${status}`} aria-label={checkName(name, trans)}>
          <span className={`jp-aidevsecops-Tag jp-mod-${status}`}>
            <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
              {checkSign(status)}
            </span>{' '}
            {checkName(name, trans)}
            <span className="jp-aidevsecops-Unseen">
              {' '}
              {checkStatusText(status, trans)}
            </span>
          </span>{' '}
          <span>{message}</span>
          {fix && status !== 'pass' ? <p className="jp-aidevsecops-Hint">{fix}</p> : null}
        </li>
      ))}
    </ul>
  );
}
