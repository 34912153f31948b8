import { JSONExt, type PartialJSONObject } from '@lumino/coreutils';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { cancelJob, clearJobs, getJob, getJobLog, listJobs } from '../api/jobs';
import type { Request } from '../api/request';
import type { IJobsModel, IProblem, Job, JobLog } from '../tokens';
import { isActive } from './jobStates';
import { asProblem } from './problems';

/** How often active jobs are read again: quickly while they change, ever slower while not. */
export interface IPace {
  /** The shortest pause in milliseconds. */
  shortest: number;
  /** The longest pause in milliseconds. */
  longest: number;
}

/** The id of our event schema; other extensions have jobs of their own. */
const JOB_EVENT = 'https://schema.aidevsecops.example/job/v1';

const PACE: IPace = { shortest: 500, longest: 5000 };

/** What an event of the server says; anything but a job's id is taken from the server again. */
export type JobHint = { [key: string]: unknown };

/** Keeps the jobs of the server: an event or a tick of the clock is a hint, GET is the truth. */
export class JobsModel implements IJobsModel {
  constructor(
    private readonly _request: Request,
    hints: ISignal<unknown, JobHint> | null,
    private readonly _pace: IPace = PACE
  ) {
    hints?.connect(this._onHint, this);
    this._poll = new Poll({
      auto: false,
      factory: () => this._tick(),
      frequency: { interval: _pace.shortest, backoff: true, max: _pace.longest },
      // A result is applied and told even if the window is in the background.
      standby: 'never'
    });
  }

  /** The jobs on record, newest first; a preview that has ended is nothing to look at. */
  get jobs(): readonly Job[] {
    return [...this._jobs.values()]
      .filter(job => !job.preview || isActive(job))
      .sort((a, b) => b.created_at - a.created_at);
  }

  /** The jobs that have not ended. */
  get active(): readonly Job[] {
    return this.jobs.filter(isActive);
  }

  /** Whether the jobs have been listed once. */
  get isReady(): boolean {
    return this._isReady;
  }

  /** Why the last listing failed, or null. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Emitted when the list or the problem changed. */
  get jobsChanged(): ISignal<this, void> {
    return this._jobsChanged;
  }

  /** Emitted with a job that is new or changed. */
  get jobChanged(): ISignal<this, Job> {
    return this._jobChanged;
  }

  /** The job of that id, or undefined. */
  get(jobId: string): Job | undefined {
    return this._jobs.get(jobId);
  }

  /** Take up a job that the server has just answered. */
  track(job: Job): void {
    if (this._store(job)) {
      this._jobsChanged.emit();
      this._jobChanged.emit(job);
    }
    this._watch();
  }

  /** Read the list again; a failure is kept in {@link problem}. */
  async refresh(): Promise<void> {
    try {
      await this._list();
      this._problem = null;
    } catch (error) {
      this._problem = asProblem(error);
    }
    this._jobsChanged.emit();
  }

  /** The job once it has ended. */
  ended(jobId: string): Promise<Job> {
    const known = this._jobs.get(jobId);
    if (known && !isActive(known)) {
      return Promise.resolve(known);
    }
    return new Promise(resolve => {
      const onChange = (_: JobsModel, job: Job): void => {
        if (job.job_id === jobId && !isActive(job)) {
          this._jobChanged.disconnect(onChange);
          resolve(job);
        }
      };
      this._jobChanged.connect(onChange);
    });
  }

  /** A job with its result, which lists leave out. */
  async read(jobId: string): Promise<Job> {
    const known = this._jobs.get(jobId);
    if (known?.result) {
      return known;
    }
    const job = await getJob(this._request, jobId);
    this.track(job);
    return job;
  }

  /** Ask the server to stop a job. */
  async cancel(jobId: string): Promise<void> {
    this.track(await cancelJob(this._request, jobId));
  }

  /** Forget the jobs that have ended. */
  async clear(): Promise<void> {
    await clearJobs(this._request);
    await this.refresh();
  }

  /** The log lines of a job from an offset on. */
  readLog(jobId: string, offset: number): Promise<JobLog> {
    return getJobLog(this._request, jobId, offset);
  }

  private async _onHint(_: unknown, hint: JobHint): Promise<void> {
    const { job_id: jobId, schema_id: schema } = hint;
    if (typeof jobId !== 'string' || schema !== JOB_EVENT) {
      return;
    }
    try {
      this.track(await getJob(this._request, jobId));
    } catch {
      // The event was only a hint: the next tick reads the truth, or reports why it cannot.
      this._watch();
    }
  }

  private async _tick(): Promise<void> {
    const isChanged = await this._listOrTell();
    const pause = this._poll.frequency.interval;
    this._setPause(isChanged ? this._pace.shortest : pause * 1.5);
    if (this.active.length === 0) {
      void this._poll.stop();
    }
  }

  /** Read the list; a failure is told and makes the poll back off. */
  private async _listOrTell(): Promise<boolean> {
    try {
      const isChanged = await this._list();
      this._problem = null;
      return isChanged;
    } catch (error) {
      this._problem = asProblem(error);
      this._jobsChanged.emit();
      throw error;
    }
  }

  /** Read the list; true when it was not what was known. */
  private async _list(): Promise<boolean> {
    const before = [...this._jobs.values()];
    const listed = await listJobs(this._request);
    this._isReady = true;
    const ids = new Set(listed.map(job => job.job_id));
    const gone = before.filter(job => !ids.has(job.job_id));
    gone.forEach(job => this._forget(job));
    const changed = listed.filter(job => this._store(job));
    if (gone.length > 0 || changed.length > 0) {
      this._jobsChanged.emit();
    }
    changed.forEach(job => this._jobChanged.emit(job));
    this._watch();
    return changed.length > 0;
  }

  /** Drop a job that the server no longer knows; whoever waits for it is told that it is lost. */
  private _forget(job: Job): void {
    this._jobs.delete(job.job_id);
    if (isActive(job)) {
      const error = { code: 'job.lost', message: '', hint: '', details: {} };
      this._jobChanged.emit({ ...job, state: 'failed', error });
    }
  }

  /** Keep a job; true when it is new or changed. An answer that was overtaken is dropped. */
  private _store(job: Job): boolean {
    const known = this._jobs.get(job.job_id);
    const isOvertaken = known && !isActive(known) && (known.result || !job.result);
    if (known && (isOvertaken || isSame(known, job))) {
      return false;
    }
    this._jobs.set(job.job_id, job);
    return true;
  }

  private _watch(): void {
    const phase = this._poll.state.phase;
    const isIdle = phase === 'constructed' || phase === 'stopped' || phase === 'standby';
    if (this.active.length > 0 && isIdle) {
      this._setPause(this._pace.shortest);
      void this._poll.start();
    }
  }

  private _setPause(pause: number): void {
    const { shortest, longest } = this._pace;
    const interval = Math.min(Math.max(pause, shortest), longest);
    if (this._poll.frequency.interval !== interval) {
      this._poll.frequency = {
        interval,
        backoff: true,
        max: Math.max(longest, interval)
      };
    }
  }

  private readonly _jobs = new Map<string, Job>();
  private readonly _poll: Poll;
  private _isReady = false;
  private _problem: IProblem | null = null;
  private readonly _jobsChanged = new Signal<this, void>(this);
  private readonly _jobChanged = new Signal<this, Job>(this);
}

function isSame(one: Job, other: Job): boolean {
  return JSONExt.deepEqual(
    one as unknown as PartialJSONObject,
    other as unknown as PartialJSONObject
  );
}
