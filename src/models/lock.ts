import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { UUID } from '@lumino/coreutils';
import { lockNotebook } from '../api/notebooks';
import type { Request } from '../api/request';
import type {
  IActiveNotebook,
  IJobsModel,
  ILockModel,
  ILockReview,
  INotebookDocument,
  Job,
  LockOptions,
  LockOutcome,
  LockResult
} from '../tokens';
import { isActive } from './jobStates';
import type { PendingStorage } from './pendingJobs';
import { PendingJobs } from './pendingJobs';
import { asProblem } from './problems';

/** What can become of the result of a lock. */
type WrittenKind = Extract<LockOutcome, { result: LockResult }>['kind'];

const KIND = 'lock';
const STORAGE_KEY = 'aidevsecops:pending-locks';

/** Locks notebooks: sends the request, follows the job and applies its edit. */
export class LockModel implements ILockModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _jobs: IJobsModel,
    storage: PendingStorage,
    private readonly _review: ILockReview
  ) {
    this._pending = new PendingJobs(storage, STORAGE_KEY);
    _notebooks.documentOpened.connect(this._onOpened, this);
  }

  /** Emitted when a lock job has ended and its result has been dealt with. */
  get finished(): ISignal<this, LockOutcome> {
    return this._finished;
  }

  /** Emitted with a notebook when what {@link attend} ran for it has come to an end. */
  get attended(): ISignal<this, INotebookDocument> {
    return this._attended;
  }

  /** Whether a lock of the notebook, or a question about it, is still going on. */
  isAttended(document: INotebookDocument): boolean {
    return this._attending.has(document);
  }

  /**
   * Run a lock and the questions it brings; a second call meanwhile, such as by a double click,
   * joins the first, so that nothing is asked twice.
   */
  attend(
    document: INotebookDocument,
    work: () => Promise<LockOutcome | null>
  ): Promise<LockOutcome | null> {
    const known = this._attending.get(document);
    if (known) {
      return known;
    }
    const attending = work().finally(() => {
      this._attending.delete(document);
      this._attended.emit(document);
    });
    this._attending.set(document, attending);
    return attending;
  }

  /** The lock job that now works on a notebook, or null. */
  activeJob(path: string): Job | null {
    const job = this._jobs.active.find(({ kind, key }) => kind === KIND && key === path);
    return job ?? null;
  }

  /**
   * Lock an open notebook; resolves when the job has ended and its edit is dealt with. A second
   * call meanwhile, such as by a double click, joins the first.
   */
  lock(document: INotebookDocument, options: LockOptions): Promise<LockOutcome> {
    const running = this._running.get(document);
    if (running) {
      return running;
    }
    const locking = this._lock(document, options).finally(() => {
      this._running.delete(document);
    });
    this._running.set(document, locking);
    return locking;
  }

  /**
   * Take up the locks that were under way when the page was loaded: those that run, and those
   * of this window that have ended meanwhile.
   */
  async adopt(): Promise<void> {
    const pending = this._pending.ids;
    const adopted = this._jobs.jobs.filter(
      job => job.kind === KIND && (isActive(job) || pending.includes(job.job_id))
    );
    this._pending.replace(adopted.map(job => job.job_id));
    await Promise.all(adopted.map(job => this._follow(job.job_id, null, true)));
  }

  /** Apply the result of a job that has succeeded. */
  async apply(jobId: string): Promise<LockOutcome> {
    const job = await this._jobs.ended(jobId);
    const outcome = await this._finish(job, null, true);
    this._settle(outcome);
    return outcome;
  }

  private async _lock(
    document: INotebookDocument,
    options: LockOptions
  ): Promise<LockOutcome> {
    const job = await lockNotebook(this._request, {
      path: document.path,
      notebook: document.snapshot(),
      idempotency_key: UUID.uuid4(),
      ...options
    });
    this._jobs.track(job);
    return this._follow(job.job_id, document, false);
  }

  private async _follow(
    jobId: string,
    document: INotebookDocument | null,
    adopted: boolean
  ): Promise<LockOutcome> {
    this._pending.add(jobId);
    const job = await this._jobs.ended(jobId);
    const outcome = await this._finish(job, document, adopted);
    this._settle(outcome);
    return outcome;
  }

  /** A result whose notebook is not open or not in sight waits; every other one is done with. */
  private _settle({ kind, job }: LockOutcome): void {
    const { job_id: jobId, key } = job;
    if (kind === 'not-open') {
      this._waiting.set(key, jobId);
    } else if (kind !== 'unreviewed') {
      this._pending.remove(jobId);
    }
  }

  /** Apply what waited for a notebook: it was closed, or the page is still restoring it. */
  private async _onOpened(
    _: IActiveNotebook,
    document: INotebookDocument
  ): Promise<void> {
    const jobId = this._waiting.get(document.path);
    if (jobId) {
      this._waiting.delete(document.path);
      const job = await this._jobs.ended(jobId);
      this._settle(await this._finish(job, document, true));
    }
  }

  private async _finish(
    job: Job,
    document: INotebookDocument | null,
    adopted: boolean
  ): Promise<LockOutcome> {
    const outcome = await this._deal(job, document, adopted);
    this._finished.emit(outcome);
    return outcome;
  }

  private async _deal(
    job: Job,
    document: INotebookDocument | null,
    adopted: boolean
  ): Promise<LockOutcome> {
    if (job.state === 'cancelled') {
      return { kind: 'cancelled', job, adopted };
    }
    if (job.state !== 'succeeded') {
      const problem = job.error ?? { code: '', message: '', hint: '', details: {} };
      return { kind: 'failed', job, adopted, problem };
    }
    let result: LockResult;
    try {
      result = (await this._jobs.read(job.job_id)).result as LockResult;
    } catch (error) {
      return { kind: 'failed', job, adopted, problem: asProblem(error) };
    }
    // A renamed notebook is still the one that was locked; a closed one may be open anew.
    const open =
      document && !document.isDisposed
        ? document
        : this._notebooks.find({ path: job.key });
    if (!open) {
      return { kind: 'not-open', job, adopted, result };
    }
    await open.ready;
    return { kind: await this._write(open, job, result), job, adopted, result };
  }

  /** Write a result to its notebook; where the user wants to see it first, only after that. */
  private async _write(
    open: INotebookDocument,
    job: Job,
    result: LockResult
  ): Promise<WrittenKind> {
    const { edit, base } = result;
    if (open.foresee(edit, base) === 'applied' && this._review.isNeeded(result)) {
      if (!open.isVisible && open !== this._notebooks.current) {
        return 'unreviewed';
      }
      if (!(await this._review.ask(open, job, result))) {
        return 'discarded';
      }
      if (open.isDisposed) {
        return 'not-open';
      }
    }
    return open.apply(edit, base);
  }

  private readonly _pending: PendingJobs;
  private readonly _running = new Map<INotebookDocument, Promise<LockOutcome>>();
  private readonly _waiting = new Map<string, string>();
  private readonly _attending = new Map<INotebookDocument, Promise<LockOutcome | null>>();
  private readonly _attended = new Signal<this, INotebookDocument>(this);
  private readonly _finished = new Signal<this, LockOutcome>(this);
}
