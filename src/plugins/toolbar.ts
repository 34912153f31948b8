import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CommandToolbarButton, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { CommandIDs } from '../commandIds';

/**
 * Ties the buttons that `schema/toolbar.json` declares to their own notebook, so that two
 * notebooks side by side each show their own state.
 */
export const toolbar: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:toolbar',
  description: 'Adds the buttons that lock and split to the toolbar of each notebook.',
  autoStart: true,
  optional: [IToolbarWidgetRegistry],
  activate: (app: JupyterFrontEnd, registry: IToolbarWidgetRegistry | null) => {
    registry?.addFactory<NotebookPanel>(
      'Notebook',
      'aidevsecops-lock',
      panel =>
        new CommandToolbarButton({
          commands: app.commands,
          id: CommandIDs.lockNotebook,
          args: { panel_id: panel.id },
          label: ''
        })
    );
    registry?.addFactory<NotebookPanel>(
      'Notebook',
      'aidevsecops-kernel',
      panel =>
        new CommandToolbarButton({
          commands: app.commands,
          id: CommandIDs.compareKernel,
          args: { panel_id: panel.id, only_differing: true },
          label: ''
        })
    );
    registry?.addFactory<NotebookPanel>(
      'Notebook',
      'aidevsecops-split',
      panel =>
        new CommandToolbarButton({
          commands: app.commands,
          id: CommandIDs.splitNotebook,
          args: { panel_id: panel.id },
          label: ''
        })
    );
  }
};
