import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Job } from '../tokens';
import { Busy } from './Busy';
import { elapsedText } from './elapsed';
import { IconButton } from './IconButton';
import { problemText } from './problemText';
import { SIGNS } from './signs';

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

const STATE_SIGNS: Readonly<Record<Job['state'], string>> = {
  queued: SIGNS.waiting,
  running: SIGNS.running,
  cancelling: SIGNS.ended,
  succeeded: SIGNS.good,
  failed: SIGNS.problem,
  cancelled: SIGNS.ended
};

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
      return trans.__('succeeded');
    case 'failed':
      return isQuestion(job) ? trans.__('asked') : trans.__('failed');
    case 'cancelled':
      return trans.__('cancelled');
  }
}

/** A job's state by sign and word, the same wherever one is shown. */
export function JobTag({
  job,
  trans
}: Pick<IJobRowProps, 'job' | 'trans'>): React.JSX.Element {
  return (
    <span className="jp-aidevsecops-Tag">
      <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
        {isQuestion(job) ? SIGNS.unknown : STATE_SIGNS[job.state]}
      </span>{' '}
      {jobStateText(job, trans)}
    </span>
  );
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
          action="ShowLog"
          label={trans.__('Show log of %1', job.title)}
          onClick={() => onShowLog(job)}
        />
        {canCancel ? (
          <IconButton
            action="Cancel"
            label={trans.__('Cancel %1', job.title)}
            onClick={() => onCancel(job)}
          />
        ) : null}
      </div>
      <p className="jp-aidevsecops-JobRow-state">
        <JobTag job={job} trans={trans} /> <time>{elapsedText(job, now, trans)}</time>
      </p>
      {isRunning ? <Busy label={job.title} progress={job.progress} /> : null}
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
