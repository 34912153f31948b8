import { JSONExt, type PartialJSONValue } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { checkKernel } from '../api/kernels';
import type { Request } from '../api/request';
import type {
  IKernelChecks,
  INotebookKernels,
  IRunningKernel,
  KernelCheck,
  KernelCheckState
} from '../kernelTokens';
import type { IActiveNotebook, INotebookDocument } from '../tokens';
import { asProblem } from './problems';

const QUIET_MS = 800;
const LOCK = 'requirements_lock';

/** What an answer depends on. */
interface IQuestion {
  kernel: IRunningKernel;
  lock: unknown;
}

/** What is kept of one open notebook. */
interface IEntry {
  state: KernelCheckState;
  checker: Debouncer<void>;
  /** What was asked last; the same is never asked twice, also when it failed. */
  asked: IQuestion | null;
  /** Counts questions, so that an answer that was overtaken is dropped. */
  round: number;
  /** Whether something changed while the notebook was out of sight. */
  isDirty: boolean;
}

/** Whether a kernel is not what its notebook's lock asks for. */
export function isDifferent(check: KernelCheck): boolean {
  return check.matches === false || check.state === 'broken';
}

/** Compares kernels with locks, when a notebook has another lock or another kernel than before. */
export class KernelChecks implements IKernelChecks {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _kernels: INotebookKernels,
    private readonly _quietMs = QUIET_MS
  ) {
    _notebooks.documents.forEach(document => this._open(document));
    _notebooks.documentOpened.connect((_, document) => this._open(document), this);
    _notebooks.currentChanged.connect((_, document) => {
      if (document && this._entries.get(document)?.isDirty) {
        this._schedule(document);
      }
    }, this);
    _kernels.changed.connect((_, document) => this._schedule(document), this);
  }

  /** Emitted with the notebook whose state changed. */
  get stateChanged(): ISignal<this, INotebookDocument> {
    return this._stateChanged;
  }

  /** What is known; `none` where the notebook has no lock or no kernel. */
  state(document: INotebookDocument): KernelCheckState {
    return this._entries.get(document)?.state ?? { kind: 'none' };
  }

  /** The comparison of a kernel that does not match its notebook's lock; else null. */
  difference(document: INotebookDocument): KernelCheck | null {
    const state = this.state(document);
    const check = 'check' in state ? state.check : null;
    return check && isDifferent(check) ? check : null;
  }

  /** Compare again, whether or not anything is known to have changed. */
  async refresh(document: INotebookDocument): Promise<void> {
    const entry = this._entries.get(document);
    if (entry) {
      entry.asked = null;
      await this._check(document, entry);
    }
  }

  private _open(document: INotebookDocument): void {
    if (this._entries.has(document)) {
      return;
    }
    const entry: IEntry = {
      state: { kind: 'none' },
      checker: new Debouncer(() => this._check(document, entry), this._quietMs),
      asked: null,
      round: 0,
      isDirty: false
    };
    this._entries.set(document, entry);
    document.contentChanged.connect(this._schedule, this);
    document.disposed.connect(() => {
      entry.checker.dispose();
      this._entries.delete(document);
    }, this);
    void document.ready.then(() => this._schedule(document));
  }

  private _schedule(document: INotebookDocument): void {
    const entry = this._entries.get(document);
    if (!entry || isSame(entry.asked, this._question(document))) {
      return;
    }
    if (document.isVisible || document === this._notebooks.current) {
      entry.isDirty = false;
      // A debouncer rejects the calls that a later call replaces.
      entry.checker.invoke().catch(() => undefined);
    } else {
      entry.isDirty = true;
    }
  }

  /** What there is to ask, or null where there is nothing to compare. */
  private _question(document: INotebookDocument): IQuestion | null {
    const kernel = this._kernels.current(document);
    const lock = document.value(LOCK);
    return kernel && lock ? { kernel, lock } : null;
  }

  private async _check(document: INotebookDocument, entry: IEntry): Promise<void> {
    await document.ready;
    if (document.isDisposed) {
      return;
    }
    const question = this._question(document);
    if (isSame(entry.asked, question) && question) {
      return;
    }
    entry.asked = question;
    entry.round += 1;
    const { round } = entry;
    if (!question) {
      this._set(document, entry, { kind: 'none' });
      return;
    }
    const known = 'check' in entry.state ? entry.state.check : null;
    this._set(document, entry, { kind: 'loading', check: known });
    const state = await this._ask(document, question);
    if (round === entry.round) {
      this._set(document, entry, state);
    }
  }

  private async _ask(
    document: INotebookDocument,
    { kernel, lock }: IQuestion
  ): Promise<KernelCheckState> {
    try {
      const check = await checkKernel(this._request, {
        path: document.path,
        // The kernel that runs, which metadata may not name yet, and nothing of the cells.
        notebook: {
          nbformat: 4,
          nbformat_minor: 5,
          metadata: {
            kernelspec: { name: kernel.name, display_name: kernel.displayName },
            [LOCK]: lock as PartialJSONValue
          },
          cells: []
        }
      });
      return { kind: 'ready', check };
    } catch (error) {
      return { kind: 'error', problem: asProblem(error) };
    }
  }

  private _set(
    document: INotebookDocument,
    entry: IEntry,
    state: KernelCheckState
  ): void {
    entry.state = state;
    this._stateChanged.emit(document);
  }

  private readonly _entries = new Map<INotebookDocument, IEntry>();
  private readonly _stateChanged = new Signal<this, INotebookDocument>(this);
}

function isSame(one: IQuestion | null, other: IQuestion | null): boolean {
  return (
    one?.kernel.id === other?.kernel.id &&
    one?.kernel.name === other?.kernel.name &&
    JSONExt.deepEqual(
      (one?.lock ?? null) as PartialJSONValue,
      (other?.lock ?? null) as PartialJSONValue
    )
  );
}
