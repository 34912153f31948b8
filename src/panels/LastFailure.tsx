import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { FailureNotice } from '../components/FailureNotice';
import { TrustNotice } from '../components/TrustNotice';
import { untrustedIndexes } from '../models/problems';
import type { Job } from '../tokens';

/** Starts a command on the notebook. */
export type Run = (id: string, args?: { [name: string]: string | number }) => void;

/** A lock that failed. */
export interface ILastFailureProps {
  /** Its job. */
  job: Job;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the notebook. */
  run: Run;
}

/** Why the last lock came to nothing. */
export function LastFailure(props: ILastFailureProps): React.JSX.Element | null {
  const { job, trans, run } = props;
  if (!job.error) {
    return null;
  }
  const indexes = untrustedIndexes(job.error);
  return indexes ? (
    <TrustNotice
      indexes={indexes}
      trans={trans}
      onReview={() => run(CommandIDs.lockNotebook)}
    />
  ) : (
    <FailureNotice
      problem={job.error}
      trans={trans}
      onShowLog={() => run(CommandIDs.showJobLog, { job_id: job.job_id })}
      onReveal={cell => run(CommandIDs.revealCell, { cell })}
    />
  );
}
