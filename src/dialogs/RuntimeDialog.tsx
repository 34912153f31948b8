import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/pipelines.css';
import { RuntimeFields } from '../components/RuntimeFields';
import type { IRuntimeText } from '../components/runtimeFields';
import { missingIn, requestOf, USUAL } from '../components/runtimeFields';
import { asProblem } from '../models/problems';
import type { IEnginesModel, Runtime } from '../pipelineTokens';
import { FormDialog } from './FormDialog';

/** What is asked, and done. */
export interface IRuntimeDialogOptions {
  /** Adds it. */
  engines: IEnginesModel;
  /** Why it is asked for; may be empty. */
  reason: string;
  /** The engine that is chosen first. */
  kind: Runtime['kind'];
  /** The translator. */
  trans: TranslationBundle;
}

/** Ask where pipelines run elsewhere, and keep it; the configuration, or null. */
export async function askRuntime(
  options: IRuntimeDialogOptions
): Promise<Runtime | null> {
  const { engines, reason, kind, trans } = options;
  let added: Runtime | null = null;
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Add and Test') })
  ];
  const dialog = new FormDialog<IRuntimeText>(
    trans.__('Add a runtime configuration'),
    buttons,
    {
      initial: { name: '', kind, values: USUAL, force: false },
      submit: async value => {
        const missing = missingIn(value, trans);
        if (missing) {
          const message = trans.__('%1 is missing.', missing.label);
          const details = { field: missing.field };
          return { code: 'runtime.incomplete', message, hint: '', details };
        }
        const { name, kind: engine, force } = value;
        try {
          const request = requestOf(value, trans);
          added = await engines.add({ name, kind: engine, force, ...request });
          return null;
        } catch (error) {
          return asProblem(error);
        }
      },
      render: ({ value, problem, change }) => (
        <div className="jp-aidevsecops-Form">
          <p className="jp-aidevsecops-Hint">
            {[
              reason,
              trans.__(
                "It is kept in Jupyter's data folder, where Elyra finds it, too, and where only you can read it. Its passwords and tokens are not shown again."
              )
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
          <RuntimeFields
            value={value}
            problem={problem}
            trans={trans}
            onChange={change}
          />
        </div>
      )
    }
  );
  dialog.addClass('jp-mod-wide');
  await dialog.launch();
  return added;
}
