import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { notifyMessage } from '../commands/outcome';
import { releaseMessage } from '../commands/releaseOutcome';
import type { IReleaseContext } from '../commands/releases';
import { addReleaseCommands } from '../commands/releases';
import { IReleasesModel } from '../releaseTokens';
import { IJobsModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

const ITEMS = [
  { command: CommandIDs.cutRelease },
  ...['patch', 'minor', 'major'].map(kind => ({
    command: CommandIDs.cutRelease,
    args: { kind }
  })),
  { command: CommandIDs.resumeRelease },
  { command: CommandIDs.undoRelease },
  { command: CommandIDs.showReleaseNotes },
  { command: CommandIDs.keepForgeToken },
  { command: CommandIDs.askBot },
  { command: CommandIDs.writeReleaseWorkflow }
];

/** Adds the commands about releases, and tells what became of each. */
export const releaseCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:release-commands',
  description: 'Adds the commands that cut releases, go on with them and undo them.',
  autoStart: true,
  requires: [IJobsModel, IPreferences, IReleasesModel],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    jobs: IJobsModel,
    preferences: IPreferences,
    releases: IReleasesModel,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const trans = loadTranslation(translator);
    const context: IReleaseContext = { commands, jobs, releases, trans };
    addReleaseCommands(context);
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(item => palette?.addItem({ ...item, category }));
    releases.finished.connect((_, outcome) => {
      const { notify } = preferences;
      notifyMessage(releaseMessage(outcome, context), { commands, notify, trans });
    });
  }
};
