import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AnswerState } from './environmentTokens';
import type { components } from './generated/api';
import type { Job } from './tokens';

type Schemas = components['schemas'];

/** How a project is. */
export type Project = Schemas['Project'];
/** How one link of its chain is. */
export type ProjectLink = Schemas['ProjectLink'];
/** Where its repository is. */
export type ProjectGit = NonNullable<Schemas['ProjectGit']>;
/** What adopting it would write. */
export type ProjectAdoption = Schemas['ProjectAdoption'];
/** What adopting it wrote. */
export type ProjectAdopted = Schemas['ProjectAdopted'];
/** What taking that back deleted, and what stays. */
export type ProjectAdoptionUndone = Schemas['ProjectAdoptionUndone'];

/** A configuration file, its values, its schema, and what is off in it. */
export type ConfigurationFile = Schemas['ConfigurationFile'];
/** Which configuration file. */
export type ConfigurationKind = ConfigurationFile['kind'];
/** What a configuration file is to say. */
export type ConfigurationEdit = Schemas['ConfigurationEdit'];
/** What a configuration file would be. */
export type ConfigurationDraft = Schemas['ConfigurationDraft'];

/** The kind of the jobs that look up the advisories of a project, as the server records them. */
export const AUDIT_JOB = 'audit-project';

/** The project that the user is in. */
export interface IProjectModel {
  /** How it is. */
  readonly state: AnswerState<Project>;
  /** Emitted when {@link state} changed. */
  readonly stateChanged: ISignal<IProjectModel, void>;
  /** Whether its advisories are being looked up. */
  readonly isAuditing: boolean;
  /** The paths of open documents in a folder that have changes which are not saved. */
  unsaved(folder: string): readonly string[];
  /** Follow the user and what is saved while somebody looks, or do so no more. */
  watch(isWatched: boolean): void;
  /** Look again. */
  refresh(): Promise<void>;
  /** Look again where the last look is a second ago: not everything that changes is told. */
  refreshIfOld(): void;
  /** Look up the advisories of the project; the job that does. */
  audit(): Promise<Job>;
  /** What adopting the project would write, where these accounts are its approvers. */
  previewAdoption(approvers: readonly string[]): Promise<ProjectAdoption>;
  /** Write those files of what was shown for these approvers. */
  adopt(
    shown: ProjectAdoption,
    approvers: readonly string[],
    paths: readonly string[]
  ): Promise<ProjectAdopted>;
  /** Delete what adopting a project wrote, but for what was changed since. */
  undoAdoption(folder: string): Promise<ProjectAdoptionUndone>;
  /** Lock a notebook that is not open; the job that does. */
  lockClosed(path: string): Promise<Job>;
  /** Write the lock that a job has made to its notebook, which is not open. */
  keepLock(job: Job): Promise<void>;
  /** What a configuration file in a folder says. */
  configuration(folder: string, kind: ConfigurationKind): Promise<ConfigurationFile>;
  /** What a configuration file would be; nothing is written. */
  draftConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft>;
  /** Write other values into a configuration file. */
  writeConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft>;
  /** Write these values again where the file is as it was written then. */
  restoreConfiguration(
    edit: ConfigurationEdit,
    written: ConfigurationDraft
  ): Promise<ConfigurationDraft>;
}

/** Brings the project once somebody wants it. */
export interface IProjects {
  /** The project that the user is in; the same each time. */
  load(): Promise<IProjectModel>;
}

/** Provides the project that the user is in. */
export const IProjects = new Token<IProjects>(
  'aidevsecops:IProjects',
  'The project that the user is in, as a whole.'
);
