import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';
import { CommandIDs } from '../commandIds';
import { notifyMessage } from '../commands/outcome';
import { splitMessage, splitNotes } from '../commands/splitOutcome';
import type { ISplitContext } from '../commands/splits';
import { addOverlayCommands, addSplitCommands } from '../commands/splits';
import { ACTION_ICONS, splitIcon } from '../icons';
import type { Verification } from '../splitTokens';
import { IOverlaysModel, ISplitsModel } from '../splitTokens';
import type { INotebookDocument } from '../tokens';
import { IActiveNotebook, IDependenciesModel, IJobsModel, IPreferences } from '../tokens';
import { loadTranslation } from './translation';

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

/** Content that is shown beside a notebook. */
interface IView {
  name: 'split' | 'verification';
  title: string;
  icon: LabIcon;
  content: Widget;
}

/** The id of a view of a notebook in the shell. */
function idOf(document: INotebookDocument, name: IView['name']): string {
  return `aidevsecops-${name}-${document.id}`;
}

/** The view of a notebook that is open, or null. */
function findView(
  { app }: IViews,
  document: INotebookDocument,
  name: IView['name']
): Widget | null {
  const id = idOf(document, name);
  return [...app.shell.widgets('main')].find(widget => widget.id === id) ?? null;
}

/**
 * Show content beside a notebook, so that the marks of its cells stay in sight, until it is closed;
 * in a dialog where the shell has room for the notebook alone.
 */
async function show(
  views: IViews,
  document: INotebookDocument,
  view: IView
): Promise<void> {
  const { app, trans } = views;
  const { content, icon, name, title } = view;
  const widget = new MainAreaWidget({ content });
  widget.id = idOf(document, name);
  Object.assign(widget.title, { closable: true, label: title, caption: title, icon });
  const other = findView(views, document, name === 'split' ? 'verification' : 'split');
  app.shell.add(
    widget,
    'main',
    other
      ? { ref: other.id, mode: 'tab-after' }
      : { ref: document.id, mode: 'split-right' }
  );
  const close = (): void => widget.dispose();
  if (widget.isAttached) {
    document.disposed.connect(close);
    await new Promise<void>(resolve => widget.disposed.connect(() => resolve()));
    document.disposed.disconnect(close);
    return;
  }
  const { showInDialog } = await import('../panels/ViewDialog');
  await showInDialog(title, content, trans);
  widget.dispose();
}

async function showPreview(views: IViews, document: INotebookDocument): Promise<void> {
  const { app, splits, jobs, trans } = views;
  const { SplitPanel } = await import('../panels/SplitPanel');
  if (splits.session(document)) {
    app.shell.activateById(idOf(document, 'split'));
    return;
  }
  const session = splits.begin(document);
  const { commands } = app;
  const content = new SplitPanel({ session, splits, jobs, commands, trans });
  const title = trans.__('Steps of %1', document.path.split('/').pop());
  void show(views, document, { name: 'split', title, icon: splitIcon, content }).finally(
    () => splits.end(document)
  );
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
  const content = new VerificationPanel(shown);
  const title = trans.__('Verification of %1', document.path.split('/').pop());
  findView(views, document, 'verification')?.dispose();
  void show(views, document, {
    name: 'verification',
    title,
    icon: ACTION_ICONS.Verify,
    content
  });
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
    const trans = loadTranslation(translator);
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
