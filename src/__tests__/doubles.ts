import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { vi } from 'vitest';
import type { IRequest, Request } from '../api/request';
import { ApiError } from '../api/request';
import type {
  Dependencies,
  DependencyRow,
  EditOutcome,
  Advisory,
  IActiveNotebook,
  IAuditModel,
  IAuditReport,
  ICellMark,
  IDependenciesModel,
  IJobsModel,
  ILockModel,
  ILockReview,
  INotebookDocument,
  IPreferences,
  IProblem,
  IServerStatus,
  Job,
  JobLog,
  LockOptions,
  LockOutcome,
  LockResult,
  MetadataValues,
  NotebookEdit,
  NotebookSnapshot,
  NotebookStatus,
  RequirementsChange,
  Targets
} from '../tokens';

/** Wait until a check passes, for as long as a busy machine may take. */
export function eventually<T>(check: () => T): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000, interval: 5 });
}

/** The translator that leaves English as it is. */
export const trans = nullTranslator.load('aidevsecops');

/** A job that runs, with these differences. */
export function makeJob(change: Partial<Job> = {}): Job {
  return {
    job_id: 'job-1',
    url: '/aidevsecops-ext/jobs/job-1',
    kind: 'lock',
    key: 'work/train.ipynb',
    title: 'Lock train.ipynb',
    state: 'running',
    created_at: 1000,
    started_at: 1001,
    ended_at: null,
    progress: null,
    result: null,
    error: null,
    ...change
  };
}

/** The result of a lock that writes one key, with these differences. */
export function makeLockResult(change: Partial<LockResult> = {}): LockResult {
  return {
    notebook: 'work/train.ipynb',
    engine: 'uv',
    packages: 12,
    hash: 'abc',
    changed: {
      added: [{ name: 'numpy', version: '2.3.4' }],
      removed: [],
      updated: []
    },
    seconds: 1.5,
    target: { python_version: '3.11', platform: null, universal: false, description: '' },
    edit: { metadata: { requirements_lock: '{"default":{}}' } },
    base: { requirements_lock: null },
    ...change
  };
}

/** An advisory that is known against a version, with these differences. */
export function makeAdvisory(change: Partial<Advisory> = {}): Advisory {
  return {
    id: 'GHSA-1',
    severity: 'critical',
    fixed: ['1.1'],
    aliases: [],
    summary: 'holey has a hole',
    url: 'https://advisories.example/GHSA-1',
    ...change
  };
}

/** What an audit says of a lock that nothing is known against, with these differences. */
export function makeReport(change: Partial<IAuditReport> = {}): IAuditReport {
  return {
    vulnerable: [],
    checkedCount: 12,
    unchecked: [],
    unasked: [],
    ignored: [],
    expired: [],
    endedAt: 1009,
    ...change
  };
}

/** A problem in the server's words. */
export function makeProblem(change: Partial<IProblem> = {}): IProblem {
  return {
    code: 'lock.unsatisfiable',
    message: 'The requirements contradict each other.',
    hint: 'Loosen one of them.',
    details: {},
    ...change
  };
}

/** A requirement that was found by an import, with these differences. */
export function makeRow(change: Partial<DependencyRow> = {}): DependencyRow {
  return {
    name: 'pandas',
    specifier: '',
    extras: [],
    markers: '',
    index: null,
    dev: false,
    source: 'import',
    imports: ['pandas'],
    cells: [0],
    optional: false,
    declared: false,
    locked_version: null,
    ...change
  };
}

/** The dependencies of a notebook that is not locked, with these differences. */
export function makeDependencies(change: Partial<Dependencies> = {}): Dependencies {
  return {
    notebook: 'work/train.ipynb',
    status: 'unlocked',
    details: [],
    engine: null,
    python_version: '3.11',
    indexes: [],
    requirements: [makeRow()],
    unresolved: [],
    local: [],
    problems: [],
    lock: null,
    ...change
  };
}

/** What one route answers: a value, or a function of the request. */
type Answer = unknown | ((request: IRequest) => unknown);

/** Stands for the server: answers by method and path, and remembers what it was asked. */
export class FakeServer {
  /** What was asked, oldest first. */
  readonly asked: { route: string; request: IRequest }[] = [];

  /** Let a route such as `GET jobs` answer from now on. */
  on(route: string, answer: Answer): this {
    this._answers.set(route, answer);
    return this;
  }

  /** How often a route was asked. */
  count(route: string): number {
    return this.asked.filter(one => one.route === route).length;
  }

  /** The body that a route was asked with last. */
  body<T>(route: string): T {
    const found = this.asked.filter(one => one.route === route).pop();
    return found?.request.body as T;
  }

  /** The function that the models call. */
  readonly request: Request = async <T>(
    path: string,
    request: IRequest = {}
  ): Promise<T> => {
    const route = `${request.method ?? 'GET'} ${path}`;
    this.asked.push({ route, request });
    if (!this._answers.has(route)) {
      throw new ApiError(makeProblem({ code: 'server.missing', message: route }), 404);
    }
    const answer = this._answers.get(route);
    return (await (typeof answer === 'function' ? answer(request) : answer)) as T;
  };

  private readonly _answers = new Map<string, Answer>();
}

/** An open notebook without a panel. */
export class FakeDocument implements INotebookDocument {
  constructor(
    public path = 'work/train.ipynb',
    public metadata: MetadataValues = {},
    readonly id = `id-${path}`
  ) {}

  cells: string[] = ['import pandas'];
  isVisible = true;
  isDisposed = false;
  ready = Promise.resolve();
  revealed: number[] = [];
  marks: readonly ICellMark[] = [];
  /** The tags of each cell. */
  tags: string[][] = [];
  readonly contentChanged = new Signal<this, void>(this);
  readonly disposed = new Signal<this, void>(this);

  snapshot(): NotebookSnapshot {
    return { metadata: { ...this.metadata }, cells: [...this.cells] } as NotebookSnapshot;
  }

  value(key: string): unknown {
    return this.metadata[key] ?? null;
  }

  cellIds(): string[] {
    return this.cells.map((_, index) => `cell-${index}`);
  }

  mark(marks: readonly ICellMark[]): void {
    this.marks = marks;
  }

  apply(edit: NotebookEdit, base: MetadataValues): EditOutcome {
    const outcome = this.foresee(edit, base);
    if (outcome === 'applied') {
      edit.cells?.forEach(({ index, source }) => (this.cells[index] = source));
      edit.tags?.forEach(({ index, tags }) => (this.tags[index] = tags));
      this.metadata = { ...this.metadata, ...edit.metadata };
    }
    return outcome;
  }

  foresee(edit: NotebookEdit, base: MetadataValues): EditOutcome {
    const keys = Object.keys(edit.metadata);
    const cells = edit.cells ?? [];
    const tagged = edit.tags ?? [];
    const has = (index: number, tags: string[]): boolean =>
      String(this.tags[index] ?? []) === String(tags);
    if (
      keys.every(key => this.value(key) === edit.metadata[key]) &&
      cells.every(({ index, source }) => this.cells[index] === source) &&
      tagged.every(({ index, tags }) => has(index, tags))
    ) {
      return 'unchanged';
    }
    return keys.every(key => this.value(key) === (base[key] ?? null)) &&
      cells.every(({ index, base: text }) => this.cells[index] === text) &&
      tagged.every(({ index, base: tags }) => has(index, tags))
      ? 'applied'
      : 'refused';
  }

  async reveal(cell: number): Promise<void> {
    this.revealed.push(cell);
  }

  dispose(): void {
    this.isDisposed = true;
    this.disposed.emit();
  }
}

/** Open notebooks that a test puts there. */
export class FakeNotebooks implements IActiveNotebook {
  constructor(...documents: FakeDocument[]) {
    this.documents = documents;
    this.current = documents[0] ?? null;
  }

  documents: FakeDocument[];
  current: FakeDocument | null;
  readonly currentChanged = new Signal<this, INotebookDocument | null>(this);
  readonly documentOpened = new Signal<this, INotebookDocument>(this);

  find(where: { path?: string; panel_id?: string }): INotebookDocument | null {
    const { path, panel_id: id } = where;
    if (path === undefined && id === undefined) {
      return this.current;
    }
    const found = this.documents.find(one =>
      id === undefined ? one.path === path : one.id === id
    );
    return found ?? null;
  }

  /** Make a notebook the current one, opening it where it is not open. */
  activate(document: FakeDocument | null): void {
    if (document && !this.documents.includes(document)) {
      this.documents.push(document);
      this.documentOpened.emit(document);
    }
    this.current = document;
    this.currentChanged.emit(document);
  }
}

/** Jobs that change when a test says so. */
export class FakeJobs implements IJobsModel {
  constructor(...jobs: Job[]) {
    this.jobs = jobs;
  }

  jobs: Job[];
  isReady = true;
  problem: IProblem | null = null;
  /** The jobs with their results, where lists have them without. */
  results = new Map<string, Job>();
  cancelled: string[] = [];
  clearCount = 0;
  refreshCount = 0;
  log: JobLog[] = [];
  offsets: number[] = [];
  readonly jobsChanged = new Signal<this, void>(this);
  readonly jobChanged = new Signal<this, Job>(this);

  get active(): Job[] {
    return this.jobs.filter(job =>
      ['queued', 'running', 'cancelling'].includes(job.state)
    );
  }

  get(jobId: string): Job | undefined {
    return this.jobs.find(job => job.job_id === jobId);
  }

  track(job: Job): void {
    this.jobs = [job, ...this.jobs.filter(one => one.job_id !== job.job_id)];
    this.jobsChanged.emit();
    this.jobChanged.emit(job);
  }

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }

  ended(jobId: string): Promise<Job> {
    const known = this.get(jobId);
    if (known && !this.active.includes(known)) {
      return Promise.resolve(known);
    }
    return new Promise(resolve => {
      this.jobChanged.connect((_, job) => {
        if (job.job_id === jobId && !this.active.includes(job)) {
          resolve(job);
        }
      });
    });
  }

  async read(jobId: string): Promise<Job> {
    const job = this.results.get(jobId) ?? this.get(jobId);
    if (!job) {
      throw new ApiError(makeProblem({ code: 'job.not-found', message: 'No job.' }), 404);
    }
    return job;
  }

  async cancel(jobId: string): Promise<void> {
    this.cancelled.push(jobId);
  }

  async clear(): Promise<void> {
    this.clearCount += 1;
  }

  async readLog(_jobId: string, offset: number): Promise<JobLog> {
    this.offsets.push(offset);
    const log = this.log.shift();
    if (!log) {
      throw new ApiError(makeProblem({ code: 'job.not-found', message: 'No job.' }), 404);
    }
    return log;
  }
}

/** Locks that come to what a test says. */
export class FakeLocks implements ILockModel {
  readonly finished = new Signal<this, LockOutcome>(this);
  readonly attended = new Signal<this, INotebookDocument>(this);
  job: Job | null = null;
  isAsking = false;
  asked: LockOptions[] = [];
  applied: string[] = [];
  /** What the next locks come to, in order. */
  outcomes: (LockOutcome | Error)[] = [];

  isAttended(): boolean {
    return this.isAsking;
  }

  attend(
    _document: INotebookDocument,
    work: () => Promise<LockOutcome | null>
  ): Promise<LockOutcome | null> {
    return work();
  }

  activeJob(path: string): Job | null {
    return this.job?.key === path ? this.job : null;
  }

  async lock(_document: INotebookDocument, options: LockOptions): Promise<LockOutcome> {
    this.asked.push(options);
    return this._next();
  }

  async apply(jobId: string): Promise<LockOutcome> {
    this.applied.push(jobId);
    return this._next();
  }

  private _next(): LockOutcome {
    const outcome = this.outcomes.shift();
    if (outcome instanceof Error || !outcome) {
      throw outcome ?? new Error('no outcome prepared');
    }
    return outcome;
  }
}

/** Audits that say what a test puts there. */
export class FakeAudits implements IAuditModel {
  readonly reportChanged = new Signal<this, INotebookDocument>(this);
  job: Job | null = null;
  current: IAuditReport | null = null;
  audited: INotebookDocument[] = [];
  /** What the next audits end as, in order. */
  ends: (Job | Error)[] = [];

  activeJob(path: string): Job | null {
    return this.job?.key === path ? this.job : null;
  }

  report(): IAuditReport | null {
    return this.current;
  }

  async audit(document: INotebookDocument): Promise<Job> {
    this.audited.push(document);
    const end = this.ends.shift();
    if (end instanceof Error || !end) {
      throw end ?? new Error('no end prepared');
    }
    return end;
  }
}

/** Dependencies that a test puts there. */
export class FakeDependencies implements IDependenciesModel {
  readonly stateChanged = new Signal<this, INotebookDocument>(this);
  current: ReturnType<IDependenciesModel['state']> = {
    kind: 'ready',
    dependencies: makeDependencies()
  };
  word: NotebookStatus = 'unlocked';
  refreshed: INotebookDocument[] = [];
  changes: RequirementsChange[] = [];
  editOutcome: EditOutcome | Error = 'applied';

  state(): ReturnType<IDependenciesModel['state']> {
    return this.current;
  }

  status(): NotebookStatus {
    return this.word;
  }

  async refresh(document: INotebookDocument): Promise<void> {
    this.refreshed.push(document);
  }

  async edit(
    _document: INotebookDocument,
    change: RequirementsChange
  ): Promise<EditOutcome> {
    this.changes.push(change);
    if (this.editOutcome instanceof Error) {
      throw this.editOutcome;
    }
    return this.editOutcome;
  }

  async targets(): Promise<Targets> {
    return { path: null, environments: [], problems: [] };
  }
}

/** A server that answers, unless a test says otherwise. */
export class FakeServerStatus implements IServerStatus {
  health: IServerStatus['health'] = {
    version: '1',
    engines: [
      { name: 'uv', available: true, hint: '' },
      { name: 'thoth', available: false, hint: 'Install the extra thoth.' }
    ],
    default_engine: 'uv',
    default_target: {
      python_version: '3.11',
      platform: null,
      universal: false,
      description: 'Python 3.11 on Linux x86-64'
    },
    extras: {}
  };
  problem: IProblem | null = null;
  refreshCount = 0;
  readonly changed = new Signal<this, void>(this);

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }
}

/** Settings as they are after installation. */
export class FakePreferences implements IPreferences {
  engine = '';
  target = {};
  sidebarSide: 'left' | 'right' = 'right';
  confirmLock = false;
  warnKernel = true;
  reviewLock: IPreferences['reviewLock'] = 'changes';
  compareAdvisories = true;
  notify: IPreferences['notify'] = 'all';
  readonly changed = new Signal<this, void>(this);
}

/** A user who agrees to every new lock, unless a test says otherwise. */
export class FakeReview implements ILockReview {
  isWanted = false;
  answer: boolean | Promise<boolean> = true;
  asked: LockResult[] = [];

  isNeeded(): boolean {
    return this.isWanted;
  }

  async ask(
    _document: INotebookDocument,
    _job: Job,
    result: LockResult
  ): Promise<boolean> {
    this.asked.push(result);
    return this.answer;
  }
}

/** A registry whose commands only remember how they were called. */
export function recordingCommands(ids: readonly string[]): {
  commands: CommandRegistry;
  calls: { id: string; args: ReadonlyPartialJSONObject }[];
} {
  const commands = new CommandRegistry();
  const calls: { id: string; args: ReadonlyPartialJSONObject }[] = [];
  for (const id of ids) {
    commands.addCommand(id, {
      execute: args => {
        calls.push({ id, args });
      }
    });
  }
  return { commands, calls };
}
