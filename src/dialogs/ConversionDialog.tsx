import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ConversionPreview } from '../components/ConversionPreview';
import type { Conversion } from '../environmentTokens';
import { asProblem } from '../models/problems';
import type { EditOutcome } from '../tokens';
import { FormDialog } from './FormDialog';
import { changedMeanwhile } from './changedMeanwhile';

/** What is to be shown and done. */
export interface IConversionDialogOptions {
  /** The preview that is shown first. */
  conversion: Conversion;
  /** Make the preview anew. */
  plan: () => Promise<Conversion>;
  /** Apply what is shown. */
  apply: (conversion: Conversion) => EditOutcome;
  /** The translator. */
  trans: TranslationBundle;
}

/** Show what recording install lines does, and do it when the user agrees; whether it was done. */
export async function showConversion(
  options: IConversionDialogOptions
): Promise<Conversion | null> {
  const { trans, plan, apply } = options;
  let { conversion } = options;
  const hasLines = conversion.answer.lines.length > 0;
  const buttons = hasLines
    ? [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Record and Comment Out') })
      ]
    : [Dialog.cancelButton({ label: trans.__('Close') })];
  const dialog = new FormDialog<null>(trans.__('Record what cells install'), buttons, {
    initial: null,
    submit: async () => {
      if (apply(conversion) !== 'refused') {
        return null;
      }
      try {
        conversion = await plan();
      } catch (error) {
        return asProblem(error);
      }
      return changedMeanwhile(trans);
    },
    render: ({ problem }) => (
      <ConversionPreview conversion={conversion} problem={problem} trans={trans} />
    )
  });
  const { button } = await dialog.launch();
  return button.accept ? conversion : null;
}
