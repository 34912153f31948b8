import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { UUID } from '@lumino/coreutils';
import { auditNotebook } from '../api/audits';
import type { Request } from '../api/request';
import type {
  AuditResult,
  IActiveNotebook,
  IAuditModel,
  IAuditReport,
  IJobsModel,
  INotebookDocument,
  Job
} from '../tokens';
import { reportOf } from './auditReport';

const KIND = 'audit';
const LOCK_KEY = 'requirements_lock';

/** The last audit of one open notebook. */
interface IEntry {
  job: Job;
  /** Null while it is read. */
  result: AuditResult | null;
  /** Resolves when the result has been read. */
  read: Promise<void>;
  /** The last report, and the lock that it is about. */
  report: IAuditReport | null;
  lock: unknown;
}

/** Audits notebooks, and keeps what the last audit of each open one has found. */
export class AuditModel implements IAuditModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _jobs: IJobsModel
  ) {
    _notebooks.documents.forEach(document => this._open(document));
    _notebooks.documentOpened.connect((_, document) => this._open(document), this);
    _jobs.jobChanged.connect((_, job) => void this._onJobChanged(job), this);
  }

  /** Emitted with a notebook when there is an audit of it. */
  get reportChanged(): ISignal<this, INotebookDocument> {
    return this._reportChanged;
  }

  /** The audit job that now works on a notebook, or null. */
  activeJob(path: string): Job | null {
    const job = this._jobs.active.find(({ kind, key }) => kind === KIND && key === path);
    return job ?? null;
  }

  /** What the last audit says of what a notebook locks now; null where there is none. */
  report(document: INotebookDocument): IAuditReport | null {
    const entry = this._entries.get(document);
    if (!entry?.result) {
      return null;
    }
    const lock = document.value(LOCK_KEY);
    if (entry.lock !== lock) {
      entry.report = reportOf(entry.result, lock, entry.job.ended_at);
      entry.lock = lock;
    }
    return entry.report;
  }

  /** Audit an open notebook; resolves with the job when it has ended and its result is known. */
  async audit(document: INotebookDocument): Promise<Job> {
    const { job_id: jobId } = await this._start(document);
    const job = await this._jobs.ended(jobId);
    await this._take(document, job);
    return job;
  }

  private async _start(document: INotebookDocument): Promise<Job> {
    const active = this.activeJob(document.path);
    if (active) {
      return active;
    }
    const job = await auditNotebook(this._request, {
      path: document.path,
      notebook: document.snapshot(),
      idempotency_key: UUID.uuid4()
    });
    this._jobs.track(job);
    return job;
  }

  /** Take up the last audit of a notebook that has just been opened. */
  private _open(document: INotebookDocument): void {
    document.disposed.connect(() => this._entries.delete(document), this);
    const job = this._jobs.jobs.find(
      ({ kind, key, state }) =>
        kind === KIND && key === document.path && state === 'succeeded'
    );
    if (job) {
      void this._take(document, job);
    }
  }

  private async _onJobChanged(job: Job): Promise<void> {
    if (job.kind === KIND) {
      const open = this._notebooks.documents.filter(({ path }) => path === job.key);
      await Promise.all(open.map(document => this._take(document, job)));
    }
  }

  /** Keep what a job has found, unless something newer is known; resolves when it is read. */
  private async _take(document: INotebookDocument, job: Job): Promise<void> {
    const known = this._entries.get(document);
    if (known && known.job.created_at >= job.created_at) {
      await known.read;
    } else if (job.state === 'succeeded' && !document.isDisposed) {
      const entry: IEntry = {
        job,
        result: null,
        read: Promise.resolve(),
        report: null,
        lock: null
      };
      this._entries.set(document, entry);
      entry.read = this._read(document, entry);
      await entry.read;
    }
  }

  private async _read(document: INotebookDocument, entry: IEntry): Promise<void> {
    try {
      entry.result = (await this._jobs.read(entry.job.job_id)).result as AuditResult;
    } catch {
      // The server has forgotten the job meanwhile: then there is no audit to speak of.
      this._entries.delete(document);
    }
    this._reportChanged.emit(document);
  }

  private readonly _entries = new Map<INotebookDocument, IEntry>();
  private readonly _reportChanged = new Signal<this, INotebookDocument>(this);
}
