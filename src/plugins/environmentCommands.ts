import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import type { IEnvironmentContext } from '../commands/environmentContext';
import { addExchangeCommands } from '../commands/exchange';
import { addRequirementCommands } from '../commands/requirements';
import { addTreeCommands } from '../commands/trees';
import { IExchangeModel, IPackagesModel, ITreesModel } from '../environmentTokens';
import { IActiveNotebook, IDependenciesModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

const ITEMS = [
  CommandIDs.addRequirement,
  CommandIDs.showTree,
  CommandIDs.convertInstalls,
  CommandIDs.importEnvironment,
  CommandIDs.exportEnvironment
];

/** Adds the commands that carry environments to and from files, and out of cells. */
export const environmentCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:environment-commands',
  description: 'Adds the commands that import, export and convert environments.',
  autoStart: true,
  requires: [
    IActiveNotebook,
    IDependenciesModel,
    IPreferences,
    IExchangeModel,
    IPackagesModel,
    ITreesModel
  ],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: IActiveNotebook,
    dependencies: IDependenciesModel,
    preferences: IPreferences,
    exchange: IExchangeModel,
    packages: IPackagesModel,
    trees: ITreesModel,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const trans = loadTranslation(translator);
    const models = { notebooks, dependencies, preferences, exchange, packages, trees };
    const context: IEnvironmentContext = { commands, trans, ...models };
    addRequirementCommands(context);
    addExchangeCommands(context);
    addTreeCommands(context);
    const announce = (): void => ITEMS.forEach(id => commands.notifyCommandChanged(id));
    dependencies.stateChanged.connect(announce);
    notebooks.currentChanged.connect(announce);
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(command => palette?.addItem({ command, category }));
  }
};
