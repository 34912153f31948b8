import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { createRequest } from '../api/request';
import { CommandIDs } from '../commandIds';
import { addSetupCommands } from '../commands/setup';
import { IReleasesModel } from '../releaseTokens';
import { IJobsModel } from '../tokens';
import { loadTranslation } from './translation';

/** Adds the commands about this server and its projects. */
export const setup: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:setup',
  description: 'Adds the commands that examine the server.',
  autoStart: true,
  requires: [IJobsModel, IReleasesModel],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    jobs: IJobsModel,
    releases: IReleasesModel,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands, serviceManager } = app;
    const trans = loadTranslation(translator);
    addSetupCommands({
      commands,
      place: () => releases.place,
      diagnoses: async () => {
        const { DiagnosisModel } = await import('../models/diagnosis');
        return new DiagnosisModel(createRequest(serviceManager.serverSettings), jobs);
      },
      trans
    });
    const category = trans.__('AIDevSecOps');
    palette?.addItem({ command: CommandIDs.openDoctor, category });
  }
};
