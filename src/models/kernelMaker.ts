import type { PartialJSONObject } from '@lumino/coreutils';
import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { makeKernel, refreshKernel } from '../api/kernels';
import type { Request } from '../api/request';
import { ApiError } from '../api/request';
import type {
  IKernelMaker,
  INotebookKernels,
  KernelOptions,
  KernelOutcome,
  KernelResult
} from '../kernelTokens';
import type { IActiveNotebook, IJobsModel, INotebookDocument, Job } from '../tokens';
import type { PendingJobs } from './pendingJobs';
import { asProblem } from './problems';

const KIND = 'kernel';

/** The name of the kernel that a kernelspec of a notebook's metadata means. */
function nameIn(kernelspec: unknown): string | null {
  const { name } = (kernelspec ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name : null;
}

/** Makes kernels: sends the request, follows the job and switches the notebook. */
export class KernelMaker implements IKernelMaker {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _kernels: Pick<INotebookKernels, 'use' | 'refreshOffer'>,
    private readonly _jobs: IJobsModel,
    private readonly _pending: PendingJobs
  ) {}

  /** Emitted when a job has ended and its result has been dealt with. */
  get finished(): ISignal<this, KernelOutcome> {
    return this._finished;
  }

  /** The job that now makes a kernel for a notebook, or null. */
  activeJob(path: string): Job | null {
    const job = this._jobs.active.find(
      ({ job_id: id, kind, key }) =>
        kind === KIND && key === path && !this._previews.has(id)
    );
    return job ?? null;
  }

  /** The job that made no kernel for a notebook when it was last asked to, or null. */
  failure(path: string): Job | null {
    return this._failures.get(path) ?? null;
  }

  /** What making a kernel for a notebook would do; throws what keeps it from being made. */
  async preview(
    document: INotebookDocument,
    options: KernelOptions
  ): Promise<KernelResult> {
    const job = await this._start(document, { ...options, dry_run: true });
    this._previews.add(job.job_id);
    this._jobs.track(job);
    const ended = await this._jobs.ended(job.job_id);
    if (ended.state !== 'succeeded') {
      const nothing = { code: 'job.cancelled', message: '', hint: '', details: {} };
      throw new ApiError(ended.error ?? nothing, 0);
    }
    return this._result(ended);
  }

  /** Make a kernel from a notebook's lock and let the notebook run in it. */
  async make(
    document: INotebookDocument,
    options: KernelOptions
  ): Promise<KernelOutcome> {
    const job = await this._start(document, options);
    this._failures.delete(document.path);
    this._pending.add(job.job_id);
    this._jobs.track(job);
    return this._follow(job.job_id, document);
  }

  /** Make a kernel anew from the lock of its notebook as that is saved. */
  async refresh(name: string): Promise<KernelOutcome> {
    const job = await refreshKernel(this._request, name);
    this._jobs.track(job);
    const outcome = await this._deal(await this._jobs.ended(job.job_id), async result => {
      await this._kernels.refreshOffer();
      return { kind: 'refreshed', job, result };
    });
    this._finished.emit(outcome);
    return outcome;
  }

  /** Take up the kernels of this window that were being made when the page was loaded. */
  async adopt(): Promise<void> {
    const known = this._pending.ids.filter(id => this._jobs.get(id));
    await Promise.all(known.map(id => this._follow(id, null)));
  }

  private _start(
    document: INotebookDocument,
    options: KernelOptions & { dry_run?: boolean }
  ): Promise<Job> {
    return makeKernel(this._request, {
      path: document.path,
      notebook: document.snapshot(),
      idempotency_key: UUID.uuid4(),
      ...options
    });
  }

  private async _follow(
    jobId: string,
    document: INotebookDocument | null
  ): Promise<KernelOutcome> {
    const job = await this._jobs.ended(jobId);
    const outcome = await this._deal(job, result => this._use(job, result, document));
    this._pending.remove(jobId);
    if (outcome.kind === 'failed') {
      this._failures.set(job.key, { ...job, error: outcome.problem });
    }
    this._finished.emit(outcome);
    return outcome;
  }

  private async _deal(
    job: Job,
    succeed: (result: KernelResult) => Promise<KernelOutcome>
  ): Promise<KernelOutcome> {
    if (job.state === 'cancelled') {
      return { kind: 'cancelled', job };
    }
    if (job.state !== 'succeeded') {
      const problem = job.error ?? { code: '', message: '', hint: '', details: {} };
      return { kind: 'failed', job, problem };
    }
    try {
      return await succeed(await this._result(job));
    } catch (error) {
      return { kind: 'failed', job, problem: asProblem(error) };
    }
  }

  private async _use(
    job: Job,
    result: KernelResult,
    document: INotebookDocument | null
  ): Promise<KernelOutcome> {
    // A renamed notebook is still the one that asked; a closed one may be open anew.
    const open =
      document && !document.isDisposed
        ? document
        : this._notebooks.find({ path: job.key });
    if (!open) {
      await this._kernels.refreshOffer();
      return { kind: 'not-open', job, result };
    }
    await open.ready;
    if (this._isMoved(open, result)) {
      await this._kernels.refreshOffer();
      return { kind: 'moved', job, result };
    }
    await this._kernels.use(open, result.kernel);
    return { kind: 'used', job, result };
  }

  /** Whether the user has given the notebook another kernel since the job was asked for. */
  private _isMoved(document: INotebookDocument, { base, kernel }: KernelResult): boolean {
    const now = nameIn(document.value('kernelspec'));
    if (now === kernel || !('kernelspec' in base)) {
      return false;
    }
    return now !== nameIn((base as PartialJSONObject).kernelspec);
  }

  private async _result(job: Job): Promise<KernelResult> {
    return (await this._jobs.read(job.job_id)).result as KernelResult;
  }

  private readonly _failures = new Map<string, Job>();
  private readonly _previews = new Set<string>();
  private readonly _finished = new Signal<this, KernelOutcome>(this);
}
