import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Build } from '../releaseTokens';
import { buildStateText } from './releaseText';
import { WebLink } from './WebLink';
import { SIGNS } from './signs';

/** Builds of a commit. */
export interface IBuildListProps {
  /** What they are builds of. */
  label: string;
  /** The builds. */
  builds: readonly Build[];
  /** The translator. */
  trans: TranslationBundle;
}

/** What needs somebody comes first. */
const ORDER: readonly Build['state'][] = ['failed', 'running', 'passed'];
const LOOKS = { failed: 'fail', running: 'warn', passed: 'pass' } as const;
const STATE_SIGNS = {
  failed: SIGNS.problem,
  running: SIGNS.running,
  passed: SIGNS.good
} as const;

/** How each build went, with the way to it. */
export function BuildList({ label, builds, trans }: IBuildListProps): React.JSX.Element {
  const sorted = ORDER.flatMap(wanted => builds.filter(({ state }) => state === wanted));
  return (
    <ul className="jp-aidevsecops-BuildList" aria-label={label}>
      {sorted.map(({ name, state, url }, index) => (
        // A forge may have several of a name.
        <li key={`${name} ${index}`}>
          <span>
            <WebLink url={url} text={name} />
          </span>{' '}
          <span className={`jp-aidevsecops-Tag jp-mod-${LOOKS[state]}`}>
            <span aria-hidden="true">{STATE_SIGNS[state]} </span>
            {buildStateText(state, trans)}
          </span>
        </li>
      ))}
    </ul>
  );
}
