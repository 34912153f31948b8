import { Signal } from '@lumino/signaling';
import type {
  IKernelChecks,
  IKernelMaker,
  IKernelsModel,
  INotebookKernels,
  IRunningKernel,
  KernelCheck,
  KernelCheckState,
  KernelOptions,
  KernelOutcome,
  KernelRecord,
  KernelRemoval,
  KernelResult,
  KernelsState
} from '../kernelTokens';
import type { INotebookDocument, Job } from '../tokens';
import { makeJob } from './doubles';

/** A kernel that is what its notebook's lock asks for, with these differences. */
export function makeKernel(change: Partial<KernelRecord> = {}): KernelRecord {
  return {
    name: 'train',
    display_name: 'Python (train)',
    python_version: '3.11',
    environment: '0123456789abcdef',
    notebook: 'work/train.ipynb',
    size_bytes: 49_000_000,
    created_at: 1000,
    state: 'ok',
    reason: '',
    shared_with: [],
    ...change
  };
}

/** The result of making a kernel, with these differences. */
export function makeResult(change: Partial<KernelResult> = {}): KernelResult {
  return {
    notebook: 'work/train.ipynb',
    kernel: 'train',
    display_name: 'Python (train)',
    environment: '0123456789abcdef',
    python_version: '3.11',
    packages: 14,
    reused: false,
    dry_run: false,
    seconds: 3.5,
    edit: { metadata: { kernelspec: { name: 'train' } } },
    base: { kernelspec: { name: 'python3' } },
    ...change
  };
}

/** A comparison that found one package to differ, with these differences. */
export function makeCheck(change: Partial<KernelCheck> = {}): KernelCheck {
  return {
    kernel: 'python3',
    display_name: 'Python 3',
    state: 'foreign',
    reason: '',
    python_version: '3.11',
    matches: false,
    differences: [{ name: 'pandas', locked: '2.3.1', installed: '2.2.3' }],
    ...change
  };
}

/** A job that makes a kernel, with these differences. */
export function makeKernelJob(change: Partial<Job> = {}): Job {
  return makeJob({ kind: 'kernel', title: 'Make a kernel for train.ipynb', ...change });
}

/** Kernels that run where a test says. */
export class FakeRunning implements INotebookKernels {
  readonly changed = new Signal<this, INotebookDocument>(this);
  readonly kernels = new Map<INotebookDocument, IRunningKernel>();
  used: [INotebookDocument, string][] = [];
  offerCount = 0;
  failure: Error | null = null;

  current(document: INotebookDocument): IRunningKernel | null {
    return this.kernels.get(document) ?? null;
  }

  running(name: string): INotebookDocument[] {
    return [...this.kernels].filter(([, one]) => one.name === name).map(([one]) => one);
  }

  async use(document: INotebookDocument, name: string): Promise<void> {
    this.used.push([document, name]);
    if (this.failure) {
      throw this.failure;
    }
  }

  async refreshOffer(): Promise<void> {
    this.offerCount += 1;
  }

  /** Let a notebook run in a kernel, or in none. */
  start(document: INotebookDocument, name: string | null, id = `id-${name}`): void {
    if (name === null) {
      this.kernels.delete(document);
    } else {
      this.kernels.set(document, { id, name, displayName: `Python (${name})` });
    }
    this.changed.emit(document);
  }
}

/** A list of kernels that a test puts there. */
export class FakeKernels implements IKernelsModel {
  readonly stateChanged = new Signal<this, void>(this);
  readonly removed = new Signal<this, string>(this);
  state: KernelsState = { kind: 'ready', kernels: [] };
  refreshCount = 0;
  deleted: string[] = [];
  failure: Error | null = null;

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }

  async remove(name: string): Promise<KernelRemoval> {
    this.deleted.push(name);
    if (this.failure) {
      throw this.failure;
    }
    this.show({
      kind: 'ready',
      kernels: this.state.kernels.filter(k => k.name !== name)
    });
    return { name, environments: [], freed_bytes: 0, shared_with: [], dry_run: false };
  }

  /** Change the list. */
  show(state: KernelsState): void {
    this.state = state;
    this.stateChanged.emit();
  }
}

/** A maker whose kernels come to what a test says. */
export class FakeMaker implements IKernelMaker {
  readonly finished = new Signal<this, KernelOutcome>(this);
  job: Job | null = null;
  failed: Job | null = null;
  asked: KernelOptions[] = [];
  previewed: KernelOptions[] = [];
  refreshed: string[] = [];
  /** What the next previews come to, in order. */
  previews: (KernelResult | Error)[] = [];
  outcome: KernelOutcome | Error = {
    kind: 'used',
    job: makeKernelJob(),
    result: makeResult()
  };

  activeJob(path: string): Job | null {
    return this.job?.key === path ? this.job : null;
  }

  failure(): Job | null {
    return this.failed;
  }

  async preview(_: INotebookDocument, options: KernelOptions): Promise<KernelResult> {
    this.previewed.push(options);
    const preview = this.previews.shift() ?? makeResult({ dry_run: true });
    if (preview instanceof Error) {
      throw preview;
    }
    return preview;
  }

  async make(_: INotebookDocument, options: KernelOptions): Promise<KernelOutcome> {
    this.asked.push(options);
    return this._end();
  }

  async refresh(name: string): Promise<KernelOutcome> {
    this.refreshed.push(name);
    return this._end();
  }

  private _end(): KernelOutcome {
    if (this.outcome instanceof Error) {
      throw this.outcome;
    }
    return this.outcome;
  }
}

/** Comparisons that a test puts there. */
export class FakeChecks implements IKernelChecks {
  readonly stateChanged = new Signal<this, INotebookDocument>(this);
  current: KernelCheckState = { kind: 'none' };
  isDifferent = false;
  refreshed: INotebookDocument[] = [];

  state(): KernelCheckState {
    return this.current;
  }

  difference(): KernelCheck | null {
    const check = 'check' in this.current ? this.current.check : null;
    return this.isDifferent ? check : null;
  }

  async refresh(document: INotebookDocument): Promise<void> {
    this.refreshed.push(document);
  }

  /** Let the kernel differ from the lock. */
  differ(check: KernelCheck = makeCheck()): void {
    this.current = { kind: 'ready', check };
    this.isDifferent = true;
  }
}
