import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IProblem, JobLog } from '../tokens';
import { asProblem } from './problems';

const PAUSE_MS = 700;
/** More lines than anybody reads; older ones are dropped so that the browser stays quick. */
const LONGEST = 5000;

/** A log that is read on while anybody looks at it. */
export class GrowingLog implements IDisposable {
  constructor(
    private readonly _more: (offset: number) => Promise<JobLog>,
    private readonly _pauseMs = PAUSE_MS
  ) {
    void this._read();
  }

  /** The lines read so far. */
  get lines(): readonly string[] {
    return this._lines;
  }

  /** Whether all of it has been read, and no more will come. */
  get isComplete(): boolean {
    return this._isComplete;
  }

  /** Why it cannot be read, or null. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Whether nobody looks at it any more. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Emitted when lines were added. */
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

  /** Say that what is shown of it has changed. */
  protected tell(): void {
    this._changed.emit();
  }

  private async _read(): Promise<void> {
    try {
      const log = await this._more(this._offset);
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
