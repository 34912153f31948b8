import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  ILockReview,
  INotebookDocument,
  IPreferences,
  Job,
  LockResult
} from '../tokens';

/** Whether a result changes packages of a lock that the notebook had already. */
function changesExistingLock({ base, changed }: LockResult): boolean {
  const { added, removed, updated } = changed;
  return (
    (base['requirements_lock'] ?? null) !== null &&
    added.length + removed.length + updated.length > 0
  );
}

/** Shows what a new lock changes, as often as the user wants to see it. */
export class LockReview implements ILockReview {
  constructor(
    private readonly _preferences: Pick<IPreferences, 'reviewLock'>,
    private readonly _trans: TranslationBundle
  ) {}

  /** Whether the user wants to see this result before it is applied. */
  isNeeded(result: LockResult): boolean {
    switch (this._preferences.reviewLock) {
      case 'always':
        return true;
      case 'changes':
        return changesExistingLock(result);
      case 'never':
        return false;
    }
  }

  /** Show it; false when the user does not want it. */
  async ask(document: INotebookDocument, job: Job, result: LockResult): Promise<boolean> {
    const { askRelock } = await import('../dialogs/RelockDialog');
    return askRelock({ document, job, result, trans: this._trans });
  }
}
