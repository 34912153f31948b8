import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

const jobPath = (jobId: string): string => `jobs/${encodeURIComponent(jobId)}`;

/** The jobs on record, newest first. */
export async function listJobs(request: Request): Promise<Schemas['Job'][]> {
  const answer = await request<Schemas['Jobs']>('jobs');
  return answer.jobs;
}

/** One job. */
export function getJob(request: Request, jobId: string): Promise<Schemas['Job']> {
  return request(jobPath(jobId));
}

/** The job after it was asked to stop. */
export function cancelJob(request: Request, jobId: string): Promise<Schemas['Job']> {
  return request(jobPath(jobId), { method: 'DELETE' });
}

/** Forget the jobs that have ended. */
export async function clearJobs(request: Request): Promise<void> {
  await request<void>('jobs', { method: 'DELETE' });
}

/** The lines of a job's log from a line number on. */
export function getJobLog(
  request: Request,
  jobId: string,
  offset: number
): Promise<Schemas['JobLog']> {
  return request(`${jobPath(jobId)}/log`, { query: { offset } });
}
