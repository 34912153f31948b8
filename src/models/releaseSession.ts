import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { cutRelease, previewRelease } from '../api/releases';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type {
  BotAnswer,
  IBotWish,
  IReleaseChoice,
  IReleaseSession,
  ReleaseOutcome,
  ReleasePlace,
  ReleasePlan,
  Releases
} from '../releaseTokens';
import type { IJobsModel, IProblem, Job } from '../tokens';
import { CANCELLED, resultOf } from './jobResult';
import { isActive } from './jobStates';
import type { LatestAnswer } from './latestAnswer';
import { asProblem } from './problems';

/** Code of a problem: the plan that was agreed to is another one by now. */
export const OUTDATED = 'release.plan-outdated';
/** Code of a refusal: the repository says that a bot makes its releases. */
const BY_BOT = 'release.by-bot';
/** Codes of refusals that another plan, made now, shows the reason of. */
const OVERTAKEN = [OUTDATED, 'release.checks-failed'];

/** What a plan begins with: the version that the commits ask for. */
const FIRST: IReleaseChoice = {
  kind: 'auto',
  version: '',
  mode: null,
  isChecked: true,
  isPushed: true
};

/** What a session works with. */
export interface ISessionTools {
  /** Talks to the server. */
  request: Request;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** What was released. */
  releases: LatestAnswer<ReleasePlace, Releases>;
  /** Wait for a job that changes something, and tell what it came to. */
  follow: (started: Job, isSeen: () => boolean) => Promise<ReleaseOutcome>;
  /** The issue that would ask a bot for something. */
  planRequest: (wish: IBotWish) => Promise<BotAnswer>;
  /** Ask a bot for something. */
  ask: (wish: IBotWish) => Promise<BotAnswer>;
  /** Called with each plan. */
  onPlan: (plan: ReleasePlan) => void;
}

/** The fields of a request that say which release it is about. */
function wishOf(choice: IReleaseChoice): {
  kind?: Exclude<IReleaseChoice['kind'], 'explicit'>;
  version?: string;
  mode: ReleasePlan['mode'] | null;
  unchecked: boolean;
} {
  const { kind, version, mode, isChecked } = choice;
  return {
    ...(kind === 'explicit' ? { version: version.trim() } : { kind }),
    mode: mode === 'bot' ? null : mode,
    unchecked: !isChecked
  };
}

/** What a bot is asked for in place of that. */
function requestOf({ kind, version }: IReleaseChoice): IBotWish {
  return { request: kind === 'explicit' ? version.trim() : kind };
}

/** Whether a plan of one choice is one of the other as well; where it goes is not planned. */
function isSameWish(one: IReleaseChoice, other: IReleaseChoice): boolean {
  const wish = (choice: IReleaseChoice): unknown =>
    choice.mode === 'bot' ? requestOf(choice) : wishOf(choice);
  return JSON.stringify(wish(one)) === JSON.stringify(wish(other));
}

/** Plans a release and carries it out, step by step as the user goes on. */
export class ReleaseSession implements IReleaseSession {
  constructor(
    private readonly _place: ReleasePlace,
    choice: Partial<IReleaseChoice>,
    private readonly _tools: ISessionTools
  ) {
    this._choice = { ...FIRST, ...choice };
    _tools.releases.changed.connect(this._tell, this);
    _tools.jobs.jobChanged.connect(this._onJobChanged, this);
    void _tools.releases.askNow(_place);
  }

  /** What was released, what could come next, and where to; or how far that is. */
  get releases(): AnswerState<Releases> {
    return this._tools.releases.state;
  }

  /** What is chosen. */
  get choice(): IReleaseChoice {
    return this._choice;
  }

  /** The last plan; null before the first, and where a bot is asked. */
  get plan(): ReleasePlan | null {
    return this._planned?.plan ?? null;
  }

  /** The issue that asks a bot for the release, where that was planned last; or null. */
  get issue(): BotAnswer | null {
    return this._planned?.issue ?? null;
  }

  /** Whether the last plan was carried out. */
  get isDone(): boolean {
    return this._isDone;
  }

  /** Whether {@link plan} is one of something else than what is chosen now. */
  get isBehind(): boolean {
    return this._planned !== null && !isSameWish(this._planned.choice, this._choice);
  }

  /** What is going on. */
  get activity(): IReleaseSession['activity'] {
    return this._activity;
  }

  /** The job that plans or releases; null before the server has it, and when it has ended. */
  get job(): Job | null {
    const job = this._jobId === null ? undefined : this._tools.jobs.get(this._jobId);
    return job && isActive(job) ? job : null;
  }

  /** The id of the last job, whose log may say more; null before the first. */
  get logOf(): string | null {
    return this._jobId;
  }

  /** What went wrong last, or null. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Emitted when any of these changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Choose something else. */
  choose(change: Partial<IReleaseChoice>): void {
    this._choice = { ...this._choice, ...change };
    this._tell();
  }

  /** Make a plan of what is chosen; resolves when it is there, or cannot be made. */
  async makePlan(): Promise<void> {
    await this._while('planning', async () => {
      this._problem = null;
      await this._plan();
    });
  }

  /** Carry the plan out; true when that is done. A plan that no longer holds is made anew. */
  async release(): Promise<boolean> {
    const agreed = this._planned;
    if (!agreed || this.isBehind) {
      return false;
    }
    await this._while('releasing', async () => {
      this._problem = null;
      const refusal = await this._cut(agreed);
      this._isDone = refusal === null;
      if (refusal && OVERTAKEN.includes(refusal.code) && !this._isDisposed) {
        this._activity = 'planning';
        this._tell();
        await this._plan();
      }
      // What kept it from being released matters more than what the new plan ran into.
      this._problem = refusal ?? this._problem;
    });
    return this._isDone;
  }

  /** Stop what is going on. */
  async cancel(): Promise<void> {
    const { job } = this;
    if (job) {
      await this._tools.jobs.cancel(job.job_id);
    }
  }

  /** Want no plan any more; a release that was begun goes on. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    if (this._activity === 'planning') {
      this.cancel().catch(() => undefined);
    }
    this._tools.releases.dispose();
    Signal.clearData(this);
  }

  private async _while(
    activity: IReleaseSession['activity'],
    work: () => Promise<void>
  ): Promise<void> {
    if (this._activity !== 'none') {
      return;
    }
    this._activity = activity;
    this._tell();
    await work();
    this._activity = 'none';
    this._tell();
  }

  private async _plan(): Promise<void> {
    const choice = this._choice;
    const { request, jobs, onPlan, planRequest } = this._tools;
    try {
      if (choice.mode === 'bot') {
        const issue = await planRequest(requestOf(choice));
        this._planned = { choice, plan: null, issue };
        return;
      }
      const started = await previewRelease(request, {
        ...this._place,
        ...wishOf(choice),
        idempotency_key: UUID.uuid4()
      });
      this._jobId = started.job_id;
      if (this._isDisposed) {
        await jobs.cancel(started.job_id);
        return;
      }
      const plan = await resultOf<ReleasePlan>(jobs, started);
      this._planned = { choice, plan, issue: null };
      onPlan(plan);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === BY_BOT && choice.mode === null && !this._isDisposed) {
        // That is what "as the repository says" means there.
        this._choice = { ...this._choice, mode: 'bot' };
        await this._plan();
        return;
      }
      this._problem = problem;
      if (problem.code !== CANCELLED) {
        this._planned = null;
      }
    }
  }

  /** Let a job carry the plan out, or a bot; what kept it from being done, or null. */
  private async _cut({ choice, plan }: IPlanned): Promise<IProblem | null> {
    const { request, follow, ask } = this._tools;
    try {
      if (plan === null) {
        const issue = await ask(requestOf(choice));
        this._planned = { choice, plan, issue };
        return null;
      }
      const started = await cutRelease(request, {
        ...this._place,
        ...wishOf(choice),
        digest: plan.digest,
        push: this._choice.isPushed,
        idempotency_key: UUID.uuid4()
      });
      this._jobId = started.job_id;
      const outcome = await follow(started, () => !this._isDisposed);
      switch (outcome.kind) {
        case 'done':
          return null;
        case 'failed':
          return outcome.problem;
        case 'cancelled':
          return { code: CANCELLED, message: '', hint: '', details: {} };
      }
    } catch (error) {
      return asProblem(error);
    }
  }

  private _onJobChanged(_: IJobsModel, job: Job): void {
    if (job.job_id === this._jobId) {
      this._tell();
    }
  }

  private _tell(): void {
    this._changed.emit();
  }

  private _choice: IReleaseChoice;
  private _planned: IPlanned | null = null;
  private _activity: IReleaseSession['activity'] = 'none';
  private _jobId: string | null = null;
  private _problem: IProblem | null = null;
  private _isDone = false;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** A plan, and what it is a plan of. */
interface IPlanned {
  choice: IReleaseChoice;
  plan: ReleasePlan | null;
  issue: BotAnswer | null;
}
