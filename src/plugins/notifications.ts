import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { notifyOutcome } from '../commands/outcome';
import { ILockModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

/** Tells what became of each lock. */
export const notifications: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:notifications',
  description: 'Tells what became of each lock.',
  autoStart: true,
  requires: [ILockModel, IPreferences],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    locks: ILockModel,
    preferences: IPreferences,
    translator: ITranslator | null
  ) => {
    const trans = loadTranslation(translator);
    locks.finished.connect((_, outcome) => {
      notifyOutcome(outcome, {
        commands: app.commands,
        notify: preferences.notify,
        trans
      });
    });
  }
};
