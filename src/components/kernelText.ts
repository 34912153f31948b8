import type { TranslationBundle } from '@jupyterlab/translation';
import type { KernelCheck, KernelRecord } from '../kernelTokens';

/** A kernel's state in a word. */
export function kernelStateText(
  state: KernelRecord['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'ok':
      return trans.__('ok');
    case 'stale':
      return trans.__('stale');
    case 'broken':
      return trans.__('broken');
    case 'foreign':
      return trans.__('foreign');
  }
}

/** What the comparison of a kernel with a lock came to, in a sentence. */
export function checkText(check: KernelCheck, trans: TranslationBundle): string {
  const name = check.display_name ?? check.kernel ?? trans.__('The kernel');
  if (check.state === 'broken') {
    return trans.__('%1 is broken', name);
  }
  switch (check.matches) {
    case true:
      return trans.__('%1 holds what is locked', name);
    case null:
      return trans.__('%1 could not be compared with the lock', name);
    case false:
      return trans._n(
        '%2 differs from the lock in %1 package',
        '%2 differs from the lock in %1 packages',
        check.differences.length,
        name
      );
  }
}
