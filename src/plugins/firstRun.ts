import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRouter } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator } from '@jupyterlab/translation';
import { createRequest } from '../api/request';
import { CommandIDs } from '../commandIds';
import { addFirstRunCommands } from '../commands/firstRun';
import { IJobsModel } from '../tokens';
import { loadTranslation } from './translation';

const ITEMS = [CommandIDs.startTour, CommandIDs.openExamples];
const LINK = /[?&]aidevsecops=/;

/** Take the link out of the page's address: a reload shows what the user left. */
function forgetLink(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete('aidevsecops');
  window.history.replaceState(window.history.state, '', url);
}

/** Resolves when there is a widget in the main area. */
function firstWidget(shell: JupyterFrontEnd.IShell): Promise<void> {
  return new Promise(resolve => {
    if (shell.currentWidget || !shell.currentChanged) {
      resolve();
      return;
    }
    const look = (): void => {
      if (shell.currentWidget) {
        shell.currentChanged?.disconnect(look);
        resolve();
      }
    };
    shell.currentChanged.connect(look);
  });
}

/** Adds links to sections, the cards of the launcher, and what they start. */
export const firstRun: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:first-run',
  description: 'Adds links to sections of the sidebar, the examples and the tour.',
  autoStart: true,
  requires: [IJobsModel],
  optional: [IRouter, ILauncher, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    jobs: IJobsModel,
    router: IRouter | null,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands, restored, shell } = app;
    const { contents, serverSettings } = app.serviceManager;
    const trans = loadTranslation(translator);
    addFirstRunCommands({
      commands,
      copyExamples: async () => {
        const { copyExamples } = await import('../api/examples');
        return copyExamples(createRequest(serverSettings));
      },
      kindOf: async path => {
        const found = await contents.get(path, { content: false }).catch(() => null);
        return found && (found.type === 'directory' ? 'folder' : 'file');
      },
      hasJob: async id => {
        await jobs.refresh();
        return Boolean(jobs.get(id));
      },
      restored,
      settled: () => firstWidget(shell),
      forgetLink,
      trans
    });
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach((command, rank) => {
      launcher?.add({ command, category, rank });
      palette?.addItem({ command, category });
    });
    router?.register({ command: CommandIDs.openLink, pattern: LINK });
  }
};
