import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AnswerState } from './environmentTokens';
import type { components } from './generated/api';
import type { EditOutcome, INotebookDocument, IProblem, Job } from './tokens';

type Schemas = components['schemas'];

/** What a split of a notebook comes to; nothing is written yet. */
export type SplitPreview = Schemas['SplitPreview'];
/** One step of a split. */
export type SplitStep = Schemas['SplitStep'];
/** That one step runs after another, and why. */
export type SplitEdge = Schemas['SplitEdge'];
/** A cell, and the step that it belongs to. */
export type SplitCell = Schemas['SplitCell'];
/** What a person should know before the split. */
export type SplitWarning = Schemas['SplitWarning'];
/** A file that applying a split would write. */
export type SplitFile = Schemas['SplitFile'];
/** How a file on disk compares with what would be written. */
export type SplitFileState = Schemas['SplitFileState'];
/** What a split has done. */
export type SplitResult = Schemas['SplitResult'];
/** How running the steps compares with running the notebook. */
export type Verification = NonNullable<Schemas['Verification']>;
/** One thing that a verification has compared. */
export type Comparison = Schemas['Comparison'];
/** Whether something is the same in both runs. */
export type Likeness = Comparison['outcome'];
/** An overlay of the project. */
export type OverlaySummary = Schemas['OverlaySummary'];
/** What extracting an overlay did, or would do. */
export type OverlayResult = Schemas['OverlayResult'];
/** What a check of an overlay found. */
export type OverlayCheck = Schemas['OverlayCheck'];
/** The overlays of the project; with what a check found, if they were checked and not listed. */
export type Overlays = Schemas['Overlays'] & { checks?: readonly OverlayCheck[] };

/** Where a notebook is cut. */
export type CutBy = 'auto' | SplitPreview['by'];

/** Where to cut, as it is chosen in fields. */
export interface ICutChoice {
  /** At headings, by tags, or as the notebook suggests. */
  by: Exclude<CutBy, 'hand'>;
  /** The level of the headings; a sensible one when null. */
  level: number | null;
}

/** What a split is to write. */
export interface ISplitOptions {
  /** The folder of the step notebooks; that of the notebook when null. */
  out: string | null;
  /** Whether each step gets an overlay. */
  overlays: boolean;
  /** Whether shared functions go to a module instead of being repeated. */
  module: boolean;
  /** Whether what an earlier split left behind is deleted. */
  prune: boolean;
  /** Whether the steps are run, and compared with the notebook. */
  verify: boolean;
  /** Whether step notebooks that were edited by hand are replaced. */
  force: boolean;
}

/** Some cells in a row that belong to one step. */
export interface ICellRun {
  /** The step's name; null for cells before the first step. */
  step: string | null;
  /** Where the step is among the steps, from 0; -1 without one. */
  position: number;
  /** The cells, those of no step among them. */
  cells: readonly SplitCell[];
}

/** One notebook being split: what is previewed, and what the user has changed of it. */
export interface ISplitSession {
  /** The notebook. */
  readonly document: INotebookDocument;
  /** The preview, or how far it is. */
  readonly state: AnswerState<SplitPreview>;
  /** The last preview; another one may be on its way, or fail to come. Null before the first. */
  readonly preview: SplitPreview | null;
  /** Whether {@link preview} does not show yet what was chosen last. */
  readonly isBehind: boolean;
  /** The ids of the cells that {@link preview} is about. */
  readonly ids: readonly string[];
  /** How the notebook is cut: what was chosen, or by hand. */
  readonly by: CutBy;
  /** The cells as they are cut at this moment, also where the preview is still on its way. */
  readonly runs: readonly ICellRun[];
  /** What is to be written. */
  readonly options: ISplitOptions;
  /** The name of the step that the user looks at, or null. */
  readonly selected: string | null;
  /** Whether a change can be taken back. */
  readonly canUndo: boolean;
  /** Whether a change that was taken back can be made again. */
  readonly canRedo: boolean;
  /** What kept the last change, or applying the split, from being done; else null. */
  readonly problem: IProblem | null;
  /** Emitted when any of these changed. */
  readonly changed: ISignal<ISplitSession, void>;
  /** Cut elsewhere; changes by hand are dropped. */
  cut(choice: ICutChoice): void;
  /** Let a run begin at another cell, the one with this index. */
  moveBoundary(run: number, cell: number): void;
  /** Let a run begin some code cells later, or earlier. */
  shiftBoundary(run: number, by: number): void;
  /** Give a step another name; what keeps it from having it, or null. */
  rename(step: string, name: string): IProblem | null;
  /** Make a run part of the step before it. */
  merge(run: number): void;
  /** Begin a step at a cell. */
  splitAt(cell: number): void;
  /** Take the last change back. */
  undo(): void;
  /** Make it again. */
  redo(): void;
  /** Choose what is to be written. */
  choose(options: Partial<ISplitOptions>): void;
  /** Look at a step. */
  select(step: string | null): void;
  /** Ask for the preview again. */
  refresh(): void;
  /** Resolves when no preview is on its way. */
  settled(): Promise<void>;
  /** Say what kept the split from being applied; null when nothing does any more. */
  report(problem: IProblem | null): void;
}

/**
 * What became of a job that splits: `done` (and what became of the tags that the cut is recorded
 * in; null where the notebook is closed, and they wait until it is opened), or that verifies:
 * `verified`.
 */
export type SplitOutcome =
  | { kind: 'done'; job: Job; result: SplitResult; tags: EditOutcome | null }
  | { kind: 'verified'; job: Job; result: Verification }
  | { kind: 'failed'; job: Job; problem: IProblem }
  | { kind: 'cancelled'; job: Job };

/** Splits notebooks into steps. */
export interface ISplitsModel {
  /** Emitted with a notebook when its preview was opened or closed. */
  readonly sessionsChanged: ISignal<ISplitsModel, INotebookDocument>;
  /** Emitted when a job has ended and its result has been dealt with. */
  readonly finished: ISignal<ISplitsModel, SplitOutcome>;
  /** The preview of a notebook that is open, or null. */
  session(document: INotebookDocument): ISplitSession | null;
  /** Begin a preview, or go on with the one that is open. */
  begin(document: INotebookDocument): ISplitSession;
  /** End a preview. */
  end(document: INotebookDocument): void;
  /** The job that splits or verifies a notebook now, or null. */
  activeJob(path: string): Job | null;
  /** Why the notebook was not split or verified when that was last asked for, or null. */
  failure(path: string): Job | null;
  /** Write what a preview shows; null when it no longer is what was shown. */
  apply(
    document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<SplitOutcome | null>;
  /** Run a notebook and its steps, and compare. */
  verify(document: INotebookDocument): Promise<SplitOutcome>;
  /** What the last verification on record found; null where there is none. */
  verification(path: string): Promise<Verification | null>;
  /** The same, if no step notebook was written since; null else. */
  standing(path: string): Promise<Verification | null>;
  /** The page with both sides of what differs, as HTML; null where there is none. */
  reportPage(verification: Verification): Promise<string | null>;
}

/** The steps of the notebooks that are split already. */
export interface IStepsModel {
  /** Emitted with the notebook whose steps are known now, or are others. */
  readonly stateChanged: ISignal<IStepsModel, INotebookDocument>;
  /** What is known; `idle` for a notebook that is not split. */
  state(document: INotebookDocument): AnswerState<SplitPreview>;
  /** What the last verification of just these steps found, where that is still on record. */
  verification(document: INotebookDocument): Verification | null;
}

/** The list of the overlays. */
export type OverlaysState = AnswerState<Overlays>;

/** What to extract, and how. */
export interface IOverlayChoice {
  /** What to call it; after the notebook when empty. */
  name: string;
  /** Whether it may take the place of what says something else. */
  force: boolean;
  /** Indexes outside the user's configuration that may be asked. */
  trusted: readonly string[];
}

/** The overlays of the project. */
export interface IOverlaysModel {
  /** What is known of them. */
  readonly state: OverlaysState;
  /** Emitted when {@link state} changed. */
  readonly stateChanged: ISignal<IOverlaysModel, void>;
  /** Read the list again. */
  refresh(): Promise<void>;
  /** Look also at what the notebooks of the overlays import; takes longer. */
  check(): Promise<void>;
  /** What extracting the environment of a notebook would write. */
  preview(document: INotebookDocument, choice: IOverlayChoice): Promise<OverlayResult>;
  /** Write the environment of a notebook to an overlay. */
  extract(document: INotebookDocument, choice: IOverlayChoice): Promise<OverlayResult>;
}

/** Provides splits. */
export const ISplitsModel = new Token<ISplitsModel>(
  'aidevsecops:ISplitsModel',
  'Splits open notebooks into steps.'
);

/** Provides the steps of notebooks that are split. */
export const IStepsModel = new Token<IStepsModel>(
  'aidevsecops:IStepsModel',
  'The steps of the notebooks that are split already.'
);

/** Provides the overlays of the project. */
export const IOverlaysModel = new Token<IOverlaysModel>(
  'aidevsecops:IOverlaysModel',
  'The overlays of the project.'
);
