import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { loadTranslation } from './translation';

const ITEMS = [
  CommandIDs.lockNotebook,
  CommandIDs.lockNotebookWithOptions,
  CommandIDs.upgradeLock,
  CommandIDs.auditNotebook,
  CommandIDs.refreshDependencies,
  CommandIDs.clearJobs,
  CommandIDs.showSidebar
];

/** Adds the commands that need no arguments to the palette. */
export const palette: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:palette',
  description: 'Adds the commands to the command palette.',
  autoStart: true,
  optional: [ICommandPalette, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    commandPalette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = loadTranslation(translator);
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(command => commandPalette?.addItem({ command, category }));
  }
};
