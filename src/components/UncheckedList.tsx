import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { UncheckedPackage } from '../tokens';

/** Packages that are not known to be clean. */
export interface IUncheckedListProps {
  /** The packages and the reasons; nothing is shown when there are none. */
  unchecked: readonly UncheckedPackage[];
  /** The translator. */
  trans: TranslationBundle;
}

/** As many names as can be read at a glance; more are folded away. */
const FEW = 5;

function byReason(unchecked: readonly UncheckedPackage[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { name, version, reason } of unchecked) {
    const names = groups.get(reason) ?? [];
    groups.set(reason, [...names, [name, version].filter(Boolean).join(' ')]);
  }
  return [...groups];
}

/** What was not checked and why, under a heading of its own. */
export function UncheckedList(props: IUncheckedListProps): React.JSX.Element | null {
  const { unchecked, trans } = props;
  const id = React.useId();
  if (unchecked.length === 0) {
    return null;
  }
  return (
    <section className="jp-aidevsecops-FindingList" aria-labelledby={id}>
      <h4 id={id}>{trans.__('Not checked for advisories')}</h4>
      <ul>
        {byReason(unchecked).map(([reason, names]) => (
          <li key={reason}>
            {reason}{' '}
            {names.length > FEW ? (
              <details>
                <summary>{trans._n('%1 package', '%1 packages', names.length)}</summary>
                {names.join(', ')}
              </details>
            ) : (
              <span className="jp-aidevsecops-Hint">{names.join(', ')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
