import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Request } from '../api/request';
import { getHealth } from '../api/status';
import type { Health, IProblem, IServerStatus } from '../tokens';
import { asProblem } from './problems';

/** Asks the server extension whether it is there and what it can do. */
export class ServerStatus implements IServerStatus {
  constructor(private readonly _request: Request) {}

  /** What the server said, or null before it has answered. */
  get health(): Health | null {
    return this._health;
  }

  /** Why it does not answer, or null. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Emitted when either changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Ask again. */
  async refresh(): Promise<void> {
    try {
      this._health = await getHealth(this._request);
      this._problem = null;
    } catch (error) {
      this._problem = asProblem(error);
    }
    this._changed.emit();
  }

  private _health: Health | null = null;
  private _problem: IProblem | null = null;
  private readonly _changed = new Signal<this, void>(this);
}
