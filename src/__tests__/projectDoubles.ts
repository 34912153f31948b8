import { Signal } from '@lumino/signaling';
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
  ProjectAdoptionUndone,
  ProjectGit,
  ProjectLink
} from '../projectTokens';
import { AUDIT_JOB } from '../projectTokens';
import type { Job } from '../tokens';
import { makeJob } from './doubles';

const NAMES = [
  'notebooks',
  'overlays',
  'advisories',
  'pipeline',
  'images',
  'release'
] as const;

/** A link that is good, with these differences. */
export function makeLink(change: Partial<ProjectLink> = {}): ProjectLink {
  return {
    name: 'notebooks',
    state: 'good',
    summary: '2 of 2 notebooks locked.',
    details: [],
    next: null,
    ...change
  };
}

/** What is next on a path. */
export function makeNext(
  command: NonNullable<ProjectLink['next']>['command'],
  values: Record<string, string> = {}
): ProjectLink['next'] {
  return { command, arguments: values };
}

/** Where a repository is, with these differences. */
export function makeGit(change: Partial<ProjectGit> = {}): ProjectGit {
  return {
    branch: 'main',
    upstream: 'origin/main',
    ahead: 0,
    behind: 0,
    uncommitted: [],
    problem: '',
    ...change
  };
}

/** A project in which all is good, with these differences. */
export function makeProject(change: Partial<Project> = {}): Project {
  return {
    path: 'work/churn',
    name: 'churn',
    links: NAMES.map(name => makeLink({ name })),
    next: null,
    git: makeGit(),
    adoption: { offered: false, repository: true, missing: [] },
    ...change
  };
}

/** Two files that adopting a project would write, with these differences. */
export function makeAdoption(change: Partial<ProjectAdoption> = {}): ProjectAdoption {
  return {
    path: 'work/churn',
    repository: true,
    files: [
      { path: '.thoth.yaml', text: 'host: ""\n' },
      { path: 'OWNERS', text: 'approvers: []\n' }
    ],
    kept: ['README.md'],
    digest: 'd1',
    ...change
  };
}

/** A configuration file with two fields, with these differences. */
export function makeConfiguration(
  change: Partial<ConfigurationFile> = {}
): ConfigurationFile {
  return {
    file: 'work/churn/.thoth.yaml',
    kind: 'thoth',
    valid: true,
    problems: [],
    text: 'host: thoth.example\n',
    revision: 'r1',
    values: { host: 'thoth.example', other: 1 },
    schema: {
      type: 'object',
      properties: {
        host: { title: 'Host', type: ['string', 'null'] },
        tls_verify: { title: 'Check certificates', type: ['boolean', 'string', 'null'] }
      }
    },
    ...change
  };
}

function makeDraftOf(
  file: ConfigurationFile,
  edit: ConfigurationEdit
): ConfigurationDraft {
  const { kind, text: before } = file;
  const after = `host: ${String(edit.values['host'])}\n`;
  const problems = [
    { line: 1, place: 'host', level: 'error' as const, message: 'No such host.' }
  ];
  return { file: file.file, kind, valid: false, problems, before, after };
}

/** The job that looks up advisories, with these differences. */
export function makeAuditJob(change: Partial<Job> = {}): Job {
  return makeJob({ kind: AUDIT_JOB, key: 'work/churn', ...change });
}

/** A project that a test describes. */
export class FakeProject implements IProjectModel {
  state: AnswerState<Project> = { kind: 'ready', answer: makeProject() };
  readonly stateChanged = new Signal<this, void>(this);
  isAuditing = false;
  changed: string[] = [];
  watched: boolean[] = [];
  refreshCount = 0;
  comeBackCount = 0;
  auditCount = 0;
  adoption = makeAdoption();
  approvers: string[] = [];
  undone: ProjectAdoptionUndone = { path: '', removed: ['.thoth.yaml'], kept: [] };
  /** The jobs that locking one notebook after the other starts. */
  locks: Job[] = [];
  keptLocks: string[] = [];
  /** What is written; a problem that is thrown instead. */
  problem: unknown = null;
  written: string[][] = [];
  file = makeConfiguration();
  asked: [folder: string, kind: string][] = [];
  edits: ConfigurationEdit[] = [];
  wrote: ConfigurationEdit | null = null;

  /** The project, at once and from now on. */
  show(change: Partial<Project>): void {
    this.state = { kind: 'ready', answer: makeProject(change) };
    this.stateChanged.emit();
  }

  unsaved(): readonly string[] {
    return this.changed;
  }

  watch(isWatched: boolean): void {
    this.watched.push(isWatched);
  }

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }

  refreshIfOld(): void {
    this.comeBackCount += 1;
  }

  async audit(): Promise<Job> {
    this.auditCount += 1;
    return makeAuditJob();
  }

  async previewAdoption(approvers: readonly string[]): Promise<ProjectAdoption> {
    this.approvers = [...approvers];
    return this.adoption;
  }

  async undoAdoption(folder: string): Promise<ProjectAdoptionUndone> {
    if (this.problem) {
      throw this.problem;
    }
    return { ...this.undone, path: folder };
  }

  async lockClosed(path: string): Promise<Job> {
    const job = this.locks.shift();
    if (!job) {
      throw this.problem;
    }
    return { ...job, key: path };
  }

  async keepLock(job: Job): Promise<void> {
    this.keptLocks.push(job.job_id);
  }

  async restoreConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft> {
    return this.writeConfiguration(edit);
  }

  async configuration(
    folder: string,
    kind: ConfigurationKind
  ): Promise<ConfigurationFile> {
    this.asked.push([folder, kind]);
    return this.file;
  }

  async draftConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft> {
    this.edits.push(edit);
    return makeDraftOf(this.file, edit);
  }

  async writeConfiguration(edit: ConfigurationEdit): Promise<ConfigurationDraft> {
    if (this.problem) {
      throw this.problem;
    }
    this.wrote = edit;
    return makeDraftOf(this.file, edit);
  }

  async adopt(
    _: ProjectAdoption,
    approvers: readonly string[],
    paths: readonly string[]
  ): Promise<ProjectAdopted> {
    this.approvers = [...approvers];
    if (this.problem) {
      throw this.problem;
    }
    this.written.push([...paths]);
    return { path: 'work/churn', written: [...paths] };
  }
}
