import type { Job } from '../tokens';

/** Whether a job has not ended yet. */
export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'cancelling';
}
