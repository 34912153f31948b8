import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AnswerState } from './environmentTokens';
import type { components } from './generated/api';
import type { Job, JobLog } from './tokens';

type Schemas = components['schemas'];

/** A pipeline of the project, with its nodes and its parameters. */
export type PipelineEntry = Schemas['PipelineEntry'];
/** A value that a run is given. */
export type PipelineParameter = Schemas['PipelineEntryParameter'];
/** One run of a pipeline. */
export type PipelineRun = Schemas['PipelineRun'];
/** One step of a run. */
export type StepRun = Schemas['StepRun'];
/** What differs from one run to another. */
export type RunComparison = Schemas['RunComparison'];

/** A pipeline as it would be written, and how its file would change. */
export type PipelineDraft = Schemas['PipelineDraft'];
/** What keeps a pipeline from doing what it says. */
export type PipelineReport = Schemas['PipelineReport'];
/** One thing that does. */
export type PipelineFinding = Schemas['PipelineFinding'];

/** What a pipeline is made of. */
export interface IDraftChoice {
  /** Notebooks, scripts and folders, in the order that they run in. */
  names: readonly string[];
  /** The pipeline; empty for a file beside the first name. */
  path: string;
  /** What runs after what: as named, or by the files that are written and read. */
  order: 'given' | 'files';
  /** The image of steps without an overlay; may be empty. */
  image: string;
}

/** The kind of the jobs that run a pipeline here, as the server records them. */
export const RUN_JOB = 'run-pipeline';

/** How a pipeline is run. */
export interface IRunChoice {
  /** Whether steps are left out whose earlier results still hold. */
  onlyChanged: boolean;
  /** The step that it begins with; null for all. */
  fromStep: string | null;
  /** The values of its parameters. */
  parameters: Record<string, string>;
}

/** The pipelines of the project and their runs. */
export interface IPipelinesModel {
  /** The pipelines. */
  readonly list: AnswerState<readonly PipelineEntry[]>;
  /** The pipeline that the user looks at, or null where there is none. */
  readonly current: PipelineEntry | null;
  /** The runs of that pipeline, newest first. */
  readonly runs: AnswerState<readonly PipelineRun[]>;
  /** The run that the user looks at: the newest one until another is chosen; null for none. */
  readonly shown: PipelineRun | null;
  /** What was found when that pipeline was checked. */
  readonly report: AnswerState<PipelineReport>;
  /** Emitted when any of these changed. */
  readonly changed: ISignal<IPipelinesModel, void>;
  /** Follow runs while somebody looks, or do so no more. */
  watch(isWatched: boolean): void;
  /** Read pipelines and runs again. */
  refresh(): Promise<void>;
  /** Look at another pipeline. */
  choose(path: string): void;
  /** Look at one run; at the newest one for null. */
  show(run: string | null): void;
  /** The pipeline in a file as it is saved now; null where it is not among those of the project. */
  find(path: string): Promise<PipelineEntry | null>;
  /** The job that runs a pipeline now, or null. */
  activeJob(path: string): Job | null;
  /** The last job that ran a pipeline, if it failed before there was a run; or null. */
  failure(path: string): Job | null;
  /** Run a pipeline; the job that does. */
  run(path: string, choice: IRunChoice): Promise<Job>;
  /** Stop a run and all of its steps, whoever runs it. */
  cancel(path: string, run: string): Promise<void>;
  /** One run as it is now. */
  read(path: string, run: string): Promise<PipelineRun>;
  /** What differs from the first run to the second. */
  compare(path: string, before: string, after: string): Promise<RunComparison>;
  /** Find out what keeps a pipeline from doing what it says; see {@link report}. */
  check(path: string): Promise<void>;
  /** Show no longer what was found. */
  forgetReport(): void;
  /** The pipeline that would be made; nothing is written. */
  draft(choice: IDraftChoice): Promise<PipelineDraft>;
  /** Write the pipeline that was agreed to. */
  create(choice: IDraftChoice, revision: string | null): Promise<PipelineDraft>;
  /** A pipeline in the present version, and what is off; nothing is written. */
  previewImport(path: string): Promise<PipelineDraft>;
  /** Write it so. */
  import(path: string, revision: string | null): Promise<PipelineDraft>;
  /** Some lines of the log of a step. */
  readLog(run: PipelineRun, step: string, offset: number): Promise<JobLog>;
}

/** Brings the pipelines once somebody wants them. */
export interface IPipelines {
  /** The pipelines; the same each time. */
  load(): Promise<IPipelinesModel>;
}

/** Provides the pipelines of the project. */
export const IPipelines = new Token<IPipelines>(
  'aidevsecops:IPipelines',
  'The pipelines of the project and their runs.'
);
