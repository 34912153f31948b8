import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { getRun, listRuns } from '../api/pipelines';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type { PipelineRun } from '../pipelineTokens';
import { LatestAnswer } from './latestAnswer';

const PAUSE_MS = 800;
/** How often somebody else's machine is asked. */
const REMOTE_PAUSE_MS = 5000;

/** How runs are followed. */
export interface IFollowedRunsOptions {
  /** Whether a job may add a run to those of a pipeline. */
  isStarting: (path: string) => boolean;
  /** How long to wait before a run that goes on is read again, in milliseconds. */
  pauseMs?: number;
  /** The same for a run elsewhere. */
  remotePauseMs?: number;
}

/** What is asked for: the pipeline, and the runs known of it where only some change. */
interface IQuestion {
  path: string;
  known: readonly PipelineRun[] | null;
}

function isHere({ kind, state }: PipelineRun): boolean {
  return kind === 'local' && state === 'running';
}

/** Whether a run goes on elsewhere, and its engine tells how it is. */
function isElsewhere({ kind, state }: PipelineRun): boolean {
  return kind !== 'local' && state === 'running';
}

/** The runs of a pipeline; those that go on are read again and again while somebody looks. */
export class FollowedRuns {
  constructor(
    private readonly _request: Request,
    private readonly _options: IFollowedRunsOptions
  ) {
    this._runs = new LatestAnswer(question => this._ask(question), 0);
    this._runs.changed.connect(this._onRuns, this);
  }

  /** The runs, newest first. */
  get state(): AnswerState<readonly PipelineRun[]> {
    return this._runs.state;
  }

  /** Those that were read, or null before. */
  get known(): readonly PipelineRun[] | null {
    return 'answer' in this.state ? this.state.answer : null;
  }

  /** Emitted when {@link state} changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Read on while somebody looks. */
  watch(isWatched: boolean): void {
    this._isWatched = isWatched;
    clearTimeout(this._timer);
  }

  /** Read the runs of a pipeline; of those that are known only what goes on. */
  async read(path: string, known: readonly PipelineRun[] | null = null): Promise<void> {
    await this._runs.askNow({ path, known });
  }

  /** Know of no runs. */
  forget(): void {
    this._runs.forget();
  }

  private async _ask({ path, known }: IQuestion): Promise<readonly PipelineRun[]> {
    this._path = path;
    const goesOn = known?.some(run => isHere(run) || isElsewhere(run));
    if (!known || !goesOn || (this._options.isStarting(path) && !known.some(isHere))) {
      this._remoteAt = 0;
      return (await listRuns(this._request, path)).runs;
    }
    // Half of it, since a timer may be a moment early.
    const isDue = Date.now() - this._remoteAt >= this._remotePause / 2;
    this._remoteAt = isDue ? Date.now() : this._remoteAt;
    const isOld = (run: PipelineRun): boolean =>
      isHere(run) || (isDue && isElsewhere(run));
    return Promise.all(
      known.map(run => (isOld(run) ? getRun(this._request, { path, run: run.run }) : run))
    );
  }

  private _onRuns(): void {
    this._changed.emit();
    clearTimeout(this._timer);
    const { known, _path: path } = this;
    const isQuick = known?.some(isHere) || this._options.isStarting(path);
    const goesOn = isQuick || known?.some(isElsewhere);
    if (this._isWatched && this.state.kind !== 'loading' && goesOn) {
      // The record of a run elsewhere may be old: that is soon made good.
      const isSoon = isQuick || this._remoteAt === 0;
      const pause = this._options.pauseMs ?? PAUSE_MS;
      const wait = isSoon ? pause : this._remotePause;
      this._timer = setTimeout(() => void this.read(path, known), wait);
    }
  }

  private get _remotePause(): number {
    return this._options.remotePauseMs ?? REMOTE_PAUSE_MS;
  }

  private readonly _runs: LatestAnswer<IQuestion, readonly PipelineRun[]>;
  private _path = '';
  /** When runs elsewhere were last asked for; 0 after their records were read. */
  private _remoteAt = 0;
  private _isWatched = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _changed = new Signal<this, void>(this);
}
