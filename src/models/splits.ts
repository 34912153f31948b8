import { UUID } from '@lumino/coreutils';
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
  IActiveNotebook,
  IJobsModel,
  INotebookDocument,
  Job,
  MetadataValues
} from '../tokens';
import { isActive } from './jobStates';
import { asProblem } from './problems';
import { SplitSession } from './splitSession';

/** The kinds of our jobs, as the server records them. */
export const SPLIT = 'split';
export const VERIFICATION = 'verify-split';

/** Code of a problem: the split is another one than was shown. */
const OUTDATED = 'split.preview-outdated';
/** Code of a problem: there is no preview to apply. */
export const NOT_SHOWN = 'split.not-shown';

/** What a job was started for. */
interface IPurpose {
  document: INotebookDocument;
  /** The metadata in the request. */
  base: MetadataValues;
}

/** Previews splits, applies them and has them verified. */
export class SplitsModel implements ISplitsModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _jobs: IJobsModel,
    private readonly _readText: TextRequest,
    private readonly _quiet?: ConstructorParameters<typeof SplitSession>[2]
  ) {}

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
    const session = new SplitSession(document, this._request, this._quiet);
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

  /** Write what a preview shows; null when it no longer is what was shown. */
  async apply(
    document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<SplitOutcome | null> {
    const session = this._sessions.get(document);
    if (session?.state.kind !== 'ready') {
      throw new ApiError({ code: NOT_SHOWN, message: '', hint: '', details: {} }, 0);
    }
    const { verify, force } = session.options;
    const body = session.body();
    session.report(null);
    try {
      const job = await applySplit(this._request, {
        ...body,
        preview_digest: session.state.answer.digest,
        verify,
        force,
        trust_indexes: [...trusted],
        idempotency_key: UUID.uuid4()
      });
      const { metadata } = body.notebook as { metadata: MetadataValues };
      return await this._follow(job, { document, base: metadata });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code !== OUTDATED) {
        throw error;
      }
      session.refresh();
      session.report(problem);
      return null;
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
    const done = this._jobs.jobs.filter(
      job => isOurs(job, path) && job.state === 'succeeded'
    );
    for (const { job_id: id, kind } of done) {
      const { result } = await this._jobs.read(id);
      const found =
        kind === VERIFICATION
          ? (result as Verification)
          : (result as SplitResult).verification;
      if (found) {
        return found;
      }
    }
    return null;
  }

  /** The page with both sides of what differs; null where there is none. */
  async reportPage({ report }: Verification): Promise<string | null> {
    return report ? getVerificationReport(this._readText, report) : null;
  }

  private _last(path: string): Job | null {
    return this._jobs.jobs.find(job => isOurs(job, path)) ?? null;
  }

  private async _follow(started: Job, purpose: IPurpose): Promise<SplitOutcome> {
    this._jobs.track(started);
    const job = await this._jobs.ended(started.job_id);
    const outcome = await this._deal(job, purpose);
    this._sessions.get(purpose.document)?.refresh();
    this._finished.emit(outcome);
    return outcome;
  }

  private async _deal(job: Job, purpose: IPurpose): Promise<SplitOutcome> {
    if (job.state === 'cancelled') {
      return { kind: 'cancelled', job };
    }
    if (job.state !== 'succeeded') {
      const problem = job.error ?? { code: '', message: '', hint: '', details: {} };
      return { kind: 'failed', job, problem };
    }
    try {
      const { result } = await this._jobs.read(job.job_id);
      if (job.kind === VERIFICATION) {
        return { kind: 'verified', job, result: result as Verification };
      }
      const done = result as SplitResult;
      return { kind: 'done', job, result: done, tags: this._record(done, purpose) };
    } catch (error) {
      return { kind: 'failed', job, problem: asProblem(error) };
    }
  }

  /** Keep the cut in the tags of the cells, so that the notebook is split so the next time. */
  private _record(
    { edit }: SplitResult,
    { document, base }: IPurpose
  ): 'applied' | 'unchanged' | 'refused' | null {
    const open = document.isDisposed
      ? this._notebooks.find({ path: document.path })
      : document;
    return open ? open.apply(edit, base) : null;
  }

  private _onDisposed(document: INotebookDocument): void {
    this.end(document);
  }

  private readonly _sessions = new Map<INotebookDocument, SplitSession>();
  private readonly _sessionsChanged = new Signal<this, INotebookDocument>(this);
  private readonly _finished = new Signal<this, SplitOutcome>(this);
}

function isOurs({ kind, key }: Job, path: string): boolean {
  return (kind === SPLIT || kind === VERIFICATION) && key === path;
}
