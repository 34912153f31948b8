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

/** Where pipelines are submitted to: an engine, and where it stores files; no secrets. */
export type Runtime = Schemas['Runtime'];
/** A configuration that is to be added. */
export type RuntimeRequest = Required<Schemas['RuntimeRequest']>;
/** What each part of a configuration answered. */
export type RuntimeTest = Schemas['RuntimeTest'];
/** An image that steps can run in on a cluster. */
export type RuntimeImage = Schemas['RuntimeImage'];
/** An image that is to be registered. */
export type ImageRequest = Required<Schemas['RuntimeImageRequest']>;
/** What a run elsewhere has stored. */
export type RunOutputs = Schemas['RunOutputs'];
/** The file of a pipeline that its engine reads. */
export type PipelineExport = Schemas['PipelineExport'];

/** How a pipeline is submitted. */
export interface ISubmissionChoice {
  /** The name of a runtime configuration. */
  runtime: string;
  /** The values of its parameters. */
  parameters: Record<string, string>;
  /** The secret of Kubernetes that has the keys of object storage; empty for none. */
  secret: string;
}

/** How a pipeline is exported. */
export interface IFileChoice extends ISubmissionChoice {
  /** YAML or Python; null for what its engine reads. */
  format: 'yaml' | 'py' | null;
  /** The path of the file; empty for one beside the pipeline. */
  out: string;
}

/** Who waits for an export. */
export interface IExportFollower {
  /** Called with the job when it begins and whenever it says something. */
  onProgress: (job: Job) => void;
  /** Stops the job. */
  signal: AbortSignal;
}

/** Where pipelines run elsewhere. */
export interface IEnginesModel {
  /** The configurations of engines; idle until they are first read. */
  readonly runtimes: AnswerState<readonly Runtime[]>;
  /** The registered images; idle until they are first read. */
  readonly images: AnswerState<readonly RuntimeImage[]>;
  /** Emitted when any of these, or a test, changed. */
  readonly changed: ISignal<IEnginesModel, void>;
  /** Read the configurations again. */
  readRuntimes(): Promise<void>;
  /** The configurations as they are now. */
  findRuntimes(): Promise<readonly Runtime[]>;
  /** Read the images again. */
  readImages(): Promise<void>;
  /** Add a configuration; its secrets are not shown again. */
  add(wanted: RuntimeRequest): Promise<Runtime>;
  /** What was answered when the configuration of a name was last tested. */
  tested(name: string): AnswerState<RuntimeTest>;
  /** Ask all that a configuration names whether it answers; see {@link tested}. */
  test(name: string): Promise<void>;
  /** Register the image of an overlay, or another one. */
  register(wanted: ImageRequest): Promise<RuntimeImage>;
  /** The folders of the overlays of the project. */
  overlays(): Promise<string[]>;
  /** The file of a pipeline that its engine reads; nothing is written. */
  export(
    path: string,
    choice: IFileChoice,
    follower: IExportFollower
  ): Promise<PipelineExport>;
  /** Write that file. */
  write(file: PipelineExport): Promise<void>;
}

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
/** The kind of the jobs that have a pipeline run elsewhere. */
export const SUBMIT_JOB = 'submit-pipeline';

/** How a pipeline is run. */
export interface IRunChoice {
  /** Whether steps are left out whose earlier results still hold. */
  onlyChanged: boolean;
  /** The step that it begins with; null for all. */
  fromStep: string | null;
  /** The values of its parameters. */
  parameters: Record<string, string>;
  /** The indexes of packages that the user agrees to for this run. */
  trusted: readonly string[];
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
  /** Where pipelines run elsewhere. */
  readonly engines: IEnginesModel;
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
  /** The job that runs a pipeline here now, or null. */
  activeJob(path: string): Job | null;
  /** The job that hands a pipeline to an engine now, or null. */
  submission(path: string): Job | null;
  /** The last job that ran or submitted a pipeline, if it failed before there was a run; or null. */
  failure(path: string): Job | null;
  /** How a pipeline was last run from this page, or null. */
  lastChoice(path: string): IRunChoice | null;
  /** Run a pipeline; the job that does. */
  run(path: string, choice: IRunChoice): Promise<Job>;
  /** Have a pipeline run elsewhere; the job that hands it over. */
  submit(path: string, choice: ISubmissionChoice): Promise<Job>;
  /** Have the engine of a run elsewhere run again what failed. */
  retry(path: string, run: string): Promise<void>;
  /** What a run elsewhere has stored. */
  outputs(path: string, run: string): Promise<RunOutputs>;
  /** Stop a run and all of its steps, whoever runs it. */
  cancel(path: string, run: string): Promise<void>;
  /** One run as it is now. */
  read(path: string, run: string): Promise<PipelineRun>;
  /** What differs from the first run to the second. */
  compare(path: string, before: string, after: string): Promise<RunComparison>;
  /** What keeps a pipeline from doing what it says; also what Elyra says, which takes seconds. */
  validate(path: string, isByElyra: boolean): Promise<PipelineReport>;
  /** Find that out for whoever looks; see {@link report}. */
  check(path: string, isByElyra?: boolean): Promise<void>;
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
