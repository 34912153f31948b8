import { Dialog } from '@jupyterlab/apputils';
import type { IKernelsDialogOptions, KernelsExit } from './KernelsBody';
import { KernelsBody } from './KernelsBody';

/** A dialog whose content has buttons of its own, which the keyboard presses as the mouse does. */
class KernelsDialog extends Dialog<unknown> {
  constructor(options: IKernelsDialogOptions) {
    const { trans } = options;
    const body = new KernelsBody(options, exit => this._leave(exit));
    super({
      title: trans.__('Kernels made from locks'),
      body,
      buttons: [Dialog.okButton({ label: trans.__('Close') })]
    });
    this._list = body;
    this.addClass('jp-aidevsecops-Dialog');
    this.addClass('jp-mod-wide');
  }

  /** What the user left the dialog for. */
  exit: KernelsExit = null;

  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.type === 'keydown') {
      const isInside = this._list.node.contains(event.target as Node);
      if (event.key === 'Enter' && isInside) {
        return;
      }
      if (event.key === 'Escape' && this._list.dismissQuestion()) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
    }
    super.handleEvent(event);
  }

  private _leave(exit: KernelsExit): void {
    this.exit = exit;
    this.reject();
  }

  private readonly _list: KernelsBody;
}

/** Show the kernels until the user closes the list or leaves it for something else. */
export async function showKernels(options: IKernelsDialogOptions): Promise<KernelsExit> {
  const dialog = new KernelsDialog(options);
  void options.kernels.refresh();
  await dialog.launch();
  return dialog.exit;
}
