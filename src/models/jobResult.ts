import { ApiError } from '../api/request';
import type { IJobsModel, Job } from '../tokens';

/** Code of a problem: the job was cancelled, by this user or another one. */
export const CANCELLED = 'job.cancelled';

/** What a job comes to that the server has just answered. */
export async function resultOf<R>(jobs: IJobsModel, started: Job): Promise<R> {
  jobs.track(started);
  const { state, error } = await jobs.ended(started.job_id);
  if (state !== 'succeeded') {
    const cancelled = { code: CANCELLED, message: '', hint: '', details: {} };
    throw new ApiError(error ?? cancelled, 0);
  }
  return (await jobs.read(started.job_id)).result as R;
}
