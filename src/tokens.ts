import type { PartialJSONObject } from '@lumino/coreutils';
import { Token } from '@lumino/coreutils';
import type { IObservableDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { components } from './generated/api';

type Schemas = components['schemas'];

/** A job as the server records it. */
export type Job = Schemas['Job'];
/** The log lines of a job from some offset on. */
export type JobLog = Schemas['JobLog'];
/** What a notebook needs, what it declares and whether its lock holds. */
export type Dependencies = Schemas['Dependencies'];
/** One requirement, declared or discovered. */
export type DependencyRow = Schemas['DependencyRow'];
/** A requirement as it is sent to the server. */
export type Requirement = Schemas['Requirement'];
/** New values of metadata keys (null deletes) and new texts of cells. */
export type NotebookEdit = Schemas['NotebookEdit'];
/** The new text of a cell, and the text that it is for. */
export type CellEdit = Schemas['CellEdit'];
/** The new tags of a cell, and the tags that they are for. */
export type CellTagsEdit = Schemas['CellTagsEdit'];
/** What a lock came to. */
export type LockResult = Schemas['LockResult'];
/** The machine that the user wants a lock for. */
export type TargetChoice = Schemas['TargetChoice'];
/** The runtime environments that a notebook's `.thoth.yaml` offers. */
export type Targets = Schemas['Targets'];
/** What the server extension is and can do. */
export type Health = Schemas['Health'];
/** What the user chose for one lock; what is left out is the server's default. */
export type LockOptions = Pick<
  Schemas['LockRequest'],
  | 'engine'
  | 'fallback'
  | 'target'
  | 'upgrade'
  | 'upgrade_packages'
  | 'advisories'
  | 'trust_indexes'
>;
/** How what is known against a new lock differs from what is known against the old one. */
export type AdvisoryChange = NonNullable<Schemas['AdvisoryChange']>;
/** What an audit found. */
export type AuditResult = Schemas['AuditResult'];
/** A package that was checked, and what is known against it. */
export type AuditedPackage = AuditResult['packages'][number];
/** A package that is not known to be clean, and why. */
export type UncheckedPackage = AuditResult['unchecked'][number];
/** Something known against a version of a package. */
export type Advisory = Schemas['Advisory'];
/** An advisory that the repository accepts for a while. */
export type IgnoredAdvisory = Schemas['IgnoredAdvisory'];

/** What went wrong, in words for the user: code, message, hint and details. */
export interface IProblem {
  /** A stable dotted code. */
  code: string;
  /** A sentence for a person. */
  message: string;
  /** What to do about it; may be empty. */
  hint: string;
  /** Facts for machines. */
  details: { [key: string]: unknown };
}

/** A notebook as it is sent to the server: everything but the outputs. */
export type NotebookSnapshot = PartialJSONObject & { metadata: PartialJSONObject };

/** Metadata values by key; null where the key is absent. */
export type MetadataValues = { [key: string]: unknown };

/**
 * What became of an edit: `applied`, `unchanged` (the notebook already held it) or `refused`
 * (the keys changed since the edit was asked for).
 */
export type EditOutcome = 'applied' | 'unchanged' | 'refused';

/** How a cell is marked in the margin of its notebook. */
export interface ICellMark {
  /** The cell's id. */
  id: string;
  /** What it is marked with, in words. */
  title: string;
  /** What is written above the cell; empty for nothing. */
  label: string;
  /** The class that gives the mark its colour. */
  className: string;
}

/** A notebook that is open in a panel. */
export interface INotebookDocument extends IObservableDisposable {
  /** The id of the panel, stable when the notebook is renamed. */
  readonly id: string;
  /** The path below the server's root. */
  readonly path: string;
  /** Whether the user can see it now. */
  readonly isVisible: boolean;
  /** Resolves when the content has been loaded. */
  readonly ready: Promise<void>;
  /** Emitted when cells, metadata or the path changed. */
  readonly contentChanged: ISignal<INotebookDocument, void>;
  /** The value of a metadata key; null where the key is absent. */
  value(key: string): unknown;
  /** The content of this moment, saved or not, without outputs; pictures in texts on request. */
  snapshot(withPictures?: boolean): NotebookSnapshot;
  /** The ids of the cells, in order. */
  cellIds(): string[];
  /** Mark these cells, and no others, in the margin. */
  mark(marks: readonly ICellMark[]): void;
  /** Write an edit to the shared model unless keys or cells moved away from its base meanwhile. */
  apply(edit: NotebookEdit, base: MetadataValues): EditOutcome;
  /** What {@link apply} would come to; nothing is written. */
  foresee(edit: NotebookEdit, base: MetadataValues): EditOutcome;
  /** Select a cell and scroll it into view. */
  reveal(cell: number): Promise<void>;
}

/** The open notebooks, and which of them is the current one. */
export interface IActiveNotebook {
  /** The notebook that the user works in, or null. */
  readonly current: INotebookDocument | null;
  /** All open notebooks. */
  readonly documents: readonly INotebookDocument[];
  /** Emitted when another notebook became the current one. */
  readonly currentChanged: ISignal<IActiveNotebook, INotebookDocument | null>;
  /** Emitted when a notebook was opened. */
  readonly documentOpened: ISignal<IActiveNotebook, INotebookDocument>;
  /** The open notebook of that panel or path; the current one when neither is given. */
  find(where: { path?: string; panel_id?: string }): INotebookDocument | null;
}

/** What is known of a notebook's dependencies. */
export type DependenciesState =
  | { kind: 'loading'; dependencies: Dependencies | null }
  | { kind: 'ready'; dependencies: Dependencies }
  | { kind: 'error'; problem: IProblem; dependencies: Dependencies | null };

/** The state that a notebook's button shows. */
export type NotebookStatus = Dependencies['status'] | 'locking' | 'loading' | 'error';

/** What the open notebooks need and how they are locked. */
export interface IDependenciesModel {
  /** Emitted with the notebook whose state changed. */
  readonly stateChanged: ISignal<IDependenciesModel, INotebookDocument>;
  /** What is known of a notebook. */
  state(document: INotebookDocument): DependenciesState;
  /** The one word for a notebook's state. */
  status(document: INotebookDocument): NotebookStatus;
  /** Read a notebook's dependencies again. */
  refresh(document: INotebookDocument): Promise<void>;
  /** Add, replace or remove requirements in the notebook's metadata. */
  edit(document: INotebookDocument, change: RequirementsChange): Promise<EditOutcome>;
  /** The runtime environments that the notebook could be locked for. */
  targets(document: INotebookDocument): Promise<Targets>;
}

/** Requirements to put in and names to take out. */
export type RequirementsChange = { add?: Requirement[]; remove?: string[] };

/** The jobs of the server. */
export interface IJobsModel {
  /** The jobs on record, newest first. */
  readonly jobs: readonly Job[];
  /** The jobs that have not ended. */
  readonly active: readonly Job[];
  /** Whether the jobs have been listed once. */
  readonly isReady: boolean;
  /** Why the last listing failed, or null. */
  readonly problem: IProblem | null;
  /** Emitted when the list or {@link problem} changed. */
  readonly jobsChanged: ISignal<IJobsModel, void>;
  /** Emitted with a job that is new or changed. */
  readonly jobChanged: ISignal<IJobsModel, Job>;
  /** The job of that id, or undefined. */
  get(jobId: string): Job | undefined;
  /** Take up a job that the server has just answered. */
  track(job: Job): void;
  /** Read the list again. */
  refresh(): Promise<void>;
  /** The job once it has ended; its result may be missing, see {@link read}. */
  ended(jobId: string): Promise<Job>;
  /** A job with its result, which lists leave out. */
  read(jobId: string): Promise<Job>;
  /** Ask the server to stop a job. */
  cancel(jobId: string): Promise<void>;
  /** Forget the jobs that have ended. */
  clear(): Promise<void>;
  /** The log lines of a job from an offset on. */
  readLog(jobId: string, offset: number): Promise<JobLog>;
}

/**
 * What became of a lock job. Besides what becomes of an edit: `not-open` and `unreviewed` (the
 * notebook is not in sight) wait for the user, who did not want what is `discarded`.
 */
export type LockOutcome =
  | {
      kind: EditOutcome | 'not-open' | 'unreviewed' | 'discarded';
      job: Job;
      adopted: boolean;
      result: LockResult;
    }
  | { kind: 'failed'; job: Job; adopted: boolean; problem: IProblem }
  | { kind: 'cancelled'; job: Job; adopted: boolean };

/** Shows what a new lock changes before it is applied. */
export interface ILockReview {
  /** Whether the user wants to see this result first. */
  isNeeded(result: LockResult): boolean;
  /** Show it; false when the user does not want it. */
  ask(document: INotebookDocument, job: Job, result: LockResult): Promise<boolean>;
}

/** Locks notebooks and applies the results. */
export interface ILockModel {
  /** Emitted when a lock job has ended and its result has been dealt with. */
  readonly finished: ISignal<ILockModel, LockOutcome>;
  /** Emitted with a notebook when what {@link attend} ran for it has come to an end. */
  readonly attended: ISignal<ILockModel, INotebookDocument>;
  /** Whether a lock of the notebook, or a question about it, is still going on. */
  isAttended(document: INotebookDocument): boolean;
  /** Run a lock and the questions it brings; a second call meanwhile joins the first. */
  attend(
    document: INotebookDocument,
    work: () => Promise<LockOutcome | null>
  ): Promise<LockOutcome | null>;
  /** The lock job that now works on a notebook, or null. */
  activeJob(path: string): Job | null;
  /** Lock an open notebook; resolves when the job has ended and its edit is dealt with. */
  lock(document: INotebookDocument, options: LockOptions): Promise<LockOutcome>;
  /** Apply the result of a job that has succeeded. */
  apply(jobId: string): Promise<LockOutcome>;
}

/** What an audit says of the packages that a notebook locks at this moment. */
export interface IAuditReport {
  /** The packages with advisories that count, the worst first. */
  vulnerable: readonly AuditedPackage[];
  /** How many packages were checked. */
  checkedCount: number;
  /** The packages that could not be checked. */
  unchecked: readonly UncheckedPackage[];
  /** The packages that were not locked yet, or at another version, when the audit was made. */
  unasked: readonly Omit<UncheckedPackage, 'reason'>[];
  /** What the repository accepts and was found. */
  ignored: readonly IgnoredAdvisory[];
  /** What the repository no longer accepts and was found. */
  expired: readonly IgnoredAdvisory[];
  /** When the audit ended, in seconds since the epoch. */
  endedAt: number | null;
}

/** Checks the locked packages of notebooks for advisories. */
export interface IAuditModel {
  /** Emitted with a notebook when there is an audit of it. */
  readonly reportChanged: ISignal<IAuditModel, INotebookDocument>;
  /** The audit job that now works on a notebook, or null. */
  activeJob(path: string): Job | null;
  /** What the last audit says of what a notebook locks now; null where there is none. */
  report(document: INotebookDocument): IAuditReport | null;
  /** Audit an open notebook; resolves with the job when it has ended and its result is known. */
  audit(document: INotebookDocument): Promise<Job>;
}

/** Whether the server extension answers. */
export interface IServerStatus {
  /** What the server said, or null before it has answered. */
  readonly health: Health | null;
  /** Why it does not answer, or null. */
  readonly problem: IProblem | null;
  /** Emitted when either changed. */
  readonly changed: ISignal<IServerStatus, void>;
  /** Ask again. */
  refresh(): Promise<void>;
}

/** Which notifications the user wants. */
export type NotifyChoice = 'all' | 'failures' | 'none';

/** When the user wants to see what a lock changes before it is applied. */
export type ReviewChoice = 'always' | 'changes' | 'never';

/** What the user chose in the settings. */
export interface IPreferences {
  /** The engine by name, empty for the server's default. */
  readonly engine: string;
  /** The target that locks are made for. */
  readonly target: TargetChoice;
  /** The side of the window that holds the sidebar. */
  readonly sidebarSide: 'left' | 'right';
  /** Whether a lock shows first what it will do. */
  readonly confirmLock: boolean;
  /** Whether the toolbar warns of a kernel that does not match the lock. */
  readonly warnKernel: boolean;
  /** When the changes of a new lock are shown before it is applied. */
  readonly reviewLock: ReviewChoice;
  /** Whether they say which advisories are gained and lost, as the advisory service knows them. */
  readonly compareAdvisories: boolean;
  /** Which notifications to show. */
  readonly notify: NotifyChoice;
  /** Emitted when any of them changed. */
  readonly changed: ISignal<IPreferences, void>;
}

/** Provides the open notebooks. */
export const IActiveNotebook = new Token<IActiveNotebook>(
  'aidevsecops:IActiveNotebook',
  'The open notebooks, their content and edits of their metadata.'
);

/** Provides what the open notebooks need. */
export const IDependenciesModel = new Token<IDependenciesModel>(
  'aidevsecops:IDependenciesModel',
  'What the open notebooks need and how they are locked.'
);

/** Provides the jobs of the server. */
export const IJobsModel = new Token<IJobsModel>(
  'aidevsecops:IJobsModel',
  'The jobs of the server, followed while they run.'
);

/** Provides locking. */
export const ILockModel = new Token<ILockModel>(
  'aidevsecops:ILockModel',
  'Locks open notebooks and applies the results.'
);

/** Provides the state of the server extension. */
export const IServerStatus = new Token<IServerStatus>(
  'aidevsecops:IServerStatus',
  'Whether the server extension answers and what it can do.'
);

/** Provides the user's settings. */
export const IPreferences = new Token<IPreferences>(
  'aidevsecops:IPreferences',
  'What the user chose in the settings.'
);

/** Provides audits. */
export const IAuditModel = new Token<IAuditModel>(
  'aidevsecops:IAuditModel',
  'Checks the locked packages of open notebooks for advisories.'
);
