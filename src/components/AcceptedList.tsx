import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IgnoredAdvisory } from '../tokens';

/** Advisories that do not count. */
export interface IAcceptedListProps {
  /** The advisories; nothing is shown when there are none. */
  ignored: readonly IgnoredAdvisory[];
  /** The translator. */
  trans: TranslationBundle;
}

/** What the repository accepts, why and until when, under a heading of its own. */
export function AcceptedList(props: IAcceptedListProps): React.JSX.Element | null {
  const { ignored, trans } = props;
  const heading = React.useId();
  if (ignored.length === 0) {
    return null;
  }
  return (
    <section className="jp-aidevsecops-FindingList" aria-labelledby={heading}>
      <h4 id={heading}>{trans.__('Accepted advisories')}</h4>
      <ul>
        {ignored.map(({ id, reason, expires }) => (
          <li key={id}>
            <strong>{id}</strong> {reason}{' '}
            <span className="jp-aidevsecops-Hint">{trans.__('Until %1.', expires)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
