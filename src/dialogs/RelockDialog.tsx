import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { LockChanges } from '../components/LockChanges';
import type { INotebookDocument, Job, LockResult } from '../tokens';

/** Which lock is shown before it is applied. */
export interface IRelockDialogOptions {
  /** The notebook that it is for. */
  document: INotebookDocument;
  /** The job that made it. */
  job: Job;
  /** The lock. */
  result: LockResult;
  /** The translator. */
  trans: TranslationBundle;
}

/** What the lock changes, and whether it still fits its notebook. */
class RelockBody extends ReactWidget {
  constructor(private readonly _options: IRelockDialogOptions) {
    super();
    this.addClass('jp-aidevsecops-RelockBody');
    // What is long is scrolled by the keyboard as well.
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _options.trans.__('Changes'));
    _options.document.contentChanged.connect(this.update, this);
  }

  protected override render(): React.JSX.Element {
    const { document, result, trans } = this._options;
    const { engine, target } = result;
    const isOvertaken = document.foresee(result.edit, result.base) === 'refused';
    return (
      <>
        {isOvertaken ? (
          <ErrorNotice
            problem={{
              code: 'notebook.changed',
              message: trans.__(
                'The notebook has changed meanwhile, so this lock cannot be applied any more.'
              ),
              hint: trans.__('Lock again.'),
              details: {}
            }}
            trans={trans}
          />
        ) : null}
        <p className="jp-aidevsecops-Hint">
          {target.description
            ? trans.__('Made by %1 for %2.', engine, target.description)
            : trans.__('Made by %1.', engine)}
        </p>
        <LockChanges result={result} trans={trans} />
      </>
    );
  }
}

/** A dialog in which Enter follows the link, or unfolds the part, that has the focus. */
class RelockDialog extends Dialog<unknown> {
  override handleEvent(event: Event): void {
    const isForBody =
      event instanceof KeyboardEvent &&
      event.key === 'Enter' &&
      event.target instanceof Element &&
      event.target.matches('a, summary');
    if (!isForBody) {
      super.handleEvent(event);
    }
  }
}

/** Show what a new lock changes; true when the user wants it to be applied. */
export async function askRelock(options: IRelockDialogOptions): Promise<boolean> {
  const { document, trans } = options;
  const dialog = new RelockDialog({
    title: trans.__('Apply the new lock of %1?', document.path.split('/').pop()),
    body: new RelockBody(options),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Discard') }),
      Dialog.okButton({ label: trans.__('Apply') })
    ]
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  const close = (): void => dialog.reject();
  document.disposed.connect(close);
  dialog.disposed.connect(() => document.disposed.disconnect(close));
  const { button } = await dialog.launch();
  return button.accept;
}
