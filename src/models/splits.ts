import type { PartialJSONObject } from '@lumino/coreutils';
import { JSONExt, UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Request, TextRequest } from '../api/request';
import { ApiError } from '../api/request';
import { applySplit, getVerificationReport, verifySplit } from '../api/splits';
import type {
  ISplitsModel,
  SplitOutcome,
  SplitResult,
  Verification
} from '../splitTokens';
import type {
  EditOutcome,
  IActiveNotebook,
  IJobsModel,
  INotebookDocument,
  IProblem,
  Job,
  MetadataValues,
  NotebookEdit
} from '../tokens';
import { isActive } from './jobStates';
import type { PendingStorage } from './pendingJobs';
import { PendingJobs } from './pendingJobs';
import { asProblem } from './problems';
import { SplitSession } from './splitSession';

/** The kinds of our jobs, as the server records them. */
export const SPLIT = 'split';
export const VERIFICATION = 'verify-split';

/** Code of a problem: the split is another one than was shown. */
const OUTDATED = 'split.preview-outdated';
/** Code of a problem: there is no preview to apply. */
export const NOT_SHOWN = 'split.not-shown';

/** Under which the jobs that run outlive a reload of the page. */
const STORAGE_KEY = 'aidevsecops:pending-splits';

/** What a job was started for. */
interface IPurpose {
  /** The notebook as it was open then; null for a job of another page. */
  document: INotebookDocument | null;
  /** The metadata in the request; null where that is not known any more. */
  base: MetadataValues | null;
}

/** Where and how fast things are kept and asked for. */
interface ISplitsOptions {
  /** Where the jobs that run outlive a reload. */
  storage: PendingStorage;
  /** How long previews wait for the next change. */
  quiet?: ConstructorParameters<typeof SplitSession>[2];
}

/** The purpose of a job that was started before the page was loaded. */
const ADOPTED: IPurpose = { document: null, base: null };

/** Previews splits, applies them and has them verified. */
export class SplitsModel implements ISplitsModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _jobs: IJobsModel,
    private readonly _readText: TextRequest,
    private readonly _options: ISplitsOptions
  ) {
    this._pending = new PendingJobs(_options.storage, STORAGE_KEY);
    _notebooks.documentOpened.connect(this._onOpened, this);
  }

  /** Emitted with a notebook when its preview was opened or closed. */
  get sessionsChanged(): ISignal<this, INotebookDocument> {
    return this._sessionsChanged;
  }

  /** Emitted when a job has ended and its result has been dealt with. */
  get finished(): ISignal<this, SplitOutcome> {
    return this._finished;
  }

  /** The preview of a notebook that is open, or null. */
  session(document: INotebookDocument): SplitSession | null {
    return this._sessions.get(document) ?? null;
  }

  /** Begin a preview, or go on with the one that is open. */
  begin(document: INotebookDocument): SplitSession {
    const known = this._sessions.get(document);
    if (known) {
      return known;
    }
    const session = new SplitSession(document, this._request, this._options.quiet);
    this._sessions.set(document, session);
    document.disposed.connect(this._onDisposed, this);
    this._sessionsChanged.emit(document);
    return session;
  }

  /** End a preview. */
  end(document: INotebookDocument): void {
    const session = this._sessions.get(document);
    if (session) {
      this._sessions.delete(document);
      session.dispose();
      document.disposed.disconnect(this._onDisposed, this);
      this._sessionsChanged.emit(document);
    }
  }

  /** The job that splits or verifies a notebook now, or null. */
  activeJob(path: string): Job | null {
    const last = this._last(path);
    return last && isActive(last) ? last : null;
  }

  /** Why the notebook was not split or verified when that was last asked for, or null. */
  failure(path: string): Job | null {
    const last = this._last(path);
    return last?.state === 'failed' && last.error ? last : null;
  }

  /**
   * Take up the splits and verifications that were under way when the page was loaded: those that
   * run, and those that have ended before anybody dealt with them.
   */
  async adopt(): Promise<void> {
    if (!this._jobs.isReady) {
      return;
    }
    const pending = this._pending.ids;
    const adopted = this._jobs.jobs.filter(
      job => isKind(job) && (isActive(job) || pending.includes(job.job_id))
    );
    this._pending.replace(adopted.map(job => job.job_id));
    await Promise.all(adopted.map(job => this._follow(job, ADOPTED)));
  }

  /** Write what a preview shows; null when it no longer is what was shown. */
  async apply(
    document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<SplitOutcome | null> {
    if (this._applying.has(document)) {
      return null;
    }
    this._applying.add(document);
    try {
      return await this._apply(document, trusted);
    } finally {
      this._applying.delete(document);
    }
  }

  /** Run a notebook and its steps, and compare. */
  async verify(document: INotebookDocument): Promise<SplitOutcome> {
    const job = await verifySplit(this._request, {
      path: document.path,
      notebook: document.snapshot(),
      idempotency_key: UUID.uuid4()
    });
    return this._follow(job, { document, base: {} });
  }

  /** What the last verification on record found; null where there is none. */
  async verification(path: string): Promise<Verification | null> {
    for (const result of this._results(path)) {
      const found = verificationIn(await result);
      if (found) {
        return found;
      }
    }
    return null;
  }

  /** The same, if no step notebook was written since; null else. */
  async standing(path: string): Promise<Verification | null> {
    for (const result of this._results(path)) {
      const job = await result;
      const found = verificationIn(job);
      if (found || (job.result as SplitResult).written.length > 0) {
        return found;
      }
    }
    return null;
  }

  /** The page with both sides of what differs; null where there is none. */
  async reportPage({ report }: Verification): Promise<string | null> {
    return report ? getVerificationReport(this._readText, report) : null;
  }

  private async _apply(
    document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<SplitOutcome | null> {
    const session = this._sessions.get(document);
    const agreed = session?.preview?.digest;
    // A kernel that has just started writes to the notebook, which is then looked at again.
    await session?.settled();
    if (session?.state.kind !== 'ready' || agreed === undefined) {
      throw new ApiError(problem(NOT_SHOWN), 0);
    }
    session.report(null);
    if (session.state.answer.digest !== agreed) {
      session.report(problem(OUTDATED));
      return null;
    }
    const { verify, force } = session.options;
    const body = session.body(true);
    try {
      const job = await applySplit(this._request, {
        ...body,
        preview_digest: agreed,
        verify,
        force,
        trust_indexes: [...trusted],
        idempotency_key: UUID.uuid4()
      });
      const { metadata } = body.notebook as { metadata: MetadataValues };
      return await this._follow(job, { document, base: metadata });
    } catch (error) {
      const refusal = asProblem(error);
      if (refusal.code !== OUTDATED) {
        throw error;
      }
      session.refresh();
      session.report(refusal);
      return null;
    }
  }

  /** Our jobs that have come to something, newest first, each read when it is looked at. */
  private *_results(path: string): Generator<Promise<Job>> {
    for (const job of this._jobs.jobs) {
      if (isOurs(job, path) && job.state === 'succeeded') {
        yield this._jobs.read(job.job_id);
      }
    }
  }

  private _last(path: string): Job | null {
    return this._jobs.jobs.find(job => isOurs(job, path)) ?? null;
  }

  private async _follow(started: Job, purpose: IPurpose): Promise<SplitOutcome> {
    this._jobs.track(started);
    this._pending.add(started.job_id);
    return this._finish(await this._jobs.ended(started.job_id), purpose);
  }

  /** Deal with a job that has ended; the tags for a notebook that is not open wait for it. */
  private async _finish(job: Job, purpose: IPurpose): Promise<SplitOutcome> {
    const outcome = await this._deal(job, purpose);
    if (outcome.kind === 'done' && outcome.tags === null) {
      this._waiting.set(job.key, job);
      if (purpose === ADOPTED) {
        // It is told once the notebook is there, not whenever the page is loaded.
        return outcome;
      }
    } else {
      this._pending.remove(job.job_id);
    }
    const document = this._openOf(job, purpose);
    if (document) {
      this._sessions.get(document)?.refresh();
    }
    this._finished.emit(outcome);
    return outcome;
  }

  private _onOpened(_: IActiveNotebook, { path }: INotebookDocument): void {
    const job = this._waiting.get(path);
    if (job) {
      this._waiting.delete(path);
      void this._finish(job, ADOPTED);
    }
  }

  /** A renamed notebook is still the one that was split; a closed one may be open anew. */
  private _openOf({ key }: Job, { document }: IPurpose): INotebookDocument | null {
    return document && !document.isDisposed
      ? document
      : this._notebooks.find({ path: key });
  }

  private async _deal(job: Job, purpose: IPurpose): Promise<SplitOutcome> {
    if (job.state === 'cancelled') {
      return { kind: 'cancelled', job };
    }
    if (job.state !== 'succeeded') {
      return { kind: 'failed', job, problem: job.error ?? problem('') };
    }
    try {
      const { result } = await this._jobs.read(job.job_id);
      if (job.kind === VERIFICATION) {
        return { kind: 'verified', job, result: result as Verification };
      }
      const done = result as SplitResult;
      const tags = await this._record(done, this._openOf(job, purpose), purpose.base);
      return { kind: 'done', job, result: done, tags };
    } catch (error) {
      return { kind: 'failed', job, problem: asProblem(error) };
    }
  }

  /** Keep the cut in the tags of the cells, so that the notebook is split so the next time. */
  private async _record(
    { edit }: SplitResult,
    open: INotebookDocument | null,
    base: MetadataValues | null
  ): Promise<EditOutcome | null> {
    await open?.ready;
    return open && !open.isDisposed
      ? open.apply(edit, base ?? baseBeside(open, edit))
      : null;
  }

  private _onDisposed(document: INotebookDocument): void {
    this.end(document);
  }

  private readonly _pending: PendingJobs;
  /** The splits whose tags wait for a notebook to be opened, by its path. */
  private readonly _waiting = new Map<string, Job>();
  /** The notebooks whose previews are being applied. */
  private readonly _applying = new Set<INotebookDocument>();
  private readonly _sessions = new Map<INotebookDocument, SplitSession>();
  private readonly _sessionsChanged = new Signal<this, INotebookDocument>(this);
  private readonly _finished = new Signal<this, SplitOutcome>(this);
}

/** A problem that the server says nothing of. */
function problem(code: string): IProblem {
  return { code, message: '', hint: '', details: {} };
}

/** What an edit is for, if nothing but how the notebook is cut has changed since. */
function baseBeside(open: INotebookDocument, { metadata }: NotebookEdit): MetadataValues {
  const isBeside = (one: unknown, other: unknown): boolean =>
    JSONExt.deepEqual(withoutCut(one), withoutCut(other));
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => {
      const now = open.value(key);
      return [key, isBeside(now, value) ? now : value];
    })
  );
}

/** Our own metadata without how the notebook is cut; nothing where there are none. */
function withoutCut(value: unknown): PartialJSONObject {
  const entries = Object.entries((value ?? {}) as PartialJSONObject);
  return Object.fromEntries(entries.filter(([key]) => key !== 'cut'));
}

function verificationIn({ kind, result }: Job): Verification | null {
  return kind === VERIFICATION
    ? (result as Verification)
    : (result as SplitResult).verification;
}

function isKind({ kind }: Job): boolean {
  return kind === SPLIT || kind === VERIFICATION;
}

function isOurs(job: Job, path: string): boolean {
  return isKind(job) && job.key === path;
}
