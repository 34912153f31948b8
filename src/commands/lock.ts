import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CommandIDs } from '../commandIds';
import { ACTION_ICONS, statusIcon } from '../icons';
import { asProblem, untrustedIndexes } from '../models/problems';
import type {
  INotebookDocument,
  IProblem,
  LockOptions,
  LockOutcome,
  NotebookStatus
} from '../tokens';
import type { ICommandContext } from './context';
import { notebookOf, tellProblem } from './context';
import { notebookArgs } from './describe';
import { lockCaption } from './lockCaption';

function statusOf(
  context: ICommandContext,
  args: ReadonlyPartialJSONObject
): NotebookStatus | null {
  const document = notebookOf(context, args);
  return document ? context.dependencies.status(document) : null;
}

function preferred(context: ICommandContext): LockOptions {
  const { engine, target } = context.preferences;
  return { target, ...(engine ? { engine } : {}) };
}

/** Whether the review of a lock is to say which advisories it gains and loses. */
function comparesAdvisories(
  { preferences }: ICommandContext,
  document: INotebookDocument
): boolean {
  const { reviewLock, compareAdvisories } = preferences;
  const isFirst = document.value('requirements_lock') === null;
  return (
    compareAdvisories &&
    (reviewLock === 'always' || (reviewLock === 'changes' && !isFirst))
  );
}

async function askOptions(
  context: ICommandContext,
  document: INotebookDocument,
  initial: LockOptions
): Promise<LockOptions | null> {
  const { askLockOptions } = await import('../dialogs/LockDialog');
  return askLockOptions({
    path: document.path,
    initial,
    health: context.server.health,
    dependencies: context.dependencies.state(document).dependencies,
    targets: context.dependencies.targets(document),
    trans: context.trans
  });
}

/** Lock, and where that is refused for an index that is not trusted, ask and lock once more. */
async function lockWithTrust(
  context: ICommandContext,
  document: INotebookDocument,
  options: LockOptions
): Promise<LockOutcome | null> {
  let problem: IProblem;
  try {
    const outcome = await context.locks.lock(document, options);
    if (outcome.kind !== 'failed' || !untrustedIndexes(outcome.problem)) {
      return outcome;
    }
    problem = outcome.problem;
  } catch (error) {
    problem = asProblem(error);
    if (!untrustedIndexes(problem)) {
      tellProblem(context, problem);
      return null;
    }
  }
  const indexes = untrustedIndexes(problem) ?? [];
  const isAnswered = indexes.every(index => options.trust_indexes?.includes(index));
  if (indexes.length === 0 || isAnswered) {
    tellProblem(context, problem);
    return null;
  }
  const { askTrust } = await import('../dialogs/TrustDialog');
  return (await askTrust(indexes, context.trans))
    ? lockWithTrust(context, document, {
        ...options,
        // Those of the notebook come first, then those of the repository.
        trust_indexes: [...(options.trust_indexes ?? []), ...indexes]
      })
    : null;
}

/** Lock a notebook, or show the log of the lock that is under way. */
export async function runLock(
  context: ICommandContext,
  args: ReadonlyPartialJSONObject,
  how: { isAsking: boolean; options: LockOptions }
): Promise<LockOutcome | null> {
  const document = notebookOf(context, args);
  if (!document) {
    return null;
  }
  const active = context.locks.activeJob(document.path);
  if (active) {
    await context.commands.execute(CommandIDs.showJobLog, { job_id: active.job_id });
    return null;
  }
  const initial = { ...preferred(context), ...how.options };
  const chosen = how.isAsking ? await askOptions(context, document, initial) : initial;
  if (!chosen || document.isDisposed) {
    return null;
  }
  const options = comparesAdvisories(context, document)
    ? { ...chosen, advisories: true }
    : chosen;
  return context.locks.attend(document, () => lockWithTrust(context, document, options));
}

function isLockable(context: ICommandContext, args: ReadonlyPartialJSONObject): boolean {
  const status = statusOf(context, args);
  return status !== null && status !== 'unsupported';
}

/** Add the commands that lock. */
export function addLockCommands(context: ICommandContext): void {
  const { commands, trans, preferences } = context;
  commands.addCommand(CommandIDs.lockNotebook, {
    label: trans.__('Lock Dependencies'),
    caption: args => lockCaption(statusOf(context, args), trans),
    icon: args => statusIcon(statusOf(context, args) ?? 'unlocked'),
    describedBy: notebookArgs(),
    isEnabled: args => isLockable(context, args),
    execute: args =>
      runLock(context, args, {
        isAsking: preferences.confirmLock,
        options: { upgrade: false }
      })
  });
  commands.addCommand(CommandIDs.lockNotebookWithOptions, {
    label: trans.__('Lock Dependencies with Options…'),
    caption: trans.__('Choose engine and target, then lock the dependencies'),
    icon: args => statusIcon(statusOf(context, args) ?? 'unlocked'),
    describedBy: notebookArgs(),
    isEnabled: args => isLockable(context, args),
    execute: args =>
      runLock(context, args, { isAsking: true, options: { upgrade: false } })
  });
  commands.addCommand(CommandIDs.upgradeLock, {
    label: trans.__('Upgrade All Locked Versions'),
    caption: trans.__('Lock again with the newest versions that fit'),
    icon: ACTION_ICONS.Upgrade,
    describedBy: notebookArgs(),
    isEnabled: args => isLockable(context, args),
    execute: args =>
      runLock(context, args, {
        isAsking: preferences.confirmLock,
        options: { upgrade: true }
      })
  });
}
