import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { AuditSummary } from '../components/AuditSummary';
import { ErrorNotice } from '../components/ErrorNotice';
import { isActive } from '../models/jobStates';
import type { IAuditReport, Job } from '../tokens';
import type { Run } from './LastFailure';

/** The audits of a notebook. */
export interface IAuditHeadProps {
  /** The notebook's path. */
  path: string;
  /** What the last audit says, or null. */
  report: IAuditReport | null;
  /** The jobs of the server, newest first. */
  jobs: readonly Job[];
  /** Whether the notebook is busy with something else. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the notebook. */
  run: Run;
}

/** What the last audit came to, how far the present one is, and why it failed. */
export function AuditHead(props: IAuditHeadProps): React.JSX.Element {
  const { path, report, jobs, isBusy, trans, run } = props;
  const last = jobs.find(({ kind, key }) => kind === 'audit' && key === path) ?? null;
  const onShowLog = (job: Job): void =>
    run(CommandIDs.showJobLog, { job_id: job.job_id });
  return (
    <>
      <AuditSummary
        report={report}
        job={last && isActive(last) ? last : null}
        isBusy={isBusy}
        trans={trans}
        onAudit={() => run(CommandIDs.auditNotebook)}
        onCancel={job => run(CommandIDs.cancelJob, { job_id: job.job_id })}
        onShowLog={onShowLog}
      />
      {last?.state === 'failed' && last.error ? (
        <ErrorNotice
          problem={last.error}
          trans={trans}
          onShowLog={() => onShowLog(last)}
        />
      ) : null}
    </>
  );
}
