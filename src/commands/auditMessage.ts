import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import type { IAuditReport, Job } from '../tokens';
import type { IMessage } from './outcome';

/** What to tell of an audit that has ended, or null when there is nothing to tell. */
export function auditMessage(
  job: Job,
  report: IAuditReport | null,
  trans: TranslationBundle
): IMessage | null {
  const name = job.key.split('/').pop() ?? job.key;
  const log = {
    label: trans.__('Show Log'),
    id: CommandIDs.showJobLog,
    args: { job_id: job.job_id }
  };
  const show = { label: trans.__('Show'), id: CommandIDs.showSidebar, args: {} };
  if (job.state === 'failed') {
    const reason = job.error?.message.split('\n')[0] || trans.__('The job was lost.');
    const text = trans.__('%1 could not be audited: %2', name, reason);
    return { type: 'error', text, actions: [log] };
  }
  if (job.state !== 'succeeded' || !report) {
    return null;
  }
  const { vulnerable, unchecked, unasked, checkedCount } = report;
  const openCount = unchecked.length + unasked.length;
  const parts = [
    vulnerable.length > 0
      ? trans._n(
          'advisories are known against %1 package',
          'advisories are known against %1 packages',
          vulnerable.length
        )
      : '',
    openCount > 0
      ? trans._n('%1 package was not checked', '%1 packages were not checked', openCount)
      : ''
  ].filter(Boolean);
  return parts.length > 0
    ? {
        type: 'warning',
        isPassing: true,
        text: trans.__('%1: %2.', name, parts.join(trans.__(', '))),
        actions: [show]
      }
    : {
        type: 'success',
        text: trans._n(
          '%2: no advisory is known against its %1 package.',
          '%2: no advisory is known against its %1 packages.',
          checkedCount,
          name
        ),
        actions: []
      };
}
