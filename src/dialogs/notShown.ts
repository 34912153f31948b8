import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '../tokens';

/** Why something cannot be agreed to that nobody has seen. */
export function notShown(trans: TranslationBundle): IProblem {
  return {
    code: 'release.not-shown',
    message: trans.__('It is not shown yet.'),
    hint: trans.__('Wait for it, and look at it.'),
    details: {}
  };
}
