import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/project.css';
import { CheckField } from '../components/CheckField';
import { FormDialog } from './FormDialog';

/** Ask which notebooks to lock; null when the user wants none. */
export async function askNotebooks(
  paths: readonly string[],
  trans: TranslationBundle
): Promise<readonly string[] | null> {
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Lock') })
  ];
  let chosen: readonly string[] | null = null;
  const dialog = new FormDialog<readonly string[]>(
    trans.__('Lock the notebooks of the project'),
    buttons,
    {
      initial: paths,
      submit: async value => {
        chosen = value.length > 0 ? value : null;
        return null;
      },
      render: ({ value, change }) => (
        <div className="jp-aidevsecops-Form">
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'Their locks are missing or out of date. What is open is locked in its editor; the others are locked and saved.'
            )}
          </p>
          <ul
            className="jp-aidevsecops-Adoption"
            aria-label={trans.__('Notebooks to lock')}
          >
            {paths.map(path => (
              <li key={path}>
                <CheckField
                  label={path}
                  isChecked={value.includes(path)}
                  onChange={isChosen =>
                    change(
                      paths.filter(one => (one === path ? isChosen : value.includes(one)))
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </div>
      )
    }
  );
  await dialog.launch();
  return chosen;
}
