import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../tokens';

/** How long a job has run or ran, in words; empty while it waits. `now` is in milliseconds. */
export function elapsedText(job: Job, now: number, trans: TranslationBundle): string {
  if (job.started_at === null) {
    return '';
  }
  const end = job.ended_at ?? now / 1000;
  // The clocks of server and browser may differ.
  const seconds = Math.max(0, Math.round(end - job.started_at));
  return seconds < 60
    ? trans.__('%1 s', seconds)
    : trans.__('%1 min %2 s', Math.floor(seconds / 60), seconds % 60);
}
