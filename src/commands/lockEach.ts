import { Notification } from '@jupyterlab/apputils';
import { CommandIDs } from '../commandIds';
import { asProblem } from '../models/problems';
import type { IProjectModel } from '../projectTokens';
import type { LockOutcome } from '../tokens';
import type { IProjectContext } from './projectContext';

/** How many are asked for at once: the server does two at a time. */
const AT_ONCE = 2;

/** How long it is told that all went well, in milliseconds. */
const TOLD_MS = 8000;

/** Lock one of several notebooks; whether that was done, or why it could not be. */
async function lockOne(
  { commands, jobs }: IProjectContext,
  model: IProjectModel,
  path: string
): Promise<boolean | string> {
  const isOpen = (): boolean => commands.isEnabled(CommandIDs.lockNotebook, { path });
  if (isOpen()) {
    // The open notebook belongs to its editor, where the lock is reviewed and saved.
    const outcome = (await commands.execute(CommandIDs.lockNotebook, { path })) as
      LockOutcome | null | undefined;
    return outcome?.kind === 'applied' || outcome?.kind === 'unchanged';
  }
  const started = await model.lockClosed(path);
  const job = await jobs.ended(started.job_id);
  if (job.state === 'cancelled') {
    return false;
  }
  if (job.state !== 'succeeded') {
    return job.error?.message.split('\n')[0] ?? '';
  }
  if (isOpen()) {
    await commands.execute(CommandIDs.applyLock, { job_id: job.job_id });
  } else {
    await model.keepLock(job);
  }
  return true;
}

/** Several notebooks being locked, with a notification that says how far that is. */
class Round {
  constructor(
    private readonly _context: IProjectContext,
    private readonly _model: IProjectModel,
    private readonly _paths: readonly string[]
  ) {
    this._left = [..._paths];
  }

  /** Lock them; what fails is told at the end. */
  async run(): Promise<void> {
    this._tell();
    await Promise.all(Array.from({ length: AT_ONCE }, () => this._work()));
    this._tellEnd();
    void this._model.refresh();
  }

  private async _work(): Promise<void> {
    const { trans } = this._context;
    for (let path = this._left.shift(); path !== undefined; path = this._left.shift()) {
      try {
        const outcome = await lockOne(this._context, this._model, path);
        if (typeof outcome === 'string') {
          this._failed.push(trans.__('%1: %2', path, outcome));
        } else if (outcome) {
          this._locked += 1;
        }
      } catch (error) {
        this._failed.push(trans.__('%1: %2', path, asProblem(error).message));
      }
      this._done += 1;
      this._tell();
    }
  }

  /** What is under way is cancelled, and no further one begins. */
  private _stop(): void {
    const { jobs } = this._context;
    this._left.length = 0;
    for (const { kind, key, job_id: id } of jobs.active) {
      if (kind === 'lock' && this._paths.includes(key)) {
        void jobs.cancel(id);
      }
    }
  }

  private _tell(): void {
    const { trans } = this._context;
    const { length } = this._paths;
    const stop = {
      label: trans.__('Cancel'),
      callback: (event: MouseEvent) => {
        // It stays until what is under way has ended.
        event.preventDefault();
        this._stop();
      }
    };
    Notification.update({
      id: this._id,
      message: trans.__('Locking: %1 of %2 notebooks done.', this._done, length),
      progress: this._done / length,
      actions: [stop]
    });
  }

  private _tellEnd(): void {
    const { trans } = this._context;
    const { length } = this._paths;
    const isGood = this._locked === length;
    const count = isGood
      ? trans._n('%1 notebook is locked.', '%1 notebooks are locked.', length)
      : trans.__('%1 of %2 notebooks are locked.', this._locked, length);
    Notification.update({
      id: this._id,
      type: isGood ? 'success' : 'warning',
      message: [count, ...this._failed].join('\n'),
      autoClose: isGood ? TOLD_MS : false,
      actions: []
    });
  }

  private readonly _id = Notification.emit('', 'in-progress', { autoClose: false });
  private readonly _left: string[];
  private readonly _failed: string[] = [];
  private _done = 0;
  private _locked = 0;
}

/** Ask which of the notebooks to lock, and lock them with a word on how far that is. */
export async function lockEach(
  context: IProjectContext,
  paths: readonly string[]
): Promise<void> {
  const { askNotebooks } = await import('../dialogs/LockEachDialog');
  const chosen = await askNotebooks(paths, context.trans);
  if (chosen) {
    await new Round(context, await context.projects.load(), chosen).run();
  }
}
