import { Signal } from '@lumino/signaling';
import type { AnswerState } from '../environmentTokens';
import { runsOf } from '../models/cut';
import type {
  Comparison,
  IOverlayChoice,
  IOverlaysModel,
  ISplitOptions,
  ISplitSession,
  ISplitsModel,
  IStepsModel,
  OverlayResult,
  OverlaysState,
  OverlaySummary,
  SplitCell,
  SplitOutcome,
  SplitPreview,
  SplitResult,
  SplitStep,
  Verification
} from '../splitTokens';
import type { INotebookDocument, IProblem, Job, NotebookSnapshot } from '../tokens';
import { FakeDocument, makeJob } from './doubles';

/** A cell of a preview by a word: the step it is in, `-` for none; `#` before it is markdown. */
export function makeCells(...words: string[]): SplitCell[] {
  return words.map((word, index) => {
    const isMarkdown = word.startsWith('#');
    const step = word.replace(/^#/, '');
    return {
      index,
      kind: isMarkdown ? 'markdown' : 'code',
      step: step === '-' ? null : step,
      role: isMarkdown ? 'markdown' : step === '-' ? 'imports' : 'source',
      first_line: isMarkdown ? `## About ${step}` : `line ${index}`
    };
  });
}

/** A step, with these differences. */
export function makeStep(change: Partial<SplitStep> = {}): SplitStep {
  const { name = 'load' } = change;
  return {
    name,
    title: name,
    notebook: `work/train-${name}.ipynb`,
    cells: [],
    inputs: [],
    outputs: [],
    reads: [],
    writes: [],
    definitions: [],
    repeated: [],
    upstream: [],
    requirements: [],
    optional: [],
    files: { reads: [], writes: [] },
    imports: [],
    settings: [],
    generators: [],
    local: [],
    overlay: null,
    state: 'new',
    ...change
  };
}

/** The preview of a notebook whose cells are in these steps, with these differences. */
export function makePreview(
  cells: SplitCell[] = makeCells('load', '#train', 'train', 'train'),
  change: Partial<SplitPreview> = {}
): SplitPreview {
  const names = [...new Set(cells.map(({ step }) => step))].filter(step => step !== null);
  const steps = names.map(name =>
    makeStep({
      name,
      cells: cells.filter(({ step }) => step === name).map(({ index }) => index)
    })
  );
  return {
    notebook: 'work/train.ipynb',
    by: 'heading',
    level: 2,
    levels: [
      { level: 1, count: 1 },
      { level: 2, count: 2 }
    ],
    out: 'work',
    digest: 'digest-1',
    steps,
    edges: steps.slice(1).map(({ name }, index) => ({
      source: steps[index].name,
      target: name,
      names: ['frame'],
      reasons: [`${name} reads frame, which ${steps[index].name} writes.`]
    })),
    cells,
    warnings: [],
    files: steps.map(({ name, notebook }) => ({
      path: notebook,
      kind: 'notebook',
      step: name,
      state: 'new',
      diff: null
    })),
    edit: { metadata: {} },
    can_apply: true,
    verified: null,
    ...change
  };
}

/** What a split has done, with these differences. */
export function makeSplitResult(change: Partial<SplitResult> = {}): SplitResult {
  return {
    notebook: 'work/train.ipynb',
    written: ['work/train-load.ipynb', 'work/train-train.ipynb'],
    unchanged: [],
    overlays: [],
    warnings: [],
    notes: [],
    edit: { metadata: {} },
    verification: null,
    verified: null,
    seconds: 1,
    ...change
  };
}

/** One thing that is the same, with these differences. */
export function makeComparison(change: Partial<Comparison> = {}): Comparison {
  return {
    name: 'frame',
    step: 'load',
    cell: null,
    outcome: 'same',
    message: '',
    ...change
  };
}

/** What a verification found, with these differences. */
export function makeVerification(change: Partial<Verification> = {}): Verification {
  return {
    notebook: 'work/train.ipynb',
    verified: true,
    differences: 0,
    cells: [],
    variables: [makeComparison()],
    files: [],
    seconds: 2,
    ...change
  };
}

/** An overlay, with these differences. */
export function makeOverlay(change: Partial<OverlaySummary> = {}): OverlaySummary {
  return {
    name: 'train-load',
    folder: 'overlays/train-load',
    status: 'fresh',
    packages: 12,
    python_version: '3.11',
    notebook: 'work/train.ipynb',
    step: 'load',
    ...change
  };
}

/** A job that splits, with these differences. */
export function makeSplitJob(change: Partial<Job> = {}): Job {
  return makeJob({ kind: 'split', title: 'Split train.ipynb', ...change });
}

/** An open notebook whose cells have a kind and ids of their own. */
export class SplitDocument extends FakeDocument {
  /** The cells: `#` before the id is markdown. */
  ids: string[] = ['a', '#b', 'c', 'd'];

  override cellIds(): string[] {
    return [...this.ids];
  }

  override snapshot(withPictures = false): NotebookSnapshot {
    return {
      metadata: { ...this.metadata },
      cells: this.ids.map((id, index) => ({
        cell_type: id.startsWith('#') ? 'markdown' : 'code',
        source: this.cells[index] ?? '',
        metadata: { tags: this.tags[index] ?? [] },
        ...(withPictures ? { attachments: {} } : {})
      }))
    } as unknown as NotebookSnapshot;
  }
}

/** A preview that shows what a test puts there, and remembers what it was asked to do. */
export class FakeSession implements ISplitSession {
  constructor(readonly document: INotebookDocument) {
    this.show(makePreview());
  }

  state: ISplitSession['state'] = { kind: 'idle' };
  preview: SplitPreview | null = null;
  isBehind = false;
  ids: string[] = [];
  by: ISplitSession['by'] = 'auto';
  runs: ISplitSession['runs'] = [];
  options: ISplitOptions = {
    out: null,
    overlays: true,
    module: false,
    prune: false,
    verify: false,
    force: false
  };
  selected: string | null = null;
  canUndo = false;
  canRedo = false;
  problem: IProblem | null = null;
  /** What was done, as the name of a method and its arguments. */
  calls: unknown[][] = [];
  /** What the next names come to. */
  renaming: IProblem | null = null;
  readonly changed = new Signal<this, void>(this);

  /** Let another preview be the one that is there. */
  show(preview: SplitPreview): void {
    this.state = { kind: 'ready', answer: preview };
    this.preview = preview;
    this.ids = preview.cells.map(({ index }) => `cell-${index}`);
    this.runs = runsOf(preview.cells);
    this.changed.emit();
  }

  async settled(): Promise<void> {
    return undefined;
  }

  rename(step: string, name: string): IProblem | null {
    this.calls.push(['rename', step, name]);
    return this.renaming;
  }

  readonly cut = this._recorder('cut');
  readonly moveBoundary = this._recorder('moveBoundary');
  readonly shiftBoundary = this._recorder('shiftBoundary');
  readonly merge = this._recorder('merge');
  readonly splitAt = this._recorder('splitAt');
  readonly undo = this._recorder('undo');
  readonly redo = this._recorder('redo');
  readonly choose = this._recorder('choose');
  readonly select = this._recorder('select');
  readonly refresh = this._recorder('refresh');
  readonly report = this._recorder('report');

  private _recorder(name: string): (...args: unknown[]) => void {
    return (...args) => void this.calls.push([name, ...args]);
  }
}

/** Splits that come to what a test says. */
export class FakeSplits implements ISplitsModel {
  readonly sessionsChanged = new Signal<this, INotebookDocument>(this);
  readonly finished = new Signal<this, SplitOutcome>(this);
  sessions = new Map<INotebookDocument, FakeSession>();
  job: Job | null = null;
  failed: Job | null = null;
  /** The indexes that each split was applied with. */
  applied: (readonly string[])[] = [];
  verified: INotebookDocument[] = [];
  /** What the next splits and verifications come to, in order. */
  outcomes: (SplitOutcome | Error | null)[] = [];
  found: Verification | null = null;

  session(document: INotebookDocument): FakeSession | null {
    return this.sessions.get(document) ?? null;
  }

  begin(document: INotebookDocument): FakeSession {
    const session = new FakeSession(document);
    this.sessions.set(document, session);
    return session;
  }

  end(document: INotebookDocument): void {
    this.sessions.delete(document);
  }

  activeJob(): Job | null {
    return this.job;
  }

  failure(): Job | null {
    return this.failed;
  }

  async apply(
    _document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<SplitOutcome | null> {
    this.applied.push(trusted);
    return this._next();
  }

  async verify(document: INotebookDocument): Promise<SplitOutcome> {
    this.verified.push(document);
    return this._next() as SplitOutcome;
  }

  async verification(): Promise<Verification | null> {
    return this.found;
  }

  async standing(): Promise<Verification | null> {
    return this.found;
  }

  async reportPage(): Promise<string | null> {
    return null;
  }

  private _next(): SplitOutcome | null {
    const outcome = this.outcomes.shift();
    if (outcome instanceof Error || outcome === undefined) {
      throw outcome ?? new Error('no outcome prepared');
    }
    return outcome;
  }
}

/** Steps that a test puts there. */
export class FakeSteps implements IStepsModel {
  current: AnswerState<SplitPreview> = { kind: 'idle' };
  found: Verification | null = null;
  readonly stateChanged = new Signal<this, INotebookDocument>(this);

  state(): AnswerState<SplitPreview> {
    return this.current;
  }

  verification(): Verification | null {
    return this.found;
  }
}

/** Overlays that a test puts there. */
export class FakeOverlays implements IOverlaysModel {
  state: OverlaysState = { kind: 'idle' };
  refreshCount = 0;
  checkCount = 0;
  /** What was asked for, and whether it was to be written. */
  asked: (IOverlayChoice & { isDry: boolean })[] = [];
  /** What the next requests come to, in order; the last one stays. */
  results: (OverlayResult | Error)[] = [];
  readonly stateChanged = new Signal<this, void>(this);

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }

  async check(): Promise<void> {
    this.checkCount += 1;
  }

  async preview(_: INotebookDocument, choice: IOverlayChoice): Promise<OverlayResult> {
    this.asked.push({ ...choice, isDry: true });
    return this._next();
  }

  async extract(_: INotebookDocument, choice: IOverlayChoice): Promise<OverlayResult> {
    this.asked.push({ ...choice, isDry: false });
    return this._next();
  }

  private _next(): OverlayResult {
    const result = this.results.length > 1 ? this.results.shift() : this.results[0];
    if (result instanceof Error || !result) {
      throw result ?? new Error('no result prepared');
    }
    return result;
  }
}

/** What extracting an overlay comes to, with these differences. */
export function makeOverlayResult(change: Partial<OverlayResult> = {}): OverlayResult {
  return {
    notebook: 'work/train.ipynb',
    overlay: makeOverlay({ name: 'train', folder: 'overlays/train', step: null }),
    files: [
      {
        path: 'overlays/train/Pipfile',
        kind: 'overlay',
        step: null,
        state: 'new',
        diff: null
      }
    ],
    notes: [],
    dry_run: true,
    seconds: 1,
    ...change
  };
}
