import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { deleteKernel, listKernels } from '../api/kernels';
import type { Request } from '../api/request';
import type {
  IKernelsModel,
  INotebookKernels,
  KernelRemoval,
  KernelsState
} from '../kernelTokens';
import { asProblem } from './problems';

/** Lists the kernels that were made from locks, and deletes them. */
export class KernelsModel implements IKernelsModel {
  constructor(
    private readonly _request: Request,
    private readonly _running: Pick<INotebookKernels, 'refreshOffer'>
  ) {}

  /** What is known of them. */
  get state(): KernelsState {
    return this._state;
  }

  /** Emitted when the state changed. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Emitted with the name of a kernel that was deleted. */
  get removed(): ISignal<this, string> {
    return this._removed;
  }

  /** Read the list again; a failure is part of the state. */
  async refresh(): Promise<void> {
    const { kernels } = this._state;
    this._round += 1;
    const round = this._round;
    this._set({ kind: 'loading', kernels });
    let state: KernelsState;
    try {
      state = { kind: 'ready', kernels: await listKernels(this._request) };
    } catch (error) {
      state = { kind: 'error', kernels, problem: asProblem(error) };
    }
    if (round === this._round) {
      this._set(state);
    }
  }

  /** Delete a kernel, and the environments that no kernel uses then. */
  async remove(name: string): Promise<KernelRemoval> {
    try {
      const removal = await deleteKernel(this._request, name);
      this._removed.emit(name);
      return removal;
    } finally {
      await Promise.all([this.refresh(), this._running.refreshOffer()]);
    }
  }

  private _set(state: KernelsState): void {
    this._state = state;
    this._stateChanged.emit();
  }

  private _state: KernelsState = { kind: 'loading', kernels: [] };
  private _round = 0;
  private readonly _stateChanged = new Signal<this, void>(this);
  private readonly _removed = new Signal<this, string>(this);
}
