import type { TranslationBundle } from '@jupyterlab/translation';
import { listIcon, stopIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Job } from '../tokens';
import { elapsedText } from './elapsed';
import { IconButton } from './IconButton';
import { problemText } from './problemText';
import { ProgressBar } from './ProgressBar';

/** One job. */
export interface IJobRowProps {
  /** The job. */
  job: Job;
  /** The time of this moment in milliseconds. */
  now: number;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

/** Whether a job has ended because the user had to be asked first. */
function isQuestion(job: Job): boolean {
  return job.state === 'failed' && job.error?.code === 'lock.untrusted-index';
}

/** A job's state in a word. */
export function jobStateText(job: Job, trans: TranslationBundle): string {
  switch (job.state) {
    case 'queued':
      return trans.__('waiting');
    case 'running':
      return trans.__('running');
    case 'cancelling':
      return trans.__('cancelling');
    case 'succeeded':
      return trans.__('done');
    case 'failed':
      return isQuestion(job) ? trans.__('asked') : trans.__('failed');
    case 'cancelled':
      return trans.__('cancelled');
  }
}

/** A job as a list item: what it does, how far it is, and what can be done with it. */
function Row(props: IJobRowProps): React.JSX.Element {
  const { job, now, trans, onCancel, onShowLog } = props;
  const isRunning = job.state === 'running' || job.state === 'cancelling';
  const canCancel = job.state === 'queued' || job.state === 'running';
  const problem = job.error && job.state === 'failed' ? job.error : null;
  return (
    <li
      className={`jp-aidevsecops-JobRow jp-mod-${isQuestion(job) ? 'asked' : job.state}`}
      aria-label={job.title}
    >
      <div className="jp-aidevsecops-JobRow-head">
        <span className="jp-aidevsecops-JobRow-title" title={job.title}>
          {job.title}
        </span>
        <IconButton
          icon={listIcon}
          label={trans.__('Show log of %1', job.title)}
          onClick={() => onShowLog(job)}
        />
        {canCancel ? (
          <IconButton
            icon={stopIcon}
            label={trans.__('Cancel %1', job.title)}
            onClick={() => onCancel(job)}
          />
        ) : null}
      </div>
      <p className="jp-aidevsecops-JobRow-state">
        <span className="jp-aidevsecops-Tag">{jobStateText(job, trans)}</span>{' '}
        <time>{elapsedText(job, now, trans)}</time>
      </p>
      {isRunning ? <ProgressBar progress={job.progress} label={job.title} /> : null}
      {problem ? (
        <p className="jp-aidevsecops-JobRow-problem">
          {isQuestion(job)
            ? trans.__('It asked whether to trust package indexes.')
            : problemText(problem, trans).message}
        </p>
      ) : null}
    </li>
  );
}

/** A job, drawn again only when something of it changed: there may be hundreds. */
export const JobRow = React.memo(Row);
