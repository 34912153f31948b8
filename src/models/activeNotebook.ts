import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IActiveNotebook, INotebookDocument } from '../tokens';
import { NotebookDocument } from './notebookDocument';

/** Follows the notebooks that are open and the one that the user works in. */
export class ActiveNotebook implements IActiveNotebook {
  constructor(private readonly _tracker: INotebookTracker) {
    _tracker.forEach(panel => this._open(panel));
    _tracker.widgetAdded.connect((_, panel) => this._open(panel), this);
    _tracker.currentChanged.connect(this._onCurrentChanged, this);
  }

  /** The notebook that the user works in, or null. */
  get current(): INotebookDocument | null {
    const panel = this._tracker.currentWidget;
    return panel ? (this._documents.get(panel.id) ?? null) : null;
  }

  /** All open notebooks. */
  get documents(): readonly INotebookDocument[] {
    return [...this._documents.values()];
  }

  /** Emitted when another notebook became the current one. */
  get currentChanged(): ISignal<this, INotebookDocument | null> {
    return this._currentChanged;
  }

  /** Emitted when a notebook was opened. */
  get documentOpened(): ISignal<this, INotebookDocument> {
    return this._documentOpened;
  }

  /** The open notebook of that panel or path; the current one when neither is given. */
  find(where: { path?: string; panel_id?: string }): INotebookDocument | null {
    const { path, panel_id: id } = where;
    if (id === undefined && path === undefined) {
      return this.current;
    }
    const found = this.documents.find(document =>
      id === undefined ? document.path === path : document.id === id
    );
    return found ?? null;
  }

  private _open(panel: NotebookPanel): void {
    if (this._documents.has(panel.id)) {
      return;
    }
    const document = new NotebookDocument(panel);
    const { id } = document;
    this._documents.set(id, document);
    document.disposed.connect(() => this._documents.delete(id), this);
    this._documentOpened.emit(document);
  }

  private _onCurrentChanged(): void {
    const panel = this._tracker.currentWidget;
    // The tracker may name a new panel before it has told that it was added.
    if (panel) {
      this._open(panel);
    }
    this._currentChanged.emit(this.current);
  }

  private readonly _documents = new Map<string, INotebookDocument>();
  private readonly _currentChanged = new Signal<this, INotebookDocument | null>(this);
  private readonly _documentOpened = new Signal<this, INotebookDocument>(this);
}
