import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { OverlayText } from '../components/OverlayFields';
import { OverlayFields } from '../components/OverlayFields';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem, untrustedIndexes } from '../models/problems';
import type { IOverlayChoice, IOverlaysModel, OverlayResult } from '../splitTokens';
import type { INotebookDocument } from '../tokens';
import { FormDialog } from './FormDialog';

/** A moment without a key, in milliseconds. */
const QUIET_MS = 400;

/** What is to be asked and done. */
export interface IOverlayDialogOptions {
  /** The notebook whose environment is written. */
  document: INotebookDocument;
  /** Asks the server and writes. */
  overlays: IOverlaysModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** Ask for a name, show what will be written, and write it; the result when it was done. */
export async function askOverlay(
  options: IOverlayDialogOptions
): Promise<OverlayResult | null> {
  const { document, overlays, trans } = options;
  const plan = new LatestAnswer(
    (choice: IOverlayChoice) => overlays.preview(document, choice),
    QUIET_MS
  );
  let trusted: string[] = [];
  let done: OverlayResult | null = null;
  const choice = (value: OverlayText): IOverlayChoice => ({ ...value, trusted });
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Extract') })
  ];
  const title = trans.__('Extract the overlay of %1', document.path.split('/').pop());
  const initial: OverlayText = { name: '', force: false };
  const dialog = new FormDialog<OverlayText>(title, buttons, {
    initial,
    submit: async value => {
      if (plan.state.kind === 'error') {
        // It would be refused again, and a job that failed would tell of it.
        return plan.state.problem;
      }
      try {
        done = await overlays.extract(document, choice(value));
        return null;
      } catch (error) {
        return asProblem(error);
      }
    },
    render: ({ value, problem, change }) => (
      <OverlayFields
        value={value}
        plan={plan.state}
        // The preview says it already, with what can be done about it.
        problem={plan.state.kind === 'error' ? null : problem}
        trans={trans}
        untrusted={untrustedIndexes}
        onTrust={indexes => {
          trusted = [...trusted, ...indexes];
          void plan.askNow(choice(value));
        }}
        onChange={changed => {
          change(changed);
          plan.ask(choice(changed));
        }}
      />
    )
  });
  plan.changed.connect(() => dialog.refresh());
  void plan.askNow(choice(initial));
  await dialog.launch();
  plan.dispose();
  return done;
}
