import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AdvisoryChange, LockResult } from '../tokens';
import { AdvisoryItem } from './AdvisoryItem';
import { UncheckedList } from './UncheckedList';

/** What a new lock changes. */
export interface ILockChangesProps {
  /** The new lock. */
  result: LockResult;
  /** The translator. */
  trans: TranslationBundle;
}

/** A part of the changes under a heading; nothing where it is empty. */
function Part(props: {
  title: string;
  children: React.JSX.Element[];
  className?: string;
}): React.JSX.Element | null {
  const { title, children, className = '' } = props;
  const id = React.useId();
  return children.length > 0 ? (
    <section
      className={`jp-aidevsecops-LockChanges-part ${className}`}
      aria-labelledby={id}
    >
      <h4 id={id}>{title}</h4>
      <ul>{children}</ul>
    </section>
  ) : null;
}

function Package(props: { name: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <li>
      <span className="jp-aidevsecops-LockChanges-name">{props.name}</span>{' '}
      <span className="jp-aidevsecops-LockChanges-version">{props.children}</span>
    </li>
  );
}

function Advisories(props: {
  title: string;
  against: AdvisoryChange['gained'];
  kind: 'gained' | 'lost' | 'kept';
  trans: TranslationBundle;
}): React.JSX.Element {
  const { title, against, kind, trans } = props;
  return (
    <Part title={title} className={`jp-aidevsecops-AdvisoryList jp-mod-${kind}`}>
      {against.map(({ name, version, advisory }) => (
        <AdvisoryItem
          key={`${name} ${version} ${advisory.id}`}
          advisory={advisory}
          subject={`${name} ${version}`}
          trans={trans}
        />
      ))}
    </Part>
  );
}

/** What a new lock does to the old one's packages, and to what is known against them. */
export function LockChanges({ result, trans }: ILockChangesProps): React.JSX.Element {
  const { added, removed, updated } = result.changed;
  const { advisories } = result;
  const isSame = added.length + removed.length + updated.length === 0;
  return (
    <div className="jp-aidevsecops-LockChanges">
      {isSame ? <p>{trans.__('No package changes.')}</p> : null}
      {advisories ? (
        <>
          <Advisories
            title={trans.__('Advisories gained (%1)', advisories.gained.length)}
            against={advisories.gained}
            kind="gained"
            trans={trans}
          />
          <Advisories
            title={trans.__('Advisories fixed (%1)', advisories.lost.length)}
            against={advisories.lost}
            kind="lost"
            trans={trans}
          />
        </>
      ) : null}
      <Part title={trans.__('Updated (%1)', updated.length)}>
        {updated.map(({ name, old, new: current }) => (
          <Package key={name} name={name}>
            <span>{old}</span> <span aria-hidden="true">→</span>
            <span className="jp-aidevsecops-Unseen">{trans.__('becomes')}</span>{' '}
            <span>{current}</span>
          </Package>
        ))}
      </Part>
      <Part title={trans.__('Added (%1)', added.length)}>
        {added.map(({ name, version }) => (
          <Package key={name} name={name}>
            {version}
          </Package>
        ))}
      </Part>
      <Part title={trans.__('Removed (%1)', removed.length)}>
        {removed.map(({ name, version }) => (
          <Package key={name} name={name}>
            {version}
          </Package>
        ))}
      </Part>
      {advisories ? (
        <>
          <Advisories
            title={trans.__('Advisories that stay (%1)', advisories.kept.length)}
            against={advisories.kept}
            kind="kept"
            trans={trans}
          />
          <UncheckedList unchecked={advisories.unchecked} trans={trans} />
        </>
      ) : null}
      <Part title={trans.__('Worth knowing')}>
        {(result.notes ?? []).map(note => (
          <li key={note}>{note}</li>
        ))}
      </Part>
    </div>
  );
}
