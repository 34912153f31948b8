import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '../tokens';

/** What to say when a preview is no longer true; the form shows the new one. */
export function changedMeanwhile(trans: TranslationBundle): IProblem {
  return {
    code: 'notebook.changed',
    message: trans.__('The notebook has changed meanwhile.'),
    hint: trans.__('This is the preview for the notebook as it is now.'),
    details: {}
  };
}
