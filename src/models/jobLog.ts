import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IJobsModel, IProblem, Job } from '../tokens';
import { asProblem } from './problems';

const PAUSE_MS = 700;
/** More lines than anybody reads; older ones are dropped so that the browser stays quick. */
const LONGEST = 5000;

/** The growing log of one job, read on while anybody looks at it. */
export class JobLogModel implements IDisposable {
  constructor(
    private readonly _jobs: IJobsModel,
    readonly jobId: string,
    private readonly _pauseMs = PAUSE_MS
  ) {
    _jobs.jobChanged.connect(this._onJobChanged, this);
    void this._read();
  }

  /** The job, or undefined when the server does not know it. */
  get job(): Job | undefined {
    return this._jobs.get(this.jobId);
  }

  /** The lines read so far. */
  get lines(): readonly string[] {
    return this._lines;
  }

  /** Whether the job has ended and all of its log has been read. */
  get isComplete(): boolean {
    return this._isComplete;
  }

  /** Why the log cannot be read, or null. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Whether nobody looks at the log any more. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Emitted when lines were added or the job changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Stop reading. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private _onJobChanged(_: IJobsModel, job: Job): void {
    if (job.job_id === this.jobId) {
      this._changed.emit();
    }
  }

  private async _read(): Promise<void> {
    try {
      const log = await this._jobs.readLog(this.jobId, this._offset);
      this._offset = log.next_offset;
      this._isComplete = log.complete;
      this._lines = [...this._lines, ...log.lines].slice(-LONGEST);
      this._problem = null;
    } catch (error) {
      this._problem = asProblem(error);
    }
    if (this._isDisposed) {
      return;
    }
    this._changed.emit();
    if (!this._isComplete) {
      this._timer = setTimeout(() => void this._read(), this._pauseMs);
    }
  }

  private _lines: readonly string[] = [];
  private _offset = 0;
  private _isComplete = false;
  private _problem: IProblem | null = null;
  private _isDisposed = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _changed = new Signal<this, void>(this);
}
