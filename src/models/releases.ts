import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import {
  getReleaseNotes,
  getReleases,
  keepReleaseToken,
  resumeRelease,
  undoRelease
} from '../api/releases';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type {
  IReleaseChoice,
  IReleasesModel,
  IWhereabouts,
  ReleaseNotes,
  ReleaseOutcome,
  ReleasePlace,
  ReleasePlan,
  ReleaseResult,
  Releases,
  ReleaseToken
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
    for (const answer of [this._releases, this._unreleased]) {
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
  async refresh(): Promise<void> {
    const { place } = this;
    this._asked = JSON.stringify(place);
    // The sentence about a repository that is none is said once.
    await Promise.all([this._releases.askNow(place), this._unreleased.askNow(place)]);
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
      void this.refresh();
    }
  }

  private readonly _releases: LatestAnswer<ReleasePlace, Releases>;
  private readonly _unreleased: LatestAnswer<ReleasePlace, ReleaseNotes>;
  private readonly _plans = new Map<string, ReleasePlan>();
  private _isWatched = false;
  private _asked = '';
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
