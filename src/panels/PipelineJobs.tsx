import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobProgress } from '../components/JobProgress';
import { TrustQuestion } from '../components/TrustQuestion';
import { untrustedIndexes } from '../models/problems';
import type { Job } from '../tokens';
import type { IPipelineProps } from './PipelinesView';

/** The jobs of a pipeline: why the last one came to no run, and how far a submission is. */
export function PipelineJobs(
  props: IPipelineProps & {
    /** Whether the record of a run tells the failure already. */
    isRecorded: boolean;
    /** Shows the log of a job. */
    showLog: (job: Job) => void;
  }
): React.JSX.Element {
  const { model, pipeline, trans, act, isRecorded, showLog } = props;
  const failure = model.failure(pipeline.path);
  const submission = model.submission(pipeline.path);
  const indexes = (failure?.error && untrustedIndexes(failure.error)) ?? [];
  return (
    <>
      {indexes.length > 0 ? (
        <TrustQuestion
          reason={trans.__(
            'The steps take packages from indexes that are not in your own configuration: %1',
            indexes.join(', ')
          )}
          label={trans.__('Trust for This Run')}
          onAgree={() => act(CommandIDs.runPipeline, { trust_indexes: indexes })}
        />
      ) : failure?.error && !isRecorded ? (
        <ErrorNotice
          problem={failure.error}
          trans={trans}
          onShowLog={() => showLog(failure)}
        />
      ) : null}
      {submission ? (
        <JobProgress
          job={submission}
          trans={trans}
          onCancel={({ job_id: id }) => act(CommandIDs.cancelJob, { job_id: id })}
          onShowLog={showLog}
        />
      ) : null}
    </>
  );
}
