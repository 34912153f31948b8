import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobProgress } from '../components/JobProgress';
import type { ISplitsModel } from '../splitTokens';
import type { Run } from './LastFailure';

/** The notebook that is split. */
export interface ISplitJobProps {
  /** Its path. */
  path: string;
  /** The splits. */
  splits: ISplitsModel;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the notebook. */
  run: Run;
}

/** How far the job is that splits or verifies a notebook, or why the last one came to nothing. */
export function SplitJob(props: ISplitJobProps): React.JSX.Element | null {
  const { path, splits, trans, run } = props;
  const showLog = (id: string): void => run(CommandIDs.showJobLog, { job_id: id });
  const job = splits.activeJob(path);
  if (job) {
    return (
      <JobProgress
        job={job}
        trans={trans}
        onCancel={({ job_id: id }) => run(CommandIDs.cancelJob, { job_id: id })}
        onShowLog={({ job_id: id }) => showLog(id)}
      />
    );
  }
  const failed = splits.failure(path);
  return failed?.error ? (
    <ErrorNotice
      problem={failed.error}
      trans={trans}
      onShowLog={() => showLog(failed.job_id)}
    />
  ) : null;
}
