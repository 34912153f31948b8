import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import {
  askBot,
  getBotRequest,
  getBotRequests,
  getReleaseBuilds,
  getReleaseNotes,
  getReleases,
  getReleaseWorkflow,
  keepReleaseToken,
  resumeRelease,
  undoRelease,
  writeReleaseWorkflow
} from '../api/releases';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type {
  BotAnswer,
  BotRequest,
  FollowedRequest,
  ForgeKind,
  IBotWish,
  IReleaseChoice,
  IReleasesModel,
  IWhereabouts,
  ReleaseBuilds,
  ReleaseNotes,
  ReleaseOutcome,
  ReleasePlace,
  ReleasePlan,
  ReleaseResult,
  Releases,
  ReleaseToken,
  ReleaseWorkflow
} from '../releaseTokens';
import type { IJobsModel, Job } from '../tokens';
import { isActive } from './jobStates';
import { LatestAnswer } from './latestAnswer';
import { asProblem } from './problems';
import { OUTDATED, ReleaseSession } from './releaseSession';

/** The kinds of jobs that change something; a preview does not. */
const KINDS = ['release', 'release-resumption', 'release-undo'];

function isKind({ kind }: Job): boolean {
  return KINDS.includes(kind);
}

/** Knows what was released where the user is, and cuts releases. */
export class ReleasesModel implements IReleasesModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel,
    private readonly _whereabouts: IWhereabouts
  ) {
    this._releases = new LatestAnswer(place => getReleases(_request, place), 0);
    this._unreleased = new LatestAnswer(place => getReleaseNotes(_request, place), 0);
    this._builds = new LatestAnswer(folder => getReleaseBuilds(_request, { folder }), 0);
    this._requests = new LatestAnswer(folder => this._readRequests(folder), 0);
    const { _releases, _unreleased, _builds, _requests } = this;
    for (const answer of [_releases, _unreleased, _builds, _requests]) {
      answer.changed.connect(() => this._stateChanged.emit(), this);
    }
    _whereabouts.changed.connect(this._onWentElsewhere, this);
  }

  /** Where the user is. */
  get place(): ReleasePlace {
    return this._whereabouts.place;
  }

  /** What was released there. */
  get state(): AnswerState<Releases> {
    return this._releases.state;
  }

  /** What is not released there. */
  get notes(): AnswerState<ReleaseNotes> {
    return this._unreleased.state;
  }

  /** How the builds of the newest release there stand. */
  get builds(): AnswerState<ReleaseBuilds> {
    return this._builds.state;
  }

  /** The open issues there that ask a bot for something, and those that were opened here. */
  get requests(): AnswerState<readonly BotRequest[]> {
    return this._requests.state;
  }

  /** The last plan of the repository that {@link state} is of, until a release was cut; or null. */
  get plan(): ReleasePlan | null {
    const { state } = this;
    const answer = 'answer' in state ? state.answer : null;
    return answer ? (this._plans.get(answer.repository) ?? null) : null;
  }

  /** Emitted when any of these changed. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Emitted when a job has ended. */
  get finished(): ISignal<this, ReleaseOutcome> {
    return this._finished;
  }

  /** Follow where the user is, or do so no more: nothing is asked that nobody looks at. */
  watch(isWatched: boolean): void {
    this._isWatched = isWatched;
    if (isWatched) {
      void this.refresh();
    }
  }

  /** Read it again. */
  refresh(): Promise<void> {
    this._askedForge = null;
    return this._read();
  }

  /** What was released in a repository, also as its remote has it. */
  read(place: ReleasePlace): Promise<Releases> {
    return getReleases(this._request, place, true);
  }

  /** What is not released in a repository. */
  readNotes(place: ReleasePlace): Promise<ReleaseNotes> {
    return getReleaseNotes(this._request, place);
  }

  /** Begin to plan a release. */
  begin(place: ReleasePlace, choice: Partial<IReleaseChoice>): ReleaseSession {
    return new ReleaseSession(place, choice, {
      request: this._request,
      jobs: this._jobs,
      releases: new LatestAnswer(where => getReleases(this._request, where), 0),
      follow: (started, isSeen) => this._follow(started, isSeen),
      planRequest: wish => this.planRequest(place, wish),
      ask: wish => this.ask(place, wish),
      onPlan: plan => {
        this._plans.set(plan.repository, plan);
        this._stateChanged.emit();
      }
    });
  }

  /** The job that cuts, resumes or undoes a release of a repository now, or null. */
  activeJob(repository: string): Job | null {
    const last = this._last(repository);
    return last && isActive(last) ? last : null;
  }

  /** Why the last such job came to nothing, or null. */
  failure(repository: string): Job | null {
    const last = this._last(repository);
    const code = last?.state === 'failed' ? last.error?.code : undefined;
    // Where the plan was another one by now, nothing was done, and the new plan was shown.
    return last && code !== undefined && code !== OUTDATED ? last : null;
  }

  /** Have git keep a token for the forge of a repository; neither this page nor the server does. */
  keepToken(place: ReleasePlace, token: string): Promise<ReleaseToken> {
    return keepReleaseToken(this._request, { ...place, token });
  }

  /** What became of an issue that asks a bot for something. */
  follow(place: ReleasePlace, number: number): Promise<FollowedRequest> {
    return getBotRequest(this._request, place, number);
  }

  /** The issue that would ask a bot for something. */
  planRequest(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer> {
    return askBot(this._request, { tag: '', ...place, ...wish, dry_run: true });
  }

  /** Ask a bot for something. */
  async ask(place: ReleasePlace, wish: IBotWish): Promise<BotAnswer> {
    const body = { tag: '', ...place, ...wish, dry_run: false };
    const answer = await askBot(this._request, body);
    const { issue, repository } = answer;
    if (issue) {
      this._opened.set(`${repository} ${issue.number}`, { repository, issue });
    }
    if (this._isWatched && this._askedForge === repository) {
      void this._requests.askNow(repository);
    }
    return answer;
  }

  /** The workflow that would be written, for the forge of the remote where none is named. */
  readWorkflow(place: ReleasePlace, forge: ForgeKind | null): Promise<ReleaseWorkflow> {
    return getReleaseWorkflow(this._request, place, forge);
  }

  /** Write the workflow that was agreed to. */
  async writeWorkflow(
    place: ReleasePlace,
    forge: ForgeKind | null,
    digest: string
  ): Promise<ReleaseWorkflow> {
    const written = await writeReleaseWorkflow(this._request, {
      ...place,
      forge,
      digest
    });
    if (this._isWatched) {
      void this._read();
    }
    return written;
  }

  /** Go on with a release. */
  async resume(place: ReleasePlace): Promise<ReleaseOutcome> {
    const body = { ...place, idempotency_key: UUID.uuid4() };
    return this._follow(await resumeRelease(this._request, body), () => false);
  }

  /** Take the newest release back, also from its remote where that is wanted. */
  async undo(place: ReleasePlace, isPublished: boolean): Promise<ReleaseOutcome> {
    const body = { ...place, published: isPublished, idempotency_key: UUID.uuid4() };
    return this._follow(await undoRelease(this._request, body), () => false);
  }

  /** Follow the jobs that were under way when the page was loaded. */
  async adopt(): Promise<void> {
    const adopted = this._jobs.active.filter(isKind);
    await Promise.all(adopted.map(job => this._follow(job, () => false)));
  }

  private async _read(): Promise<void> {
    const { place } = this;
    this._asked = JSON.stringify(place);
    // The sentence about a repository that is none is said once.
    await Promise.all([this._readReleases(place), this._unreleased.askNow(place)]);
  }

  private async _readReleases(place: ReleasePlace): Promise<void> {
    await this._releases.askNow(place);
    const { state } = this;
    if (state.kind === 'loading') {
      // The user went on meanwhile.
      return;
    }
    const repository = state.kind === 'ready' ? state.answer.repository : null;
    const isOther = repository !== this._shownForge;
    this._shownForge = repository;
    if (isOther) {
      this._builds.forget();
      this._requests.forget();
    }
    // Other documents of a repository are no reason to ask its forge again.
    if (repository !== null && repository !== this._askedForge) {
      await this._askForge(repository);
    }
  }

  private async _askForge(repository: string): Promise<void> {
    this._askedForge = repository;
    await this._builds.askNow(repository);
    const { builds } = this;
    if (
      builds.kind === 'error' ||
      (builds.kind === 'ready' && builds.answer.note === '')
    ) {
      await this._requests.askNow(repository);
    } else if (builds.kind === 'ready') {
      this._requests.forget();
    }
  }

  private async _readRequests(folder: string): Promise<readonly BotRequest[]> {
    const { requests } = await getBotRequests(this._request, { folder });
    const open = requests.filter(issue => issue !== null);
    const numbers = new Set(open.map(({ number }) => number));
    const closed = [...this._opened.values()]
      .filter(
        ({ repository, issue }) => repository === folder && !numbers.has(issue.number)
      )
      .map(({ issue }) => ({ ...issue, is_open: false }));
    return [...open, ...closed];
  }

  private _last(repository: string): Job | null {
    const isOurs = (job: Job): boolean => isKind(job) && job.key === repository;
    return this._jobs.jobs.find(isOurs) ?? null;
  }

  private async _follow(started: Job, isSeen: () => boolean): Promise<ReleaseOutcome> {
    this._jobs.track(started);
    const job = await this._jobs.ended(started.job_id);
    const outcome: ReleaseOutcome = { ...(await this._deal(job)), isSeen: isSeen() };
    // Whatever it came to, the repository is another one than the plan was made of.
    this._plans.delete(job.key);
    if (this._isWatched) {
      void this.refresh();
    }
    this._finished.emit(outcome);
    return outcome;
  }

  private async _deal(job: Job): Promise<Unseen> {
    if (job.state === 'cancelled') {
      return { kind: 'cancelled', job };
    }
    if (job.state !== 'succeeded') {
      const nothing = { code: '', message: '', hint: '', details: {} };
      return { kind: 'failed', job, problem: job.error ?? nothing };
    }
    try {
      const { result } = await this._jobs.read(job.job_id);
      return { kind: 'done', job, result: result as ReleaseResult };
    } catch (error) {
      return { kind: 'failed', job, problem: asProblem(error) };
    }
  }

  private _onWentElsewhere(): void {
    if (this._isWatched && this._asked !== JSON.stringify(this.place)) {
      void this._read();
    }
  }

  private readonly _releases: LatestAnswer<ReleasePlace, Releases>;
  private readonly _unreleased: LatestAnswer<ReleasePlace, ReleaseNotes>;
  private readonly _plans = new Map<string, ReleasePlan>();
  private _isWatched = false;
  private _asked = '';
  private readonly _builds: LatestAnswer<string, ReleaseBuilds>;
  private readonly _requests: LatestAnswer<string, readonly BotRequest[]>;
  /** The issues that were opened here, so that they can be followed when they are closed. */
  private readonly _opened = new Map<string, { repository: string; issue: BotRequest }>();
  /** The repository whose forge was asked last, until it is to be asked again. */
  private _askedForge: string | null = null;
  /** The repository that {@link builds} and {@link requests} are of. */
  private _shownForge: string | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
  private readonly _finished = new Signal<this, ReleaseOutcome>(this);
}

/** What became of a job, before anybody was asked whether it is seen. */
type Unseen =
  | { kind: 'done'; job: Job; result: ReleaseResult }
  | {
      kind: 'failed';
      job: Job;
      problem: Extract<ReleaseOutcome, { kind: 'failed' }>['problem'];
    }
  | { kind: 'cancelled'; job: Job };
