import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CommandIDs } from '../commandIds';
import { untrustedIndexes } from '../models/problems';
import type { LockOutcome, LockResult, NotifyChoice } from '../tokens';

/** How outcomes are told. */
export interface IOutcomeOptions {
  /** What the buttons start. */
  commands: CommandRegistry;
  /** Which outcomes to tell. */
  notify: NotifyChoice;
  /** The translator. */
  trans: TranslationBundle;
}

/** A notification: how grave, what, and which buttons. */
export interface IMessage {
  /** How grave it is. */
  type: 'success' | 'info' | 'warning' | 'error';
  /** What happened. */
  text: string;
  /** Whether it goes by itself although one of its kind stays: nobody has to answer it. */
  isPassing?: boolean;
  /** The buttons: label, command and its arguments. */
  actions: { label: string; id: string; args: ReadonlyPartialJSONObject }[];
}

/** What waits for an answer stays; what is in the sidebar and its log as well may go. */
const AUTO_CLOSE_MS = {
  success: 8000,
  info: false,
  warning: false,
  error: 20000
} as const;
const PASSING_MS = 20000;

function nameOf(path: string): string {
  return path.split('/').pop() ?? path;
}

function summary(result: LockResult, trans: TranslationBundle): string {
  const { added, removed, updated } = result.changed;
  const packages = trans._n('%1 package', '%1 packages', result.packages);
  if (added.length + removed.length + updated.length === 0) {
    return trans.__('%1, none changed', packages);
  }
  const changes = [
    added.length > 0 ? trans.__('%1 added', added.length) : '',
    updated.length > 0 ? trans.__('%1 updated', updated.length) : '',
    removed.length > 0 ? trans.__('%1 removed', removed.length) : ''
  ];
  return trans.__('%1: %2', packages, changes.filter(Boolean).join(', '));
}

type Failed = Extract<LockOutcome, { kind: 'failed' }>;
type Succeeded = Extract<LockOutcome, { result: LockResult }>;
type Action = IMessage['actions'][number];

function logAction(outcome: LockOutcome, trans: TranslationBundle): Action {
  const args = { job_id: outcome.job.job_id };
  return { label: trans.__('Show Log'), id: CommandIDs.showJobLog, args };
}

function kernelAction(outcome: LockOutcome, trans: TranslationBundle): Action {
  const args = { path: outcome.job.key };
  const label = trans.__('Create kernel and use it');
  return { label, id: CommandIDs.createKernel, args };
}

function againAction(outcome: LockOutcome, trans: TranslationBundle): Action {
  const args = { path: outcome.job.key };
  return { label: trans.__('Lock Again'), id: CommandIDs.lockNotebook, args };
}

function reviewAction(outcome: LockOutcome, trans: TranslationBundle): Action {
  const args = { job_id: outcome.job.job_id };
  return { label: trans.__('Review'), id: CommandIDs.applyLock, args };
}

function failure(outcome: Failed, trans: TranslationBundle): IMessage | null {
  const { message } = outcome.problem;
  const isQuestion = untrustedIndexes(outcome.problem) !== null;
  // The command that started the lock asks by itself.
  if (isQuestion && !outcome.adopted) {
    return null;
  }
  // JupyterLab cuts long notifications; explanation and hint are in the sidebar and the log.
  const reason =
    message.split('\n')[0] || trans.__('The job was lost when the server stopped.');
  const name = nameOf(outcome.job.key);
  const log = logAction(outcome, trans);
  return {
    type: 'error',
    text: trans.__('%1 could not be locked: %2', name, reason),
    actions: isQuestion ? [againAction(outcome, trans), log] : [log]
  };
}

function success(outcome: Succeeded, trans: TranslationBundle): IMessage | null {
  const { job, kind, adopted, result } = outcome;
  const name = nameOf(job.key);
  const log = logAction(outcome, trans);
  switch (kind) {
    case 'applied':
      return {
        type: 'success',
        text: trans.__(
          '%1 is locked (%2). Save it to keep the lock.',
          name,
          summary(result, trans)
        ),
        actions: [kernelAction(outcome, trans), log]
      };
    case 'unchanged':
      // Whoever asked wants to know; a lock of another window that is there already is no news.
      return adopted
        ? null
        : {
            type: 'success',
            text: trans.__('%1 is locked; nothing has changed.', name),
            actions: [kernelAction(outcome, trans), log]
          };
    case 'not-open': {
      const args = { job_id: job.job_id };
      // A page that was just loaded may be about to open it.
      return adopted
        ? null
        : {
            type: 'info',
            text: trans.__(
              'The lock of %1 is ready and is applied when the notebook is opened.',
              name
            ),
            actions: [{ label: trans.__('Open'), id: CommandIDs.applyLock, args }, log]
          };
    }
    case 'unreviewed':
      return {
        type: 'info',
        text: trans.__('The new lock of %1 is ready and waits to be reviewed.', name),
        actions: [reviewAction(outcome, trans), log]
      };
    case 'discarded':
      return {
        type: 'info',
        text: trans.__('%1 keeps its lock; the new one was discarded.', name),
        isPassing: true,
        actions: [reviewAction(outcome, trans), log]
      };
    case 'refused':
      return {
        type: 'warning',
        text: trans.__(
          '%1 has changed while it was locked, so the result was not applied.',
          name
        ),
        actions: [againAction(outcome, trans), log]
      };
  }
}

/** What to tell of an outcome, or null when there is nothing to tell. */
export function outcomeMessage(
  outcome: LockOutcome,
  trans: TranslationBundle
): IMessage | null {
  switch (outcome.kind) {
    case 'cancelled':
      return null;
    case 'failed':
      return failure(outcome, trans);
    default:
      return success(outcome, trans);
  }
}

/** What a person should know of a lock that was applied: who chose it, what was not checked. */
export function noteMessages(outcome: LockOutcome, trans: TranslationBundle): IMessage[] {
  if (outcome.kind !== 'applied') {
    return [];
  }
  const actions = [logAction(outcome, trans)];
  return (outcome.result.notes ?? []).map(text => ({ type: 'warning', text, actions }));
}

/** Show a notification, as far as the user wants to know. */
export function notifyMessage(message: IMessage | null, options: IOutcomeOptions): void {
  const { commands, notify } = options;
  const isGood = message?.type === 'success';
  if (!message || notify === 'none' || (notify === 'failures' && isGood)) {
    return;
  }
  Notification.emit(message.text, message.type, {
    autoClose: message.isPassing ? PASSING_MS : AUTO_CLOSE_MS[message.type],
    actions: message.actions.map(({ label, id, args }) => ({
      label,
      callback: () => void commands.execute(id, args)
    }))
  });
}

/** Tell what became of a lock, as far as the user wants to know. */
export function notifyOutcome(outcome: LockOutcome, options: IOutcomeOptions): void {
  notifyMessage(outcomeMessage(outcome, options.trans), options);
  for (const message of noteMessages(outcome, options.trans)) {
    notifyMessage(message, options);
  }
}
