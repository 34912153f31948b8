import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Debouncer } from '@lumino/polling';
import { editRequirements, getTargets, inspectDependencies } from '../api/notebooks';
import type { Request } from '../api/request';
import type {
  Dependencies,
  DependenciesState,
  EditOutcome,
  IActiveNotebook,
  IDependenciesModel,
  ILockModel,
  INotebookDocument,
  NotebookStatus,
  RequirementsChange,
  Targets
} from '../tokens';
import { asProblem } from './problems';

const QUIET_MS = 800;

/** What is kept of one open notebook. */
interface IEntry {
  state: DependenciesState;
  inspector: Debouncer<void>;
  /** The notebook's text at the last inspection, to skip those that would ask the same. */
  inspected: string | null;
  /** Counts inspections, so that an answer that was overtaken is dropped. */
  round: number;
  /** Whether it changed while it was out of sight. */
  isDirty: boolean;
}

/** Reads what the open notebooks need, a moment after they changed. */
export class DependenciesModel implements IDependenciesModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _locks: Pick<ILockModel, 'activeJob'>,
    private readonly _quietMs = QUIET_MS
  ) {
    _notebooks.documents.forEach(document => this._open(document));
    _notebooks.documentOpened.connect((_, document) => this._open(document), this);
    _notebooks.currentChanged.connect((_, document) => {
      if (document && this._entries.get(document)?.isDirty) {
        this._schedule(document);
      }
    }, this);
  }

  /** Emitted with the notebook whose state changed. */
  get stateChanged(): ISignal<this, INotebookDocument> {
    return this._stateChanged;
  }

  /** What is known of a notebook. */
  state(document: INotebookDocument): DependenciesState {
    return this._entries.get(document)?.state ?? { kind: 'loading', dependencies: null };
  }

  /** The one word for a notebook's state. */
  status(document: INotebookDocument): NotebookStatus {
    if (this._locks.activeJob(document.path)) {
      return 'locking';
    }
    const state = this.state(document);
    if (state.kind === 'error') {
      return 'error';
    }
    return state.dependencies?.status ?? 'loading';
  }

  /** Read a notebook's dependencies again. */
  async refresh(document: INotebookDocument): Promise<void> {
    const entry = this._entries.get(document);
    if (entry) {
      entry.inspected = null;
      await this._inspect(document, entry);
    }
  }

  /** Add, replace or remove requirements in the notebook's metadata. */
  async edit(
    document: INotebookDocument,
    change: RequirementsChange
  ): Promise<EditOutcome> {
    const notebook = document.snapshot();
    const { edit } = await editRequirements(this._request, {
      path: document.path,
      notebook,
      ...change
    });
    const outcome = document.apply(edit, notebook.metadata);
    await this.refresh(document);
    return outcome;
  }

  /** The runtime environments that the notebook could be locked for. */
  targets(document: INotebookDocument): Promise<Targets> {
    return getTargets(this._request, { path: document.path });
  }

  private _open(document: INotebookDocument): void {
    if (this._entries.has(document)) {
      return;
    }
    const entry: IEntry = {
      state: { kind: 'loading', dependencies: null },
      inspector: new Debouncer(() => this._inspect(document, entry), this._quietMs),
      inspected: null,
      round: 0,
      isDirty: false
    };
    this._entries.set(document, entry);
    document.contentChanged.connect(this._schedule, this);
    document.disposed.connect(() => {
      entry.inspector.dispose();
      this._entries.delete(document);
    }, this);
    void document.ready.then(() => this._schedule(document));
  }

  private _schedule(document: INotebookDocument): void {
    const entry = this._entries.get(document);
    if (!entry) {
      return;
    }
    if (document.isVisible || document === this._notebooks.current) {
      entry.isDirty = false;
      // A debouncer rejects the calls that a later call replaces.
      entry.inspector.invoke().catch(() => undefined);
    } else {
      entry.isDirty = true;
    }
  }

  private async _inspect(document: INotebookDocument, entry: IEntry): Promise<void> {
    await document.ready;
    if (document.isDisposed) {
      return;
    }
    const { path } = document;
    const notebook = document.snapshot();
    const text = JSON.stringify([path, notebook]);
    if (text === entry.inspected) {
      return;
    }
    entry.inspected = text;
    entry.round += 1;
    const { round } = entry;
    const known = entry.state.dependencies;
    this._set(document, entry, { kind: 'loading', dependencies: known });
    const state = await this._ask(path, notebook, known);
    if (round !== entry.round) {
      return;
    }
    if (state.kind === 'error') {
      entry.inspected = null;
    }
    this._set(document, entry, state);
  }

  private async _ask(
    path: string,
    notebook: { [key: string]: unknown },
    known: Dependencies | null
  ): Promise<DependenciesState> {
    try {
      const dependencies = await inspectDependencies(this._request, { path, notebook });
      return { kind: 'ready', dependencies };
    } catch (error) {
      return { kind: 'error', problem: asProblem(error), dependencies: known };
    }
  }

  private _set(
    document: INotebookDocument,
    entry: IEntry,
    state: DependenciesState
  ): void {
    entry.state = state;
    this._stateChanged.emit(document);
  }

  private readonly _entries = new Map<INotebookDocument, IEntry>();
  private readonly _stateChanged = new Signal<this, INotebookDocument>(this);
}
