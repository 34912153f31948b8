import type { TranslationBundle } from '@jupyterlab/translation';
import type { NotebookStatus } from '../tokens';

/** The tooltip of the lock button: the notebook's state, and what a click does. */
export function lockCaption(
  status: NotebookStatus | null,
  trans: TranslationBundle
): string {
  switch (status) {
    case 'fresh':
      return trans.__('Dependencies are locked; lock again');
    case 'stale':
      return trans.__('The lock is stale: requirements have changed; lock again');
    case 'drifted':
      return trans.__('The lock has drifted from the imports; lock again');
    case 'locking':
      return trans.__('Locking dependencies; show the log');
    case 'unsupported':
      return trans.__('Not a Python notebook: dependencies cannot be locked');
    case 'error':
      return trans.__('The dependencies could not be read; lock anyway');
    case 'unlocked':
    case 'loading':
    case null:
      return trans.__('Lock dependencies: record exact versions and hashes');
  }
}
