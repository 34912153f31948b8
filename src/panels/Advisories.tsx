import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AcceptedList } from '../components/AcceptedList';
import { AdvisoryList } from '../components/AdvisoryList';
import type { IAdvisoryActions } from '../components/AdvisoryList';
import { UncheckedList } from '../components/UncheckedList';
import { normalName } from '../models/lockedPackages';
import type { AuditedPackage, DependencyRow, IAuditReport } from '../tokens';

/** What is known against the packages that a notebook locks. */
export interface IAdvisoriesProps extends IAdvisoryActions {
  /** What the last audit says, or null. */
  report: IAuditReport | null;
  /** Whether nothing can be locked now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** What is known against the version that a requirement is locked at, or null. */
function auditedOf(
  row: DependencyRow,
  report: IAuditReport | null
): AuditedPackage | null {
  const found = report?.vulnerable.find(
    ({ name, version }) =>
      normalName(name) === normalName(row.name) && version === row.locked_version
  );
  return found ?? null;
}

/** The advisories against one requirement, to stand below it; null where there is none. */
export function advisoriesOf(
  row: DependencyRow,
  { report, ...rest }: IAdvisoriesProps
): React.JSX.Element | null {
  const audited = auditedOf(row, report);
  return audited && report ? (
    <AdvisoryList audited={audited} expired={report.expired} {...rest} />
  ) : null;
}

/** Advisories against what only other packages need, what was not checked, what is accepted. */
export function Advisories(
  props: IAdvisoriesProps & { rows: readonly DependencyRow[] }
): React.JSX.Element | null {
  const { report, rows, trans, ...rest } = props;
  const id = React.useId();
  if (!report) {
    return null;
  }
  const shown = new Set(rows.map(row => auditedOf(row, report)));
  const indirect = report.vulnerable.filter(audited => !shown.has(audited));
  const reason = trans.__('Locked after the audit.');
  return (
    <>
      {indirect.length > 0 ? (
        <section className="jp-aidevsecops-IndirectAdvisories" aria-labelledby={id}>
          <h4 id={id}>{trans.__('Advisories against what other packages need')}</h4>
          {indirect.map(audited => (
            <div key={`${audited.name}==${audited.version}`}>
              <h5>
                {audited.name} <span>{audited.version}</span>
              </h5>
              <AdvisoryList
                audited={audited}
                expired={report.expired}
                trans={trans}
                {...rest}
              />
            </div>
          ))}
        </section>
      ) : null}
      <UncheckedList
        unchecked={[
          ...report.unchecked,
          ...report.unasked.map(({ name, version }) => ({ name, version, reason }))
        ]}
        trans={trans}
      />
      <AcceptedList ignored={report.ignored} trans={trans} />
    </>
  );
}
