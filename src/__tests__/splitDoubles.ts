import type {
  Comparison,
  OverlaySummary,
  SplitCell,
  SplitPreview,
  SplitResult,
  SplitStep,
  Verification
} from '../splitTokens';
import type { Job, NotebookSnapshot } from '../tokens';
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

  override snapshot(): NotebookSnapshot {
    return {
      metadata: { ...this.metadata },
      cells: this.ids.map((id, index) => ({
        cell_type: id.startsWith('#') ? 'markdown' : 'code',
        source: this.cells[index] ?? '',
        metadata: { tags: this.tags[index] ?? [] }
      }))
    } as unknown as NotebookSnapshot;
  }
}
