import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Ask whether packages may be taken from these indexes; false when the user declines. */
export async function askTrust(
  indexes: readonly string[],
  trans: TranslationBundle
): Promise<boolean> {
  const body = ReactWidget.create(
    <div className="jp-aidevsecops-Form">
      <p>
        {trans.__(
          'This notebook takes packages from indexes that are not in your own configuration. A package can run code when it is built or imported.'
        )}
      </p>
      <ul className="jp-aidevsecops-IndexList">
        {indexes.map(index => (
          <li key={index}>
            <bdi>
              <code>{index}</code>
            </bdi>
          </li>
        ))}
      </ul>
      <p className="jp-aidevsecops-Hint">
        {trans.__('The answer holds for this lock only.')}
      </p>
    </div>
  );
  const dialog = new Dialog<unknown>({
    title: trans.__('Trust these package indexes?'),
    body,
    defaultButton: 0,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Trust and Lock') })
    ]
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  const { button } = await dialog.launch();
  return button.accept;
}
