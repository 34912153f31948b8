import { Signal } from '@lumino/signaling';
import type { AnswerState } from '../environmentTokens';
import type {
  IDraftChoice,
  IEnginesModel,
  IExportFollower,
  IFileChoice,
  ImageRequest,
  IPipelinesModel,
  IRunChoice,
  ISubmissionChoice,
  PipelineDraft,
  PipelineEntry,
  PipelineExport,
  PipelineReport,
  PipelineRun,
  RunComparison,
  RunOutputs,
  Runtime,
  RuntimeImage,
  RuntimeRequest,
  RuntimeTest,
  StepRun
} from '../pipelineTokens';
import { RUN_JOB, SUBMIT_JOB } from '../pipelineTokens';
import type { Job, JobLog } from '../tokens';
import { makeJob } from './doubles';

/** A pipeline of two steps, with these differences. */
export function makeEntry(change: Partial<PipelineEntry> = {}): PipelineEntry {
  return {
    path: 'work/churn.pipeline',
    runtime_type: '',
    nodes: [
      { name: 'load', file: 'load.ipynb', upstream: [], runs_here: true },
      { name: 'train', file: 'train.ipynb', upstream: ['load'], runs_here: true }
    ],
    parameters: [],
    error: null,
    ...change
  };
}

/** A step that succeeded, with these differences. */
export function makeStepRun(change: Partial<StepRun> = {}): StepRun {
  return {
    id: change.name ?? 'load',
    name: 'load',
    file: 'work/load.ipynb',
    upstream: [],
    state: 'succeeded',
    cached: false,
    reason: '',
    where: 'kernel python3',
    started_at: 1000,
    seconds: 2.5,
    cell: 2,
    cell_count: 2,
    notebook: 'work/runs/churn/r1/load.ipynb',
    log: 'work/runs/churn/r1/load.log',
    outputs: [],
    error: null,
    notes: [],
    ran_in: null,
    ...change
  };
}

/** A run of both steps that succeeded, with these differences. */
export function makeRun(change: Partial<PipelineRun> = {}): PipelineRun {
  return {
    run: 'r1',
    pipeline: 'work/churn.pipeline',
    name: 'churn',
    kind: 'local',
    state: 'succeeded',
    folder: 'work/runs/churn/r1',
    steps: [makeStepRun(), makeStepRun({ name: 'train', upstream: ['load'] })],
    started_at: 1000,
    ended_at: 1012,
    seconds: 12.4,
    parameters: {},
    only_changed: false,
    from_step: null,
    error: null,
    notes: [],
    links: {},
    ...change
  } as PipelineRun;
}

/** A job that runs the pipeline, with these differences. */
export function makeRunJob(change: Partial<Job> = {}): Job {
  return makeJob({
    kind: RUN_JOB,
    key: 'work/churn.pipeline',
    title: 'Run churn.pipeline',
    ...change
  });
}

/** A pipeline of one notebook that would be written, with these differences. */
export function makeDraft(change: Partial<PipelineDraft> = {}): PipelineDraft {
  const node = { id: 'n1', name: 'load', kind: 'notebook', file: 'load.ipynb' };
  const next = { id: 'n2', name: 'train', kind: 'notebook', file: 'train.ipynb' };
  return {
    pipeline: {
      path: 'work/churn.pipeline',
      name: 'churn',
      version: 8,
      runtime_type: '',
      default_image: '',
      default_environment: {},
      parameters: [],
      nodes: [
        { ...node, image: 'example.org/load:v1', upstream: [] },
        { ...next, image: '', upstream: ['n1', 'gone'] }
      ]
    },
    file: {
      path: 'work/churn.pipeline',
      state: 'created',
      text: '{}',
      diff: '+{}'
    },
    revision: 'rev',
    notes: ['train has no lock'],
    ...change
  } as PipelineDraft;
}

/** A configuration of Kubeflow Pipelines, with these differences. */
export function makeRuntime(change: Partial<Runtime> = {}): Runtime {
  return {
    name: 'my_kfp',
    display_name: 'My KFP',
    kind: 'kfp',
    description: '',
    api_endpoint: 'https://kfp.example.org/pipeline',
    public_endpoint: 'https://kfp.example.org/pipeline',
    storage_endpoint: 'https://minio.example.org',
    storage_bucket: 'runs',
    storage_access: 'USER_CREDENTIALS',
    repository: null,
    branch: null,
    keys_in_clear: true,
    ...change
  };
}

/** A registered image, with these differences. */
export function makeImage(change: Partial<RuntimeImage> = {}): RuntimeImage {
  return {
    name: 'train',
    display_name: 'train',
    image: 'registry.example.org/team/train:v1',
    description: 'Overlay overlays/train',
    tags: [],
    pull_policy: null,
    pull_secret: null,
    ...change
  };
}

/** What was found in the pipeline: nothing, with these differences. */
export function makePipelineReport(change: Partial<PipelineReport> = {}): PipelineReport {
  const found = { name: 'churn', version: 8, valid: true, findings: [] };
  return { path: 'work/churn.pipeline', ...found, ...change };
}

/** What an engine reads, with these differences. */
export function makeExport(change: Partial<PipelineExport> = {}): PipelineExport {
  return {
    path: 'work/churn.yaml',
    state: 'created',
    text: 'kind: Workflow\n',
    revision: null,
    has_keys: false,
    issues: [],
    ...change
  };
}

/** Engines that are as a test says. */
export class FakeEngines implements IEnginesModel {
  runtimes: IEnginesModel['runtimes'] = { kind: 'ready', answer: [makeRuntime()] };
  images: IEnginesModel['images'] = { kind: 'ready', answer: [makeImage()] };
  answered: AnswerState<RuntimeTest> = { kind: 'idle' };
  problem: Error | null = null;
  exported = async (): Promise<PipelineExport> => makeExport();
  follower: IExportFollower | null = null;
  readonly changed = new Signal<this, void>(this);
  readonly calls: unknown[][] = [];

  async readRuntimes(): Promise<void> {
    this.calls.push(['readRuntimes']);
  }

  async findRuntimes(): Promise<readonly Runtime[]> {
    return ('answer' in this.runtimes ? this.runtimes.answer : null) ?? [];
  }

  async readImages(): Promise<void> {
    this.calls.push(['readImages']);
  }

  async add(wanted: RuntimeRequest): Promise<Runtime> {
    this.calls.push(['add', wanted]);
    if (this.problem) {
      throw this.problem;
    }
    const added = makeRuntime({ name: wanted.name, kind: wanted.kind });
    this.runtimes = { kind: 'ready', answer: [added] };
    return added;
  }

  tested(): AnswerState<RuntimeTest> {
    return this.answered;
  }

  async test(name: string): Promise<void> {
    this.calls.push(['test', name]);
  }

  async register(wanted: ImageRequest): Promise<RuntimeImage> {
    this.calls.push(['register', wanted]);
    if (this.problem) {
      throw this.problem;
    }
    return makeImage();
  }

  async overlays(): Promise<string[]> {
    return ['overlays/load', 'overlays/train'];
  }

  export(
    path: string,
    choice: IFileChoice,
    follower: IExportFollower
  ): Promise<PipelineExport> {
    this.calls.push(['export', path, choice]);
    this.follower = follower;
    return this.exported();
  }

  async write(file: PipelineExport): Promise<void> {
    this.calls.push(['write', file.path]);
  }
}

/** Pipelines that are as a test says. */
export class FakePipelines implements IPipelinesModel {
  list: IPipelinesModel['list'] = { kind: 'ready', answer: [makeEntry()] };
  current: PipelineEntry | null = makeEntry();
  runs: IPipelinesModel['runs'] = { kind: 'ready', answer: [] };
  shown: PipelineRun | null = null;
  job: Job | null = null;
  failed: Job | null = null;
  log: JobLog = { lines: ['a line'], next_offset: 7, complete: true };
  comparison: RunComparison | null = null;
  report: IPipelinesModel['report'] = { kind: 'idle' };
  drafted: PipelineDraft = makeDraft();
  submitting: Job | null = null;
  last: IRunChoice | null = null;
  validated: PipelineReport = makePipelineReport();
  stored: RunOutputs = { run: 'r1', url: null, files: [] };
  readonly engines = new FakeEngines();
  readonly changed = new Signal<this, void>(this);
  readonly calls: unknown[][] = [];

  /** Let there be these runs, and look at the newest. */
  have(...runs: PipelineRun[]): this {
    this.runs = { kind: 'ready', answer: runs };
    this.shown = runs[0] ?? null;
    return this;
  }

  watch(isWatched: boolean): void {
    this.calls.push(['watch', isWatched]);
  }

  async refresh(): Promise<void> {
    this.calls.push(['refresh']);
  }

  choose(path: string): void {
    this.calls.push(['choose', path]);
  }

  show(run: string | null): void {
    this.calls.push(['show', run]);
  }

  async find(path: string): Promise<PipelineEntry | null> {
    return this.current?.path === path ? this.current : null;
  }

  activeJob(): Job | null {
    return this.job;
  }

  submission(): Job | null {
    return this.submitting;
  }

  failure(): Job | null {
    return this.failed;
  }

  lastChoice(): IRunChoice | null {
    return this.last;
  }

  async run(path: string, choice: IRunChoice): Promise<Job> {
    this.calls.push(['run', path, choice]);
    return makeRunJob();
  }

  async submit(path: string, choice: ISubmissionChoice): Promise<Job> {
    this.calls.push(['submit', path, choice]);
    return makeRunJob({ kind: SUBMIT_JOB });
  }

  async retry(path: string, run: string): Promise<void> {
    this.calls.push(['retry', path, run]);
  }

  async outputs(path: string, run: string): Promise<RunOutputs> {
    this.calls.push(['outputs', path, run]);
    return this.stored;
  }

  async validate(path: string, isByElyra: boolean): Promise<PipelineReport> {
    this.calls.push(['validate', path, isByElyra]);
    return this.validated;
  }

  async cancel(path: string, run: string): Promise<void> {
    this.calls.push(['cancel', path, run]);
  }

  async read(): Promise<PipelineRun> {
    if (!this.shown) {
      throw new Error('There is no such run.');
    }
    return this.shown;
  }

  async compare(path: string, before: string, after: string): Promise<RunComparison> {
    this.calls.push(['compare', path, before, after]);
    return this.comparison as RunComparison;
  }

  async check(path: string, isByElyra = false): Promise<void> {
    this.calls.push(isByElyra ? ['check', path, true] : ['check', path]);
  }

  forgetReport(): void {
    this.calls.push(['forgetReport']);
  }

  async draft(choice: IDraftChoice): Promise<PipelineDraft> {
    this.calls.push(['draft', choice]);
    return this.drafted;
  }

  async create(choice: IDraftChoice, revision: string | null): Promise<PipelineDraft> {
    this.calls.push(['create', choice, revision]);
    return this.drafted;
  }

  async previewImport(path: string): Promise<PipelineDraft> {
    this.calls.push(['previewImport', path]);
    return this.drafted;
  }

  async import(path: string, revision: string | null): Promise<PipelineDraft> {
    this.calls.push(['import', path, revision]);
    return this.drafted;
  }

  async readLog(): Promise<JobLog> {
    return this.log;
  }
}
