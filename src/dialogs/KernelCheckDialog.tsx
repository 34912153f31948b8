import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { DifferenceTable } from '../components/DifferenceTable';
import { checkText } from '../components/kernelText';
import type { KernelCheck } from '../kernelTokens';

/** A comparison to show. */
export interface IKernelCheckDialogOptions {
  /** The comparison. */
  check: KernelCheck;
  /** Whether the kernel is not what the lock asks for. */
  isDifferent: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** What the user can do about a kernel that differs. */
function remedy(check: KernelCheck, trans: TranslationBundle): string {
  return check.state === 'foreign'
    ? trans.__(
        'This kernel was not made from a lock. Create one that holds exactly what is locked, or go on with this one.'
      )
    : trans.__('Refresh the kernel to have exactly what is locked.');
}

/** Show how a kernel compares with a lock; true when the user wants a kernel that matches. */
export async function showKernelCheck(
  options: IKernelCheckDialogOptions
): Promise<boolean> {
  const { check, isDifferent, trans } = options;
  const { differences, reason, python_version: python } = check;
  const body = ReactWidget.create(
    <div className="jp-aidevsecops-Form">
      <p>
        <strong>{trans.__('%1.', checkText(check, trans))}</strong>{' '}
        {python ? trans.__('It runs Python %1.', python) : null}
      </p>
      {reason ? <p>{reason}</p> : null}
      {differences.length > 0 ? (
        <DifferenceTable differences={differences} trans={trans} />
      ) : null}
      {isDifferent ? <p className="jp-aidevsecops-Hint">{remedy(check, trans)}</p> : null}
    </div>
  );
  const accept =
    check.state === 'foreign'
      ? trans.__('Create Kernel and Use It…')
      : trans.__('Refresh Kernel and Use It…');
  const dialog = new Dialog<unknown>({
    title: trans.__('Kernel and lock'),
    body,
    buttons: isDifferent
      ? [
          Dialog.cancelButton({ label: trans.__('Close') }),
          Dialog.okButton({ label: accept })
        ]
      : [Dialog.okButton({ label: trans.__('Close') })]
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  const { button } = await dialog.launch();
  return isDifferent && button.accept;
}
