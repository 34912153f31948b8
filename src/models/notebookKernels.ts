import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { INotebookKernels, IRunningKernel } from '../kernelTokens';
import type { IActiveNotebook, INotebookDocument } from '../tokens';

/** The kernels that JupyterLab has on offer. */
export interface IOffer {
  /** Read them anew. */
  refreshSpecs(): Promise<void>;
}

/** Follows the sessions of the open notebooks. */
export class NotebookKernels implements INotebookKernels {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _notebooks: IActiveNotebook,
    private readonly _offer: IOffer
  ) {
    _tracker.forEach(panel => this._open(panel));
    _tracker.widgetAdded.connect((_, panel) => this._open(panel), this);
  }

  /** Emitted with the notebook that runs in another kernel now, or in none. */
  get changed(): ISignal<this, INotebookDocument> {
    return this._changed;
  }

  /** The kernel that a notebook runs in, or null. */
  current(document: INotebookDocument): IRunningKernel | null {
    const context = this._panel(document)?.sessionContext;
    const kernel = context?.session?.kernel;
    return context && kernel
      ? { id: kernel.id, name: kernel.name, displayName: context.kernelDisplayName }
      : null;
  }

  /** The open notebooks that run in the kernel of that name. */
  running(name: string): INotebookDocument[] {
    return this._notebooks.documents.filter(
      document => this.current(document)?.name === name
    );
  }

  /** Stop a notebook's kernel and start the one of that name. */
  async use(document: INotebookDocument, name: string): Promise<void> {
    await document.ready;
    await this.refreshOffer();
    await this._panel(document)?.sessionContext.changeKernel({ name });
  }

  /** Read anew which kernels are on offer. */
  refreshOffer(): Promise<void> {
    return this._offer.refreshSpecs();
  }

  private _panel(document: INotebookDocument): NotebookPanel | undefined {
    return this._tracker.find(panel => panel.id === document.id);
  }

  private _open(panel: NotebookPanel): void {
    panel.sessionContext.kernelChanged.connect(() => {
      const document = this._notebooks.find({ panel_id: panel.id });
      if (document) {
        this._changed.emit(document);
      }
    }, this);
  }

  private readonly _changed = new Signal<this, INotebookDocument>(this);
}
