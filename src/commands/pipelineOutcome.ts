import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { SUBMIT_JOB } from '../pipelineTokens';
import type { Job } from '../tokens';
import type { IMessage } from './outcome';

function nameOf(path: string): string {
  return path.split('/').pop() ?? path;
}

/** The run that a failed job is about, and the first step of it that failed. */
function failedIn({ error }: Job): { run: string; step: string } | null {
  const { run, steps } = (error?.details ?? {}) as { run?: unknown; steps?: unknown };
  const [step] = Array.isArray(steps) ? (steps as unknown[]) : [];
  return typeof run === 'string' && typeof step === 'string' ? { run, step } : null;
}

/** What to tell of a run or a submission that has ended; null when there is nothing to tell. */
export function runMessage(job: Job, trans: TranslationBundle): IMessage | null {
  const name = nameOf(job.key);
  const log = {
    label: trans.__('Show Log'),
    id: CommandIDs.showJobLog,
    args: { job_id: job.job_id }
  };
  const show = {
    label: trans.__('Show Run'),
    id: CommandIDs.showPipelines,
    args: { path: job.key }
  };
  const isSubmission = job.kind === SUBMIT_JOB;
  if (job.state === 'succeeded') {
    const text = isSubmission
      ? trans.__('%1 was submitted.', name)
      : trans.__('%1 succeeded.', name);
    return { type: 'success', text, actions: [show, log] };
  }
  if (job.state !== 'failed') {
    return null;
  }
  const reason =
    job.error?.message.split('\n')[0] ||
    trans.__('The job was lost when the server stopped.');
  const failed = failedIn(job);
  const open = {
    label: trans.__('Open Notebook'),
    id: CommandIDs.openExecutedNotebook,
    args: { path: job.key, ...failed }
  };
  const text = isSubmission
    ? trans.__('%1 could not be submitted: %2', name, reason)
    : trans.__('%1 failed: %2', name, reason);
  return { type: 'error', text, actions: failed ? [open, log] : [log] };
}
