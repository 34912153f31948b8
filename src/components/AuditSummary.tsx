import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { auditIcon as Icon } from '../icons';
import type { IAuditReport, Job } from '../tokens';
import { Busy } from './Busy';
import { TextButton } from './TextButton';

/** How far the lock of a notebook is known to be without advisories. */
export interface IAuditSummaryProps {
  /** What the last audit says, or null. */
  report: IAuditReport | null;
  /** The job that audits the notebook now, or null. */
  job: Job | null;
  /** Whether the notebook is busy with something else. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants an audit. */
  onAudit: () => void;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

/** What an audit came to, and how that is to be taken. */
export interface IVerdict {
  /** Bad: something is known; unsure: not everything is known; good: neither. */
  kind: 'bad' | 'unsure' | 'good';
  /** The same in words. */
  text: string;
}

/** What an audit came to; good only when every locked package was checked. */
export function verdictOf(report: IAuditReport, trans: TranslationBundle): IVerdict {
  const { vulnerable, unchecked, unasked, checkedCount } = report;
  if (vulnerable.length > 0) {
    const text = trans._n(
      'Advisories against %1 package',
      'Advisories against %1 packages',
      vulnerable.length
    );
    return { kind: 'bad', text };
  }
  if (unchecked.length + unasked.length === 0) {
    return { kind: 'good', text: trans.__('No known advisories') };
  }
  const text =
    checkedCount > 0
      ? trans.__('Not all packages were checked')
      : trans.__('No package was checked');
  return { kind: 'unsure', text };
}

function facts(report: IAuditReport, trans: TranslationBundle): string {
  const { checkedCount, unchecked, unasked, endedAt } = report;
  const counts = [
    checkedCount > 0
      ? trans._n('%1 package checked', '%1 packages checked', checkedCount)
      : '',
    unchecked.length > 0 ? trans.__('%1 could not be checked', unchecked.length) : '',
    unasked.length > 0 ? trans.__('%1 locked since then', unasked.length) : ''
  ];
  const text = counts.filter(Boolean).join(', ');
  return endedAt === null
    ? trans.__('%1.', text)
    : trans.__('%1 (%2).', text, new Date(endedAt * 1000).toLocaleString());
}

/** Whether advisories are known against the lock, and the way to find out. */
export function AuditSummary(props: IAuditSummaryProps): React.JSX.Element {
  const { report, job, isBusy, trans, onAudit, onCancel, onShowLog } = props;
  const id = React.useId();
  const verdict = report ? verdictOf(report, trans) : null;
  const isCancelling = job?.state === 'cancelling';
  return (
    <section
      className={`jp-aidevsecops-AuditSummary jp-mod-${verdict?.kind ?? 'unsure'}`}
      aria-labelledby={id}
    >
      <h4 id={id} className="jp-aidevsecops-Unseen">
        {trans.__('Advisories')}
      </h4>
      <p role="status" className="jp-aidevsecops-AuditSummary-verdict">
        <Icon.react tag="span" elementSize="normal" />
        <strong>{verdict?.text ?? trans.__('Not audited')}</strong>
      </p>
      {report ? null : (
        <p className="jp-aidevsecops-Hint">
          {trans.__('Audit the locked packages to learn of known advisories.')}
        </p>
      )}
      {report ? <p className="jp-aidevsecops-Hint">{facts(report, trans)}</p> : null}
      {job ? <Busy label={job.title} progress={job.progress} /> : null}
      <div className="jp-aidevsecops-ButtonRow">
        {job ? (
          <>
            <TextButton
              label={isCancelling ? trans.__('Cancelling…') : trans.__('Cancel Audit')}
              isDisabled={isCancelling}
              onClick={() => onCancel(job)}
            />
            <TextButton
              label={trans.__('Show Audit Log')}
              onClick={() => onShowLog(job)}
            />
          </>
        ) : (
          <TextButton
            label={report ? trans.__('Audit Again') : trans.__('Audit')}
            isDisabled={isBusy}
            onClick={onAudit}
          />
        )}
      </div>
    </section>
  );
}
