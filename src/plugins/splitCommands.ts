import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { CommandIDs } from '../commandIds';
import { notifyMessage } from '../commands/outcome';
import { splitMessage, splitNotes } from '../commands/splitOutcome';
import type { ISplitContext } from '../commands/splits';
import { addOverlayCommands, addSplitCommands } from '../commands/splits';
import { auditIcon, splitIcon } from '../icons';
import type { Verification } from '../splitTokens';
import { IOverlaysModel, ISplitsModel } from '../splitTokens';
import type { INotebookDocument } from '../tokens';
import { IActiveNotebook, IDependenciesModel, IJobsModel, IPreferences } from '../tokens';

const ITEMS = [
  CommandIDs.splitNotebook,
  CommandIDs.createSteps,
  CommandIDs.verifySteps,
  CommandIDs.showVerification,
  CommandIDs.extractOverlay,
  CommandIDs.refreshOverlays
];

/** What the views in the main area work with. */
interface IViews {
  app: JupyterFrontEnd;
  splits: ISplitsModel;
  jobs: IJobsModel;
  trans: TranslationBundle;
}

/** Put content beside a notebook, so that the marks of its cells stay in sight. */
function addBeside(
  { app }: IViews,
  document: INotebookDocument,
  content: Widget,
  name: string
): MainAreaWidget {
  const widget = new MainAreaWidget({ content });
  widget.id = `aidevsecops-${name}-${document.id}`;
  widget.title.closable = true;
  app.shell.add(widget, 'main', { ref: document.id, mode: 'split-right' });
  document.disposed.connect(() => widget.dispose());
  return widget;
}

async function showPreview(views: IViews, document: INotebookDocument): Promise<void> {
  const { app, splits, jobs, trans } = views;
  const { SplitPanel } = await import('../panels/SplitPanel');
  const open = splits.session(document) ? `aidevsecops-split-${document.id}` : null;
  if (open) {
    app.shell.activateById(open);
    return;
  }
  const session = splits.begin(document);
  const { commands } = app;
  const panel = new SplitPanel({ session, splits, jobs, commands, trans });
  const widget = addBeside(views, document, panel, 'split');
  const name = document.path.split('/').pop();
  widget.title.label = trans.__('Steps of %1', name);
  widget.title.caption = trans.__('Steps of %1', document.path);
  widget.title.icon = splitIcon;
  widget.disposed.connect(() => splits.end(document));
}

async function showReport(
  views: IViews,
  document: INotebookDocument,
  verification: Verification
): Promise<void> {
  const { app, splits, trans } = views;
  const { VerificationPanel } = await import('../panels/VerificationPanel');
  const { commands } = app;
  // A page that is gone takes nothing away from what was found.
  const page = await splits.reportPage(verification).catch(() => null);
  const shown = { document, verification, page, commands, trans };
  const panel = new VerificationPanel(shown);
  const widget = addBeside(views, document, panel, 'verification');
  widget.title.label = trans.__('Verification of %1', document.path.split('/').pop());
  widget.title.icon = auditIcon;
}

/** The notebook that is selected in a file browser, or null. */
function selectedIn(factory: IFileBrowserFactory | null): string | null {
  const items = [...(factory?.tracker.currentWidget?.selectedItems() ?? [])];
  return items.find(({ type }) => type === 'notebook')?.path ?? null;
}

async function open(
  { app }: IViews,
  notebooks: IActiveNotebook,
  path: string
): Promise<INotebookDocument | null> {
  const opened = (await app.commands.execute('docmanager:open', { path })) as
    IDocumentWidget | undefined;
  await opened?.context?.ready;
  return opened ? notebooks.find({ panel_id: opened.id }) : null;
}

/** Adds the commands that split notebooks and look after overlays. */
export const splitCommands: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:split-commands',
  description: 'Adds the commands that split notebooks and look after overlays.',
  autoStart: true,
  requires: [
    IActiveNotebook,
    IDependenciesModel,
    IJobsModel,
    IPreferences,
    ISplitsModel,
    IOverlaysModel
  ],
  optional: [IFileBrowserFactory, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: IActiveNotebook,
    dependencies: IDependenciesModel,
    jobs: IJobsModel,
    preferences: IPreferences,
    splits: ISplitsModel,
    overlays: IOverlaysModel,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const trans = (translator ?? nullTranslator).load('aidevsecops');
    const views: IViews = { app, splits, jobs, trans };
    const models = { notebooks, dependencies, preferences, splits, overlays };
    const context: ISplitContext = {
      commands,
      trans,
      ...models,
      selectedPath: () => selectedIn(browsers),
      open: path => open(views, notebooks, path),
      showPreview: document => showPreview(views, document),
      showReport: (document, found) => showReport(views, document, found)
    };
    addSplitCommands(context);
    addOverlayCommands(context);
    const announce = (): void => ITEMS.forEach(id => commands.notifyCommandChanged(id));
    dependencies.stateChanged.connect(announce);
    notebooks.currentChanged.connect(announce);
    splits.sessionsChanged.connect(announce);
    jobs.jobsChanged.connect(announce);
    const category = trans.__('AIDevSecOps');
    ITEMS.forEach(command => palette?.addItem({ command, category }));
    splits.finished.connect((_, outcome) => {
      const options = { commands, notify: preferences.notify, trans };
      notifyMessage(splitMessage(outcome, trans), options);
      splitNotes(outcome, trans).forEach(note => notifyMessage(note, options));
    });
  }
};
