import type { TranslationBundle } from '@jupyterlab/translation';
import type { INotebookArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import type { KernelOutcome, KernelResult } from '../kernelTokens';
import type { INotebookDocument } from '../tokens';
import type { IMessage } from './outcome';

/** How many notebooks a notification has room for. */
const FEW = 2;

type Action = IMessage['actions'][number];

function nameOf(path: string): string {
  return path.split('/').pop() ?? path;
}

type Failed = Extract<KernelOutcome, { kind: 'failed' }>;
type Succeeded = Extract<KernelOutcome, { result: KernelResult }>;

function logAction({ job }: KernelOutcome, trans: TranslationBundle): Action {
  const args = { job_id: job.job_id };
  return { label: trans.__('Show Log'), id: CommandIDs.showJobLog, args };
}

function switchAction(label: string, kernel: string, where: INotebookArgs): Action {
  return { label, id: CommandIDs.useKernel, args: { kernel, ...where } };
}

function failure({ job, problem }: Failed, trans: TranslationBundle): string {
  const reason =
    problem.message.split('\n')[0] ||
    trans.__('The job was lost when the server stopped.');
  return trans.__('No kernel for %1: %2', nameOf(job.key), reason);
}

function success(
  outcome: Succeeded,
  users: readonly INotebookDocument[],
  trans: TranslationBundle
): IMessage {
  const { kernel, display_name: shown, packages, reused } = outcome.result;
  const { key } = outcome.job;
  const name = nameOf(key);
  const count = trans._n('%1 package', '%1 packages', packages);
  switch (outcome.kind) {
    case 'used':
      return {
        type: 'success',
        text: reused
          ? trans.__('%1 runs in %2 (%3; the environment was there).', name, shown, count)
          : trans.__('%1 runs in %2 (%3).', name, shown, count),
        actions: []
      };
    case 'moved':
      return {
        type: 'warning',
        text: trans.__('%1 is ready, but %2 got another kernel meanwhile.', shown, name),
        actions: [switchAction(trans.__('Use it'), kernel, { path: key })]
      };
    case 'not-open':
      return {
        type: 'info',
        text: trans.__('%1 is ready, but %2 is not open.', shown, name),
        actions: []
      };
    case 'refreshed':
      return {
        type: 'success',
        text: trans.__('%1 was made anew (%2).', shown, count),
        actions: users.slice(0, FEW).map(({ id, path }) => {
          const label = trans.__('Restart %1 with it', nameOf(path));
          return switchAction(label, kernel, { panel_id: id });
        })
      };
  }
}

/**
 * What to tell of a kernel, or null when there is nothing to tell. The `users` are the open
 * notebooks that run in it.
 */
export function kernelMessage(
  outcome: KernelOutcome,
  users: readonly INotebookDocument[],
  trans: TranslationBundle
): IMessage | null {
  const log = logAction(outcome, trans);
  switch (outcome.kind) {
    case 'cancelled':
      return null;
    case 'failed':
      return { type: 'error', text: failure(outcome, trans), actions: [log] };
    default: {
      const message = success(outcome, users, trans);
      return { ...message, actions: [...message.actions, log] };
    }
  }
}
