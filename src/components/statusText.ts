import type { TranslationBundle } from '@jupyterlab/translation';
import type { Dependencies, NotebookStatus } from '../tokens';

/** A notebook's state in words. */
export interface IStatusText {
  /** The state. */
  title: string;
  /** What the user can do next; may be empty. */
  next: string;
}

function lockFacts(dependencies: Dependencies | null, trans: TranslationBundle): string {
  const lock = dependencies?.lock;
  if (!lock) {
    return '';
  }
  const packages = trans._n('%1 package', '%1 packages', lock.packages);
  return lock.python_version
    ? trans.__('%1 locked for Python %2.', packages, lock.python_version)
    : trans.__('%1 locked.', packages);
}

/** What a state means and what to do next. */
export function statusText(
  status: NotebookStatus,
  dependencies: Dependencies | null,
  trans: TranslationBundle
): IStatusText {
  switch (status) {
    case 'fresh':
      return { title: trans.__('Locked'), next: lockFacts(dependencies, trans) };
    case 'stale':
      return {
        title: trans.__('The lock is stale'),
        next: trans.__('Lock again to take in the changed requirements.')
      };
    case 'drifted':
      return {
        title: trans.__('The lock has drifted from the imports'),
        next: trans.__('Lock again to take in what the cells import now.')
      };
    case 'unlocked':
      return {
        title: trans.__('Not locked'),
        next: trans.__('Lock the dependencies to record exact versions and hashes.')
      };
    case 'unsupported':
      return {
        title: trans.__('Not a Python notebook'),
        next: trans.__('Only Python notebooks can be locked.')
      };
    case 'locking':
      return { title: trans.__('Locking…'), next: '' };
    case 'loading':
      return { title: trans.__('Loading the notebook…'), next: '' };
    case 'error':
      return { title: trans.__('The dependencies could not be read'), next: '' };
  }
}
