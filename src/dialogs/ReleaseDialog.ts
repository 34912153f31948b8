import { Dialog } from '@jupyterlab/apputils';
import type { IReleaseDialogOptions } from './ReleaseBody';
import { ReleaseBody } from './ReleaseBody';

/** A dialog whose content has buttons of its own, which the keyboard presses as the mouse does. */
class ReleaseDialog extends Dialog<unknown> {
  constructor(options: IReleaseDialogOptions) {
    const { trans } = options;
    const body = new ReleaseBody(options, () => this.reject());
    super({
      title: trans.__('Cut a release'),
      body,
      buttons: [Dialog.cancelButton({ label: trans.__('Close') })],
      focusNodeSelector: 'select'
    });
    this._content = body;
    this.addClass('jp-aidevsecops-Dialog');
    this.addClass('jp-mod-wide');
    this.addClass('jp-mod-view');
  }

  protected override _evtKeydown(event: KeyboardEvent): void {
    const isInside = this._content.node.contains(event.target as Node);
    if (event.key !== 'Enter' || !isInside) {
      super._evtKeydown(event);
    }
  }

  private readonly _content: ReleaseBody;
}

/** Let the user plan a release and cut it, until the dialog is closed. */
export async function showRelease(options: IReleaseDialogOptions): Promise<void> {
  await new ReleaseDialog(options).launch();
  options.session.dispose();
}
