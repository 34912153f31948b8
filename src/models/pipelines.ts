import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { listRunOutputs, retryRun, submitPipeline } from '../api/engines';
import {
  cancelRun,
  compareRuns,
  createPipeline,
  draftPipeline,
  getRun,
  getStepLog,
  importPipeline,
  listPipelines,
  runPipeline,
  validatePipeline
} from '../api/pipelines';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type {
  IDraftChoice,
  IPipelinesModel,
  IRunChoice,
  ISubmissionChoice,
  PipelineDraft,
  PipelineEntry,
  PipelineReport,
  PipelineRun,
  RunComparison,
  RunOutputs
} from '../pipelineTokens';
import { RUN_JOB, SUBMIT_JOB } from '../pipelineTokens';
import type { IJobsModel, Job, JobLog } from '../tokens';
import { EnginesModel } from './engines';
import { FollowedRuns } from './followedRuns';
import { isActive } from './jobStates';
import { LatestAnswer } from './latestAnswer';
import type { PendingStorage } from './pendingJobs';
import type { ProjectFiles } from './projectFiles';

/** Under which the pipeline that is looked at outlives a reload of the page. */
const STORAGE_KEY = 'aidevsecops:pipeline';

/** Where and how fast things are kept and asked for. */
interface IPipelinesOptions {
  /** Where the pipeline that is looked at outlives a reload. */
  storage: PendingStorage;
  /** Reads and writes files of the project. */
  files: ProjectFiles;
  /** How long to wait before a run that goes on is read again, in milliseconds. */
  pauseMs?: number;
  /** The same for a run elsewhere. */
  remotePauseMs?: number;
}

/** A check that somebody has asked for. */
interface ICheck {
  path: string;
  isByElyra: boolean;
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
    this._runs = new FollowedRuns(_request, {
      ..._options,
      isStarting: path => this.activeJob(path) !== null
    });
    this._runs.changed.connect(this._onListed, this);
    this._report = new LatestAnswer(
      ({ path, isByElyra }) => this.validate(path, isByElyra),
      0
    );
    this.engines = new EnginesModel(_request, _jobs, _options.files);
    this._report.changed.connect(this._onListed, this);
    _jobs.jobChanged.connect(this._onJob, this);
  }

  /** Where pipelines run elsewhere. */
  readonly engines: EnginesModel;

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
    const runs = this._runs.known ?? [];
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
      this._runs.watch(isWatched);
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
    const job = this._job(path, RUN_JOB);
    return job && isActive(job) ? job : null;
  }

  /** The job that hands a pipeline to an engine now. */
  submission(path: string): Job | null {
    const job = this._job(path, SUBMIT_JOB);
    return job && isActive(job) ? job : null;
  }

  /** The last job, if it failed before there was a run. */
  failure(path: string): Job | null {
    const job = this._job(path, RUN_JOB, SUBMIT_JOB);
    const isFailed = job?.state === 'failed' && job.error && !job.error.details['run'];
    return isFailed ? job : null;
  }

  /** How it was last run from this page. */
  lastChoice(path: string): IRunChoice | null {
    return this._choices.get(path) ?? null;
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
      trust_indexes: [...choice.trusted],
      idempotency_key: UUID.uuid4()
    });
    this._choices.set(path, choice);
    this.choose(path);
    this._jobs.track(job);
    return job;
  }

  /** Have a pipeline run elsewhere. */
  async submit(path: string, choice: ISubmissionChoice): Promise<Job> {
    const job = await submitPipeline(this._request, {
      path,
      runtime: choice.runtime,
      parameters: choice.parameters,
      secret: choice.secret.trim() || null,
      idempotency_key: UUID.uuid4()
    });
    this.choose(path);
    this._jobs.track(job);
    return job;
  }

  /** Run again what failed elsewhere. */
  async retry(path: string, run: string): Promise<void> {
    await retryRun(this._request, { path, run });
    await this._readRuns();
  }

  /** What a run elsewhere has stored. */
  outputs(path: string, run: string): Promise<RunOutputs> {
    return listRunOutputs(this._request, { path, run });
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
  validate(path: string, isByElyra: boolean): Promise<PipelineReport> {
    return validatePipeline(this._request, { path, elyra: isByElyra });
  }

  /** Find that out for whoever looks. */
  check(path: string, isByElyra = false): Promise<void> {
    return this._report.askNow({ path, isByElyra });
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

  private _job(path: string, ...kinds: readonly string[]): Job | null {
    const isOurs = ({ kind, key }: Job): boolean => kinds.includes(kind) && key === path;
    return this._jobs.jobs.find(isOurs) ?? null;
  }

  /** Read the runs of the pipeline that is looked at. */
  private async _readRuns(known: readonly PipelineRun[] | null = null): Promise<void> {
    const path = this.current?.path;
    if (path === undefined) {
      this._runs.forget();
      return;
    }
    await this._runs.read(path, known);
  }

  private _onListed(): void {
    this._changed.emit();
  }

  private _onJob(_: IJobsModel, job: Job): void {
    const isOurs = job.kind === RUN_JOB || job.kind === SUBMIT_JOB;
    if (isOurs && job.key === this.current?.path && this._isWatched) {
      void this._readRuns(isActive(job) ? this._runs.known : null);
    }
  }

  private readonly _list: LatestAnswer<null, readonly PipelineEntry[]>;
  private readonly _report: LatestAnswer<ICheck, PipelineReport>;
  private readonly _runs: FollowedRuns;
  private readonly _choices = new Map<string, IRunChoice>();
  private _path: string | null;
  private _shown: string | null = null;
  private _isWatched = false;
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
