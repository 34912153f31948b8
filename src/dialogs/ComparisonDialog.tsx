import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { RunComparisonView } from '../components/RunComparisonView';
import type { RunComparison } from '../pipelineTokens';

/** Show what differs between two runs until the user closes it. */
export async function showComparison(
  comparison: RunComparison,
  trans: TranslationBundle
): Promise<void> {
  const dialog = new Dialog<unknown>({
    title: trans.__('Comparison of runs'),
    body: ReactWidget.create(<RunComparisonView comparison={comparison} trans={trans} />),
    buttons: [Dialog.okButton({ label: trans.__('Close') })],
    hasClose: true
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  dialog.addClass('jp-mod-wide');
  await dialog.launch();
}
