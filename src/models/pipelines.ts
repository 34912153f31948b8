import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import {
  cancelRun,
  compareRuns,
  createPipeline,
  draftPipeline,
  getRun,
  getStepLog,
  importPipeline,
  listPipelines,
  listRuns,
  runPipeline,
  validatePipeline
} from '../api/pipelines';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type {
  IDraftChoice,
  IPipelinesModel,
  IRunChoice,
  PipelineDraft,
  PipelineEntry,
  PipelineReport,
  PipelineRun,
  RunComparison
} from '../pipelineTokens';
import { RUN_JOB } from '../pipelineTokens';
import type { IJobsModel, Job, JobLog } from '../tokens';
import { isActive } from './jobStates';
import { LatestAnswer } from './latestAnswer';
import type { PendingStorage } from './pendingJobs';

const PAUSE_MS = 800;
/** Under which the pipeline that is looked at outlives a reload of the page. */
const STORAGE_KEY = 'aidevsecops:pipeline';

/** Where and how fast things are kept and asked for. */
interface IPipelinesOptions {
  /** Where the pipeline that is looked at outlives a reload. */
  storage: PendingStorage;
  /** How long to wait before a run that goes on is read again, in milliseconds. */
  pauseMs?: number;
}

/** What is asked for runs: the pipeline, and the runs known of it where only the newest changes. */
interface IQuestion {
  path: string;
  known: readonly PipelineRun[] | null;
}

/** Lists pipelines, runs them, and follows their runs: jobs are hints, what is read is the truth. */
export class PipelinesModel implements IPipelinesModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel,
    private readonly _options: IPipelinesOptions
  ) {
    this._path = _options.storage.getItem(STORAGE_KEY);
    this._list = new LatestAnswer(
      async () => (await listPipelines(_request)).pipelines,
      0
    );
    this._list.changed.connect(this._onListed, this);
    this._runs = new LatestAnswer(question => this._ask(question), 0);
    this._runs.changed.connect(this._onRuns, this);
    this._report = new LatestAnswer(
      path => validatePipeline(_request, { path, elyra: false }),
      0
    );
    this._report.changed.connect(this._onListed, this);
    _jobs.jobChanged.connect(this._onJob, this);
  }

  /** The pipelines. */
  get list(): AnswerState<readonly PipelineEntry[]> {
    return this._list.state;
  }

  /** The pipeline that the user looks at. */
  get current(): PipelineEntry | null {
    const entries = this._entries();
    return (
      entries.find(({ path }) => path === this._path) ??
      entries.find(({ path }) => this.activeJob(path)) ??
      entries[0] ??
      null
    );
  }

  /** The runs of that pipeline. */
  get runs(): AnswerState<readonly PipelineRun[]> {
    return this._runs.state;
  }

  /** The run that the user looks at. */
  get shown(): PipelineRun | null {
    const runs = this._knownRuns() ?? [];
    return runs.find(({ run }) => run === this._shown) ?? runs[0] ?? null;
  }

  /** What was found when that pipeline was checked. */
  get report(): AnswerState<PipelineReport> {
    return this._report.state;
  }

  /** Emitted when any of these changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Follow runs while somebody looks. */
  watch(isWatched: boolean): void {
    if (this._isWatched !== isWatched) {
      this._isWatched = isWatched;
      clearTimeout(this._timer);
      if (isWatched) {
        void this.refresh();
      }
    }
  }

  /** Read pipelines and runs again. */
  async refresh(): Promise<void> {
    await this._list.askNow(null);
    await this._readRuns();
  }

  /** Look at another pipeline. */
  choose(path: string): void {
    const isOther = path !== this.current?.path;
    this._path = path;
    this._shown = null;
    this._options.storage.setItem(STORAGE_KEY, path);
    if (isOther) {
      this._runs.forget();
      this._report.forget();
    }
    this._changed.emit();
    void this._readRuns();
  }

  /** Look at one run. */
  show(run: string | null): void {
    this._shown = run;
    this._changed.emit();
  }

  /** The pipeline in a file as it is saved now. */
  async find(path: string): Promise<PipelineEntry | null> {
    const { pipelines } = await listPipelines(this._request);
    return pipelines.find(entry => entry.path === path) ?? null;
  }

  /** The job that runs a pipeline now. */
  activeJob(path: string): Job | null {
    const job = this._job(path);
    return job && isActive(job) ? job : null;
  }

  /** The last job, if it failed before there was a run. */
  failure(path: string): Job | null {
    const job = this._job(path);
    const isFailed = job?.state === 'failed' && job.error && !job.error.details['run'];
    return isFailed ? job : null;
  }

  /** Run a pipeline. */
  async run(path: string, choice: IRunChoice): Promise<Job> {
    const job = await runPipeline(this._request, {
      path,
      parameters: choice.parameters,
      only_changed: choice.onlyChanged,
      from_step: choice.fromStep,
      parallel: null,
      timeout: null,
      trust_indexes: [],
      idempotency_key: UUID.uuid4()
    });
    this.choose(path);
    this._jobs.track(job);
    return job;
  }

  /** Stop a run. */
  async cancel(path: string, run: string): Promise<void> {
    await cancelRun(this._request, { path, run });
    await this._readRuns();
  }

  /** One run as it is now. */
  read(path: string, run: string): Promise<PipelineRun> {
    return getRun(this._request, { path, run });
  }

  /** What differs from the first run to the second. */
  compare(path: string, before: string, after: string): Promise<RunComparison> {
    return compareRuns(this._request, { path, run: after }, before);
  }

  /** Find out what keeps a pipeline from doing what it says. */
  check(path: string): Promise<void> {
    return this._report.askNow(path);
  }

  /** Show no longer what was found. */
  forgetReport(): void {
    this._report.forget();
  }

  /** The pipeline that would be made. */
  draft(choice: IDraftChoice): Promise<PipelineDraft> {
    return draftPipeline(this._request, draftBody(choice));
  }

  /** Write the pipeline that was agreed to. */
  async create(choice: IDraftChoice, revision: string | null): Promise<PipelineDraft> {
    const draft = await createPipeline(this._request, { ...draftBody(choice), revision });
    this.choose(draft.pipeline.path);
    void this.refresh();
    return draft;
  }

  /** A pipeline in the present version. */
  previewImport(path: string): Promise<PipelineDraft> {
    const body = { path, out: null, write: false, revision: null };
    return importPipeline(this._request, body);
  }

  /** Write it so. */
  import(path: string, revision: string | null): Promise<PipelineDraft> {
    const body = { path, out: null, write: true, revision };
    return importPipeline(this._request, body);
  }

  /** Some lines of the log of a step. */
  readLog({ pipeline, run }: PipelineRun, step: string, offset: number): Promise<JobLog> {
    return getStepLog(this._request, { path: pipeline, run }, step, offset);
  }

  private _entries(): readonly PipelineEntry[] {
    return ('answer' in this.list ? this.list.answer : null) ?? [];
  }

  private _knownRuns(): readonly PipelineRun[] | null {
    return 'answer' in this.runs ? this.runs.answer : null;
  }

  private _job(path: string): Job | null {
    const isOurs = ({ kind, key }: Job): boolean => kind === RUN_JOB && key === path;
    return this._jobs.jobs.find(isOurs) ?? null;
  }

  /** Read the runs of the pipeline that is looked at. */
  private async _readRuns(known: readonly PipelineRun[] | null = null): Promise<void> {
    const path = this.current?.path;
    if (path === undefined) {
      this._runs.forget();
      return;
    }
    await this._runs.askNow({ path, known });
  }

  /** All runs; only the newest again where it is known to go on. */
  private async _ask({ path, known }: IQuestion): Promise<readonly PipelineRun[]> {
    const newest = known?.[0];
    if (known && newest?.state === 'running') {
      return [await this.read(path, newest.run), ...known.slice(1)];
    }
    return (await listRuns(this._request, path)).runs;
  }

  private _onListed(): void {
    this._changed.emit();
  }

  private _onRuns(): void {
    this._changed.emit();
    clearTimeout(this._timer);
    const path = this.current?.path ?? '';
    const known = this._knownRuns();
    const isGoingOn = known?.[0]?.state === 'running' || this.activeJob(path) !== null;
    if (this._isWatched && this.runs.kind !== 'loading' && isGoingOn) {
      const pause = this._options.pauseMs ?? PAUSE_MS;
      this._timer = setTimeout(() => void this._readRuns(known), pause);
    }
  }

  private _onJob(_: IJobsModel, job: Job): void {
    if (job.kind === RUN_JOB && job.key === this.current?.path && this._isWatched) {
      void this._readRuns(isActive(job) ? this._knownRuns() : null);
    }
  }

  private readonly _list: LatestAnswer<null, readonly PipelineEntry[]>;
  private readonly _report: LatestAnswer<string, PipelineReport>;
  private readonly _runs: LatestAnswer<IQuestion, readonly PipelineRun[]>;
  private _path: string | null;
  private _shown: string | null = null;
  private _isWatched = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _changed = new Signal<this, void>(this);
}

function draftBody({
  names,
  path,
  order,
  image
}: IDraftChoice): Parameters<typeof draftPipeline>[1] {
  const place = path.trim() || null;
  const given = { names: [...names], path: place, order, image: image.trim() };
  return { ...given, steps: null, force: false };
}
