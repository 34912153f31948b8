import type { Contents } from '@jupyterlab/services';
import type { CommandRegistry } from '@lumino/commands';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import * as api from '../api/project';
import type { Request } from '../api/request';
import { CommandIDs } from '../commandIds';
import type { AnswerState } from '../environmentTokens';
import type {
  ConfigurationDraft,
  ConfigurationEdit,
  ConfigurationFile,
  ConfigurationKind,
  IProjectModel,
  Project,
  ProjectAdopted,
  ProjectAdoption,
  ProjectAdoptionUndone
} from '../projectTokens';
import { AUDIT_JOB } from '../projectTokens';
import type { IWhereabouts, ReleasePlace } from '../releaseTokens';
import type { IJobsModel, Job, LockResult } from '../tokens';
import type { ClosedFiles } from './closedNotebooks';
import { changedMeanwhile, keepLock, lockClosed } from './closedNotebooks';
import { isActive } from './jobStates';
import { LatestAnswer } from './latestAnswer';

/** A moment in which nothing else happens, in milliseconds: to save often is no reason to look often. */
const QUIET_MS = 600;

/** How long a look is young, in milliseconds. */
const YOUNG_MS = 1_000;

/** What has files written that neither a job nor the contents manager tells of. */
const WRITERS: readonly string[] = [
  CommandIDs.createPipeline,
  CommandIDs.importPipeline,
  CommandIDs.exportPipeline,
  CommandIDs.exportEnvironment,
  CommandIDs.writeReleaseWorkflow
];

/** A file or a folder. */
interface IPlace {
  folder: string;
  path: string;
}

/** What of JupyterLab's contents manager is used. */
export type Saves = ClosedFiles & Pick<Contents.IManager, 'fileChanged'>;

/** Where changes are told, and how soon they are looked at. */
export interface IProjectOptions {
  /** Tells what is saved. */
  contents: Saves;
  /** Tells what is done. */
  commands: Pick<CommandRegistry, 'commandExecuted'>;
  /** The paths of the open documents that have changes which are not saved. */
  unsaved: () => string[];
  /** A moment in which nothing else happens, in milliseconds. */
  quietMs?: number;
}

/** Looks at the project that the user is in, again when something in it may have changed. */
export class ProjectModel implements IProjectModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel,
    private readonly _whereabouts: IWhereabouts,
    private readonly _options: IProjectOptions
  ) {
    const { commands, contents, quietMs = QUIET_MS } = _options;
    this._answer = new LatestAnswer(place => api.getProject(_request, place), quietMs);
    this._answer.changed.connect(() => {
      this._lookedAt = Date.now();
      this._stateChanged.emit();
    }, this);
    _whereabouts.changed.connect(this._onMoved, this);
    contents.fileChanged.connect(this._onChanged, this);
    commands.commandExecuted.connect(this._onExecuted, this);
    _jobs.jobChanged.connect(this._onJob, this);
  }

  /** How it is. */
  get state(): AnswerState<Project> {
    return this._answer.state;
  }

  /** Emitted when {@link state} changed. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Whether its advisories are being looked up. */
  get isAuditing(): boolean {
    const path = this._shown?.path;
    return this._jobs.jobs.some(
      job => job.kind === AUDIT_JOB && job.key === path && isActive(job)
    );
  }

  /** The paths of open documents in a folder that have changes which are not saved. */
  unsaved(folder: string): readonly string[] {
    return this._options.unsaved().filter(path => isBelow(path, folder));
  }

  /** Follow the user and what is saved while somebody looks. */
  watch(isWatched: boolean): void {
    this._isWatched = isWatched;
    if (isWatched && this._isOutdated) {
      void this.refresh();
    }
  }

  /** Look again. */
  refresh(): Promise<void> {
    this._isOutdated = false;
    return this._answer.askNow(this._whereabouts.place);
  }

  /** Look again where the last look is a second ago: not everything that changes is told. */
  refreshIfOld(): void {
    if (Date.now() - this._lookedAt > YOUNG_MS) {
      void this.refresh();
    }
  }

  /** Look up the advisories of the project. */
  async audit(): Promise<Job> {
    const job = await api.auditProject(this._request, this._place);
    this._jobs.track(job);
    return job;
  }

  /** What adopting the project would write. */
  previewAdoption(approvers: readonly string[]): Promise<ProjectAdoption> {
    const body = { ...this._place, approvers: [...approvers] };
    return api.previewAdoption(this._request, body);
  }

  /** Write those files of what was shown for these approvers. */
  async adopt(
    shown: ProjectAdoption,
    approvers: readonly string[],
    paths: readonly string[]
  ): Promise<ProjectAdopted> {
    const { path, digest } = shown;
    const adopted = await api.adoptProject(this._request, {
      folder: path,
      path: null,
      approvers: [...approvers],
      digest,
      paths: [...paths]
    });
    void this.refresh();
    return adopted;
  }

  /** Delete what adopting a project wrote, but for what was changed since. */
  async undoAdoption(folder: string): Promise<ProjectAdoptionUndone> {
    const undone = await api.undoAdoption(this._request, { folder, path: null });
    void this.refresh();
    return undone;
  }

  /** Lock a notebook that is not open; the job that does. */
  async lockClosed(path: string): Promise<Job> {
    const job = await lockClosed(path, this._options.contents, this._request);
    this._jobs.track(job);
    return job;
  }

  /** Write the lock that a job has made to its notebook, which is not open. */
  async keepLock({ job_id: id, key }: Job): Promise<void> {
    const { result } = await this._jobs.read(id);
    await keepLock(key, result as LockResult, this._options.contents);
  }

  /** What a configuration file in a folder says. */
  configuration(folder: string, kind: ConfigurationKind): Promise<ConfigurationFile> {
    return api.getConfiguration(this._request, { folder, kind });
  }

  /** What a configuration file would be; nothing is written. */
  draftConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft> {
    return api.previewConfiguration(this._request, edit);
  }

  /** Write other values into a configuration file. */
  async writeConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft> {
    const written = await api.writeConfiguration(this._request, edit);
    void this.refresh();
    return written;
  }

  /** Write these values again where the file is as it was written then. */
  async restoreConfiguration(
    edit: ConfigurationEdit,
    written: ConfigurationDraft
  ): Promise<ConfigurationDraft> {
    const { folder, kind } = edit;
    const { text, revision } = await this.configuration(folder, kind);
    if (text !== written.after) {
      throw changedMeanwhile(written.file);
    }
    return this.writeConfiguration({ ...edit, revision });
  }

  /** The project that is shown, or null. */
  private get _shown(): Project | null {
    return 'answer' in this.state ? this.state.answer : null;
  }

  /** What is shown is what is meant, wherever the user goes meanwhile. */
  private get _place(): { folder: string | null; path: string | null } {
    const shown = this._shown;
    const { folder, path } = this._whereabouts.place as Partial<IPlace>;
    return shown
      ? { folder: shown.path, path: null }
      : { folder: folder ?? null, path: path ?? null };
  }

  private _onMoved(): void {
    const { folder, path } = this._whereabouts.place as Partial<IPlace>;
    const shown = this._shown;
    // Another tab of the same repository changes nothing. One in the root may be in one of its own.
    const isSame = shown?.git && shown.path !== '.';
    if (!isSame || !isBelow(folder ?? path ?? '', shown.path)) {
      this._onChanged();
    }
  }

  private _onJob(_: IJobsModel, job: Job): void {
    if (job.kind === AUDIT_JOB) {
      this._stateChanged.emit();
    }
    if (!isActive(job) && !job.preview) {
      this._onChanged();
    }
  }

  private _onExecuted(_: unknown, done: CommandRegistry.ICommandExecutedArgs): void {
    if (WRITERS.includes(done.id)) {
      const look = (): void => this._onChanged();
      // What failed in the end may have written something before.
      void done.result.then(look, look);
    }
  }

  private _onChanged(): void {
    if (this._isWatched) {
      this._answer.ask(this._whereabouts.place);
    } else {
      this._isOutdated = true;
    }
  }

  private readonly _answer: LatestAnswer<ReleasePlace, Project>;
  private readonly _stateChanged = new Signal<this, void>(this);
  private _isWatched = false;
  private _isOutdated = true;
  private _lookedAt = 0;
}

/** Whether a path is that of a folder, or below it; everything is below the root. */
function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
