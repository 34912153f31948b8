import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AuditedPackage, IgnoredAdvisory } from '../tokens';
import { AdvisoryItem } from './AdvisoryItem';
import { TextButton } from './TextButton';

/** What can be done about advisories. */
export interface IAdvisoryActions {
  /** Called with a package and the versions that have the fixes. */
  onUpgrade: (name: string, specifier: string) => void;
}

/** What is known against one package. */
export interface IAdvisoryListProps extends IAdvisoryActions {
  /** The package. */
  audited: AuditedPackage;
  /** What the repository no longer accepts. */
  expired: readonly IgnoredAdvisory[];
  /** Whether nothing can be locked now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** The versions that have all the fixes there are; empty where there is none. */
export function fixingSpecifier({ advisories }: AuditedPackage): string {
  const nearest = advisories.flatMap(({ fixed }) => fixed.slice(0, 1));
  return [...new Set(nearest)].map(version => `>=${version}`).join(',');
}

/** The advisories against one package, and the way to the version without them. */
export function AdvisoryList(props: IAdvisoryListProps): React.JSX.Element {
  const { audited, expired, isBusy, trans, onUpgrade } = props;
  const { name, advisories } = audited;
  const specifier = fixingSpecifier(audited);
  return (
    <div className="jp-aidevsecops-AdvisoryList">
      <ul aria-label={trans.__('Advisories against %1', name)}>
        {advisories.map(advisory => (
          <AdvisoryItem
            key={advisory.id}
            advisory={advisory}
            expired={expired.find(({ id }) =>
              [advisory.id, ...advisory.aliases].includes(id)
            )}
            trans={trans}
          />
        ))}
      </ul>
      {specifier ? (
        <TextButton
          label={trans.__('Upgrade %1', name)}
          title={trans.__(
            'Lock %1, and leave the other packages as they are',
            `${name}${specifier}`
          )}
          isDisabled={isBusy}
          onClick={() => onUpgrade(name, specifier)}
        />
      ) : null}
    </div>
  );
}
