import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { notifyOutcome } from '../commands/outcome';
import { ILockModel, IPreferences } from '../tokens';

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
    const trans = (translator ?? nullTranslator).load('aidevsecops');
    locks.finished.connect((_, outcome) => {
      notifyOutcome(outcome, {
        commands: app.commands,
        notify: preferences.notify,
        trans
      });
    });
  }
};
