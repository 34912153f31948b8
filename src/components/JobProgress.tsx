import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Job } from '../tokens';
import { Busy } from './Busy';
import { TextButton } from './TextButton';

/** A job under way. */
export interface IJobProgressProps {
  /** The job. */
  job: Job;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

/** How far a job is, with the way to its log and to its end. */
export function JobProgress(props: IJobProgressProps): React.JSX.Element {
  const { job, trans, onCancel, onShowLog } = props;
  const isCancelling = job.state === 'cancelling';
  return (
    <>
      <Busy label={job.title} progress={job.progress} />
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={isCancelling ? trans.__('Cancelling…') : trans.__('Cancel')}
          isDisabled={isCancelling}
          onClick={() => onCancel(job)}
        />
        <TextButton label={trans.__('Show Log')} onClick={() => onShowLog(job)} />
      </div>
    </>
  );
}
