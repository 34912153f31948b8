import { Signal } from '@lumino/signaling';
import type { AnswerState } from '../environmentTokens';
import type {
  BotAnswer,
  BotRequest,
  FollowedRequest,
  ForgeKind,
  IBotWish,
  IReleaseChoice,
  IReleaseSession,
  IReleasesModel,
  IWhereabouts,
  ReleaseBuilds,
  ReleaseCheck,
  ReleaseNotes,
  ReleaseOutcome,
  ReleasePlace,
  ReleasePlan,
  ReleaseRecord,
  ReleaseResult,
  Releases,
  ReleaseToken,
  ReleaseWorkflow
} from '../releaseTokens';
import type { IProblem, Job } from '../tokens';
import { makeJob } from './doubles';

/** How far a release came, with these differences: it is done. */
export function makeRecord(change: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    version: '1.2.0',
    tag: 'v1.2.0',
    stage: 'done',
    commit: 'c1',
    remote: 'origin',
    files: ['version.py'],
    error: '',
    mode: 'direct',
    pull_request: null,
    forge_release: null,
    ...change
  };
}

/** What was released in a repository, with these differences. */
export function makeReleases(change: Partial<Releases> = {}): Releases {
  return {
    repository: 'work/churn',
    branch: 'main',
    remote: 'origin',
    current: '1.2.0',
    versions: [{ file: 'version.py', line: 1, value: '1.2.0' }],
    next: { major: '2.0.0', minor: '1.3.0', patch: '1.2.1' },
    problem: '',
    release: null,
    running: false,
    published: 'nothing',
    pull_request: null,
    can_resume: false,
    can_undo: false,
    tags: [{ name: 'v1.2.0', commit: 'c1', date: '2026-11-01T10:00:00Z', url: null }],
    workflow_missing: false,
    ...change
  };
}

/** What is not released, with these differences. */
export function makeNotes(change: Partial<ReleaseNotes> = {}): ReleaseNotes {
  return {
    repository: 'work/churn',
    since: 'v1.2.0',
    count: 2,
    notes: '### Added\n\n- Answer sooner\n- Ask `twice`',
    next: '1.3.0',
    ...change
  };
}

/** How the builds of the newest release stand, with these differences. */
export function makeBuilds(change: Partial<ReleaseBuilds> = {}): ReleaseBuilds {
  return {
    repository: 'work/churn',
    forge: 'https://git.example.org/jo/churn',
    tag: 'v1.2.0',
    commit: 'c1',
    builds: [],
    note: '',
    wants_token: false,
    ...change
  };
}

/** An issue that asks a bot for something, with these differences. */
export function makeRequest(change: Partial<BotRequest> = {}): BotRequest {
  return {
    number: 7,
    title: 'New minor release',
    author: 'jo',
    url: 'https://git.example.org/jo/churn/issues/7',
    is_open: true,
    created_at: '2026-11-01T10:00:00Z',
    ...change
  };
}

/** What became of it, with these differences: nothing yet. */
export function makeFollowed(change: Partial<FollowedRequest> = {}): FollowedRequest {
  return {
    repository: 'work/churn',
    ...makeRequest(),
    comments: [],
    pull_request: null,
    tag: '',
    builds: [],
    ...change
  };
}

/** An issue as it would be opened, with these differences. */
export function makeAnswer(change: Partial<BotAnswer> = {}): BotAnswer {
  return {
    repository: 'work/churn',
    dry_run: true,
    title: 'New minor release',
    body: 'Hey, Kebechet!',
    labels: ['bot'],
    assignees: [],
    template: '',
    forge: 'https://git.example.org/jo/churn',
    is_open_already: false,
    issue: null,
    ...change
  };
}

/** A workflow that would be written, with these differences. */
export function makeWorkflow(change: Partial<ReleaseWorkflow> = {}): ReleaseWorkflow {
  return {
    repository: 'work/churn',
    forge: 'github',
    changes: [
      { file: '.github/workflows/release.yml', diff: '@@ -0,0 +1 @@\n+name: Release\n' }
    ],
    notes: [],
    digest: 'workflow-1',
    ...change
  };
}

/** What a check found, with these differences. */
export function makeReleaseCheck(change: Partial<ReleaseCheck> = {}): ReleaseCheck {
  return {
    name: 'tree',
    status: 'pass',
    message: 'All files are committed.',
    fix: '',
    ...change
  };
}

/** The plan of a release, with these differences. */
export function makePlan(change: Partial<ReleasePlan> = {}): ReleasePlan {
  return {
    repository: 'work/churn',
    branch: 'main',
    current: '1.2.0',
    next: '1.3.0',
    tag: 'v1.3.0',
    kind: 'minor',
    versions: [{ file: 'version.py', line: 1, value: '1.2.0' }],
    changelog: '### Added\n\n- Answer sooner',
    references: [],
    images: [],
    checks: [makeReleaseCheck()],
    changes: [{ file: 'version.py', diff: '@@ -1 +1 @@\n-old\n+new\n' }],
    mode: 'direct',
    pull_request: null,
    forge: null,
    digest: 'digest-1',
    can_release: true,
    ...change
  };
}

/** A job that works on releases, with these differences. */
export function makeReleaseJob(change: Partial<Job> = {}): Job {
  return makeJob({
    job_id: 'release-1',
    kind: 'release',
    key: 'work/churn',
    title: 'Release v1.3.0 of churn',
    ...change
  });
}

/** What such a job came to. */
export function makeReleaseResult(change: Partial<ReleaseResult> = {}): ReleaseResult {
  return {
    repository: 'work/churn',
    release: makeRecord({ version: '1.3.0', tag: 'v1.3.0' }),
    left: [],
    seconds: 1,
    ...change
  };
}

/** A user who is where a test says. */
export class FakeWhereabouts implements IWhereabouts {
  place: ReleasePlace = { path: 'work/churn/train.ipynb' };
  readonly changed = new Signal<this, void>(this);

  /** Let the user go elsewhere. */
  go(place: ReleasePlace): void {
    this.place = place;
    this.changed.emit();
  }
}

/** A release that is planned as far as a test says. */
export class FakeReleaseSession implements IReleaseSession {
  releases: AnswerState<Releases> = { kind: 'ready', answer: makeReleases() };
  choice: IReleaseChoice = {
    kind: 'auto',
    version: '',
    mode: null,
    isChecked: true,
    isPushed: true
  };
  plan: ReleasePlan | null = null;
  issue: BotAnswer | null = null;
  isDone = false;
  isBehind = false;
  activity: IReleaseSession['activity'] = 'none';
  job: Job | null = null;
  logOf: string | null = null;
  problem: IProblem | null = null;
  planCount = 0;
  releaseCount = 0;
  cancelCount = 0;
  isDisposed = false;
  /** Whether a release is cut when that is asked for. */
  isReleasing = true;
  readonly changed = new Signal<this, void>(this);

  choose(change: Partial<IReleaseChoice>): void {
    this.choice = { ...this.choice, ...change };
    this.changed.emit();
  }

  async makePlan(): Promise<void> {
    this.planCount += 1;
  }

  async release(): Promise<boolean> {
    this.releaseCount += 1;
    this.isDone = this.isReleasing;
    return this.isReleasing;
  }

  async cancel(): Promise<void> {
    this.cancelCount += 1;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

/** Releases that a test puts there. */
export class FakeReleases implements IReleasesModel {
  place: ReleasePlace = { path: 'work/churn/train.ipynb' };
  state: AnswerState<Releases> = { kind: 'idle' };
  notes: AnswerState<ReleaseNotes> = { kind: 'idle' };
  builds: AnswerState<ReleaseBuilds> = { kind: 'idle' };
  requests: AnswerState<readonly BotRequest[]> = { kind: 'idle' };
  followed: FollowedRequest = makeFollowed();
  asked: { place: ReleasePlace; wish: IBotWish; isOpened: boolean }[] = [];
  /** What is answered to whoever asks a bot. */
  botAnswer = makeAnswer();
  workflow = makeWorkflow();
  written: { place: ReleasePlace; forge: ForgeKind | null; digest: string }[] = [];
  plan: ReleasePlan | null = null;
  job: Job | null = null;
  failed: Job | null = null;
  watched: boolean[] = [];
  refreshCount = 0;
  begun: { place: ReleasePlace; choice: Partial<IReleaseChoice> }[] = [];
  resumed: ReleasePlace[] = [];
  kept: { place: ReleasePlace; token: string }[] = [];
  undone: { place: ReleasePlace; isPublished: boolean }[] = [];
  /** What the remote has. */
  known: Releases | Error = makeReleases();
  session = new FakeReleaseSession();
  problem: Error | null = null;
  readonly stateChanged = new Signal<this, void>(this);
  readonly finished = new Signal<this, ReleaseOutcome>(this);

  watch(isWatched: boolean): void {
    this.watched.push(isWatched);
  }

  async refresh(): Promise<void> {
    this.refreshCount += 1;
  }

  async read(): Promise<Releases> {
    if (this.known instanceof Error) {
      throw this.known;
    }
    return this.known;
  }

  async readNotes(): Promise<ReleaseNotes> {
    return makeNotes();
  }

  begin(place: ReleasePlace, choice: Partial<IReleaseChoice>): FakeReleaseSession {
    this.begun.push({ place, choice });
    return this.session;
  }

  activeJob(): Job | null {
    return this.job;
  }

  failure(): Job | null {
    return this.failed;
  }

  async keepToken(place: ReleasePlace, token: string): Promise<ReleaseToken> {
    if (this.problem) {
      throw this.problem;
    }
    this.kept.push({ place, token });
    const forge = 'https://git.example.org/jo/churn';
    return { repository: 'work/churn', forge, host: 'https://git.example.org' };
  }

  async follow(): Promise<FollowedRequest> {
    return this._or(this.followed);
  }

  async planRequest(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer> {
    this.asked.push({ place, wish, isOpened: false });
    return this.botAnswer;
  }

  async ask(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer> {
    this.asked.push({ place, wish, isOpened: true });
    return this._or({ ...this.botAnswer, dry_run: false, issue: makeRequest() });
  }

  async readWorkflow(_: ReleasePlace, forge: ForgeKind | null): Promise<ReleaseWorkflow> {
    return { ...this.workflow, forge: forge ?? this.workflow.forge };
  }

  async writeWorkflow(
    place: ReleasePlace,
    forge: ForgeKind | null,
    digest: string
  ): Promise<ReleaseWorkflow> {
    this.written.push({ place, forge, digest });
    return this._or(this.workflow);
  }

  async resume(place: ReleasePlace): Promise<ReleaseOutcome> {
    this.resumed.push(place);
    return this._end();
  }

  async undo(place: ReleasePlace, isPublished: boolean): Promise<ReleaseOutcome> {
    this.undone.push({ place, isPublished });
    return this._end();
  }

  private _or<T>(answer: T): T {
    if (this.problem) {
      throw this.problem;
    }
    return answer;
  }

  private async _end(): Promise<ReleaseOutcome> {
    if (this.problem) {
      throw this.problem;
    }
    return { kind: 'cancelled', job: makeReleaseJob(), isSeen: false };
  }
}
