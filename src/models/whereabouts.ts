import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IWhereabouts, ReleasePlace } from '../releaseTokens';

/** What of the shell is used. */
export type ShellPart = Pick<JupyterFrontEnd.IShell, 'currentWidget' | 'currentChanged'>;
/** What of the file browser is used. */
export type BrowserPart = { model: Pick<FileBrowser['model'], 'path' | 'pathChanged'> };

/** Follows the document in front, and the folder of the file browser where there is none. */
export class Whereabouts implements IWhereabouts {
  constructor(
    private readonly _shell: ShellPart,
    private readonly _browser: BrowserPart | null,
    private readonly _contents: Pick<Contents.IManager, 'localPath'>
  ) {
    const tell = (): void => this._changed.emit();
    _shell.currentChanged?.connect(tell, this);
    _browser?.model.pathChanged.connect(tell, this);
  }

  /** The document in front, or the folder of the file browser. */
  get place(): ReleasePlace {
    const { context } = (this._shell.currentWidget ?? {}) as Partial<IDocumentWidget>;
    if (context) {
      return { path: context.localPath };
    }
    const folder = this._contents.localPath(this._browser?.model.path ?? '');
    return { folder: folder || '.' };
  }

  /** Emitted when the user went elsewhere. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  private readonly _changed = new Signal<this, void>(this);
}
