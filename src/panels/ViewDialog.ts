import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

/** A dialog whose content keeps the keys that are its own. */
class ViewDialog extends Dialog<unknown> {
  constructor(
    title: string,
    private readonly _view: Widget,
    close: string
  ) {
    super({ title, body: _view, buttons: [Dialog.okButton({ label: close })] });
    this.addClass('jp-aidevsecops-Dialog');
    this.addClass('jp-mod-wide');
    this.addClass('jp-mod-view');
  }

  protected override _evtKeydown(event: KeyboardEvent): void {
    const isInside = this._view.node.contains(event.target as Node);
    const isField = event.target instanceof HTMLInputElement;
    if (!isInside || (event.key !== 'Enter' && !(event.key === 'Escape' && isField))) {
      super._evtKeydown(event);
    }
  }
}

/** Show content where there is no room for another tab, as in Notebook 7; resolves when closed. */
export async function showInDialog(
  title: string,
  view: Widget,
  trans: TranslationBundle
): Promise<void> {
  await new ViewDialog(title, view, trans.__('Close')).launch();
}
