import type { NotebookPanel } from '@jupyterlab/notebook';
import type { PartialJSONObject, PartialJSONValue } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type {
  CellEdit,
  EditOutcome,
  ICellMark,
  INotebookDocument,
  MetadataValues,
  NotebookEdit,
  NotebookSnapshot
} from '../tokens';
import { CellMarks } from './cellMarks';

/** A cell of the shared model. */
type SharedCell = NotebookPanel['context']['model']['sharedModel']['cells'][number];

/** An open notebook, read and edited through its shared model only. */
export class NotebookDocument implements INotebookDocument {
  constructor(private readonly _panel: NotebookPanel) {
    this.ready = this._connect();
    this._marks = new CellMarks(_panel.content);
    _panel.context.pathChanged.connect(this._onChange, this);
    _panel.disposed.connect(this.dispose, this);
  }

  /** Resolves when the content has been loaded. */
  readonly ready: Promise<void>;

  /** The id of the panel, stable when the notebook is renamed. */
  get id(): string {
    return this._panel.id;
  }

  /** The path below the server's root, without the name of a drive. */
  get path(): string {
    return this._panel.context.localPath;
  }

  /** Whether the user can see it now. */
  get isVisible(): boolean {
    return !this._isDisposed && this._panel.isVisible;
  }

  /** Whether the notebook was closed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Emitted when the notebook is closed. */
  get disposed(): ISignal<this, void> {
    return this._disposed;
  }

  /** Emitted when cells, metadata or the path changed. */
  get contentChanged(): ISignal<this, void> {
    return this._contentChanged;
  }

  /** The value of a metadata key; null where the key is absent. */
  value(key: string): unknown {
    return this._panel.context.model.sharedModel.getMetadata()[key] ?? null;
  }

  /** The content of this moment, saved or not, without outputs; pictures in texts on request. */
  snapshot(withPictures = false): NotebookSnapshot {
    const shared = this._panel.context.model.sharedModel;
    return {
      nbformat: shared.nbformat,
      nbformat_minor: shared.nbformat_minor,
      metadata: JSONExt.deepCopy(shared.getMetadata() as PartialJSONObject),
      cells: shared.cells.map(cell => ({
        cell_type: cell.cell_type,
        // Cells have had ids since nbformat 4.5; older minors do not allow them.
        ...(shared.nbformat_minor >= 5 ? { id: cell.getId() } : {}),
        metadata: JSONExt.deepCopy(cell.getMetadata() as PartialJSONObject),
        source: cell.getSource(),
        ...(cell.cell_type === 'code' ? { outputs: [], execution_count: null } : {}),
        ...(withPictures ? picturesOf(cell) : {})
      }))
    };
  }

  /** The ids of the cells, in order. */
  cellIds(): string[] {
    return this._panel.context.model.sharedModel.cells.map(cell => cell.getId());
  }

  /** Mark these cells, and no others, in the margin. */
  mark(marks: readonly ICellMark[]): void {
    if (!this._isDisposed) {
      this._marks.show(marks);
    }
  }

  /**
   * Write an edit to the shared model, all of it or nothing: it is refused when the keys moved
   * away from `base` meanwhile, or the cells from the texts and tags that the edit was made for.
   */
  apply(edit: NotebookEdit, base: MetadataValues): EditOutcome {
    const outcome = this.foresee(edit, base);
    if (outcome !== 'applied') {
      return outcome;
    }
    const shared = this._panel.context.model.sharedModel;
    shared.transact(() => {
      for (const change of edit.cells ?? []) {
        const cell = findCell(shared.cells, change);
        if (cell) {
          rewrite(cell, change.source);
        }
      }
      for (const change of edit.tags ?? []) {
        const cell = findCell(shared.cells, change);
        if (cell && change.tags.length > 0) {
          cell.setMetadata('tags', [...change.tags]);
        } else {
          cell?.deleteMetadata('tags');
        }
      }
      for (const [key, value] of Object.entries(edit.metadata)) {
        if (value === null) {
          shared.deleteMetadata(key);
        } else {
          shared.setMetadata(key, value as PartialJSONValue);
        }
      }
    });
    return 'applied';
  }

  /** What {@link apply} would come to; nothing is written. */
  foresee(edit: NotebookEdit, base: MetadataValues): EditOutcome {
    const shared = this._panel.context.model.sharedModel;
    const current = shared.getMetadata() as PartialJSONObject;
    const keys = Object.keys(edit.metadata);
    const cells = (edit.cells ?? []).map(change => ({
      change,
      source: findCell(shared.cells, change)?.getSource()
    }));
    const tagged = (edit.tags ?? []).map(change => ({
      change,
      tags: tagsOf(findCell(shared.cells, change))
    }));
    if (
      keys.every(key => isSame(current[key], edit.metadata[key])) &&
      cells.every(({ source, change }) => source === change.source) &&
      tagged.every(({ tags, change }) => isSame(tags, change.tags))
    ) {
      return 'unchanged';
    }
    return keys.every(key => isSame(current[key], base[key])) &&
      cells.every(({ source, change }) => source === change.base) &&
      tagged.every(({ tags, change }) => isSame(tags, change.base))
      ? 'applied'
      : 'refused';
  }

  /** Select a cell and scroll it into view. */
  async reveal(index: number): Promise<void> {
    const { content } = this._panel;
    const cell = content.widgets[index];
    if (cell) {
      content.deselectAll();
      content.activeCellIndex = index;
      await content.scrollToCell(cell, 'center');
    }
  }

  /** Stop listening; happens by itself when the notebook is closed. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._disposed.emit();
    Signal.clearData(this);
  }

  private async _connect(): Promise<void> {
    await this._panel.context.ready;
    if (this._isDisposed) {
      return;
    }
    const { model } = this._panel.context;
    model.contentChanged.connect(this._onChange, this);
    model.metadataChanged.connect(this._onChange, this);
    this._contentChanged.emit();
  }

  private _onChange(): void {
    this._contentChanged.emit();
  }

  private _isDisposed = false;
  private readonly _marks: CellMarks;
  private readonly _contentChanged = new Signal<this, void>(this);
  private readonly _disposed = new Signal<this, void>(this);
}

/** The cell that a change is for; one that was moved is found by its id. */
function findCell(
  cells: readonly SharedCell[],
  change: Pick<CellEdit, 'id' | 'index'>
): SharedCell | undefined {
  return change.id === null
    ? cells[change.index]
    : cells.find(cell => cell.getId() === change.id);
}

/** The pictures in the text of a cell, as a member of it; nothing where there are none. */
function picturesOf(cell: SharedCell): PartialJSONObject {
  const attachments = 'attachments' in cell ? cell.attachments : undefined;
  return attachments
    ? { attachments: JSONExt.deepCopy(attachments as PartialJSONObject) }
    : {};
}

/** The tags of a cell; null where there is no such cell. */
function tagsOf(cell: SharedCell | undefined): PartialJSONValue {
  return cell ? ((cell.getMetadata('tags') as PartialJSONValue) ?? []) : null;
}

/** Give a cell another text, leaving alone what stays, so that cursors keep their places. */
function rewrite(cell: SharedCell, after: string): void {
  const before = cell.getSource();
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  cell.updateSource(start, before.length - end, after.slice(start, after.length - end));
}

/** Whether two metadata values are the same; an absent key is the same as null. */
function isSame(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(
    (one ?? null) as PartialJSONValue,
    (other ?? null) as PartialJSONValue
  );
}
