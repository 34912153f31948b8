import { Clipboard, Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/setup.css';
import { AnswerView } from '../components/AnswerView';
import { DiagnosisView } from '../components/DiagnosisView';
import { TextButton } from '../components/TextButton';
import { LatestAnswer } from '../models/latestAnswer';
import type { IDiagnosisModel, ProjectPlace } from '../setupTokens';
import { FormDialog } from './FormDialog';

/** What is to be looked at. */
export interface IDoctorDialogOptions {
  /** A place in the project. */
  place: ProjectPlace;
  /** Looks for what is in the way. */
  diagnoses: IDiagnosisModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** Show what is in the way; answers what the user left for, null when it was only closed. */
export async function showDoctor(options: IDoctorDialogOptions): Promise<string | null> {
  const { place, diagnoses, trans } = options;
  const found = new LatestAnswer((asked: ProjectPlace) => diagnoses.examine(asked), 0);
  let exit: string | null = null;
  const dialog = new FormDialog<null>(
    trans.__('Doctor'),
    [Dialog.cancelButton({ label: trans.__('Close') })],
    {
      initial: null,
      submit: () => Promise.resolve(null),
      render: () => (
        <div className="jp-aidevsecops-Form jp-aidevsecops-Diagnosis">
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'Whether this server has what notebooks, kernels, pipelines and releases need. Nothing is changed.'
            )}
          </p>
          <AnswerView
            state={found.state}
            trans={trans}
            render={diagnosis => (
              <DiagnosisView
                diagnosis={diagnosis}
                trans={trans}
                onCopy={command => Clipboard.copyToSystem(command)}
                onAct={action => {
                  exit = action;
                  dialog.reject();
                }}
              />
            )}
          />
          <div className="jp-aidevsecops-ButtonRow">
            <TextButton
              label={trans.__('Refresh')}
              isDisabled={found.state.kind === 'loading'}
              onClick={() => void found.askNow(place)}
            />
          </div>
        </div>
      )
    }
  );
  dialog.addClass('jp-mod-wide');
  found.changed.connect(() => dialog.refresh());
  void found.askNow(place);
  await dialog.launch();
  found.dispose();
  // Whoever closes the dialog waits for nothing.
  diagnoses.stop().catch(() => undefined);
  return exit;
}
