import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Server } from '../kit/server';
import { TOKEN } from '../kit/server';
import { Advisories, RelockDialog } from './advisories';
import { LogDialog, LockDialog, RequirementDialog, TrustDialog } from './dialogs';
import { KernelPage } from './kernels';
import { NotebookToolbar } from './NotebookToolbar';
import { PipelinePage } from './pipelines';
import { ReleasePage } from './releases';
import { Sidebar } from './Sidebar';
import { SplitPage } from './splits';

/** The parts of the running application that a test looks into. */
interface Application {
  restored: Promise<void>;
  commands: { execute: (id: string, args?: object) => Promise<unknown> };
  shell: {
    currentWidget: {
      context: {
        ready: Promise<void>;
        model: {
          dirty: boolean;
          sharedModel: {
            getMetadata: () => Record<string, unknown>;
            setMetadata: (key: string, value: unknown) => void;
            cells: {
              getSource: () => string;
              setSource: (text: string) => void;
              toJSON: () => Record<string, unknown>;
            }[];
          };
        };
      };
      content: { activeCellIndex: number };
    };
  };
}

declare const jupyterapp: Application;

/** JupyterLab in a browser's page. */
export class Lab {
  readonly toolbar: NotebookToolbar;
  readonly sidebar: Sidebar;
  readonly lockDialog: LockDialog;
  readonly requirementDialog: RequirementDialog;
  readonly logDialog: LogDialog;
  readonly trustDialog: TrustDialog;
  readonly advisories: Advisories;
  readonly relockDialog: RelockDialog;
  readonly kernel: KernelPage;
  readonly split: SplitPage;
  readonly release: ReleasePage;
  readonly pipeline: PipelinePage;

  constructor(
    readonly page: Page,
    readonly server: Server,
    private readonly _workspace: string
  ) {
    this.toolbar = new NotebookToolbar(page);
    this.sidebar = new Sidebar(page);
    this.lockDialog = new LockDialog(page);
    this.requirementDialog = new RequirementDialog(page);
    this.logDialog = new LogDialog(page);
    this.trustDialog = new TrustDialog(page);
    this.advisories = new Advisories(this.sidebar);
    this.relockDialog = new RelockDialog(page);
    this.kernel = new KernelPage(page);
    this.split = new SplitPage(page);
    this.release = new ReleasePage(page);
    this.pipeline = new PipelinePage(page);
  }

  /** The item of the status bar that says what runs. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page
      .getByRole('contentinfo', { name: 'Bottom Panel' })
      .getByRole('button', { name: text });
  }

  /** A notification with this text. */
  notification(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  /** Put away the notifications that are in the way. */
  async hideNotifications(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Hide notification' }).first();
    // Some go by themselves, perhaps while one is being pressed.
    await expect(async () => {
      if (await button.isVisible()) {
        await button.click({ timeout: 2000 });
      }
      await expect(this.page.getByRole('alert')).toHaveCount(0, { timeout: 500 });
    }).toPass({ timeout: 30_000 });
  }

  /** The tab of a document. */
  documentTab(name: string): Locator {
    return this.page.getByRole('main').getByRole('tab', { name });
  }

  /** The text of one cell. */
  cell(index: number): Locator {
    return this.page.getByRole('main').getByRole('textbox').nth(index);
  }

  /** Load the page with nothing open. */
  async start(): Promise<void> {
    await this.page.goto(this._address(''));
    await expect(this.page.getByRole('tab', { name: 'Launcher' })).toBeVisible();
  }

  /** Load the page with one notebook open, and wait until it can be worked in. */
  async open(path: string): Promise<void> {
    await this.page.goto(this._address(`/tree/${path}`));
    await this.waitUntilOpen();
  }

  /** Load the page with a notebook whose kernel is not installed. */
  async openWithoutKernel(path: string): Promise<void> {
    await this.page.goto(this._address(`/tree/${path}`));
    const dialog = this.page.getByRole('dialog').filter({ hasText: 'Select Kernel' });
    await dialog.getByRole('button', { name: 'No Kernel' }).click();
    await this.waitUntilOpen();
  }

  /** Wait until the current notebook can be worked in. */
  async waitUntilOpen(): Promise<void> {
    await expect(this.toolbar.lockButton).toBeVisible();
    await expect(this.page.getByRole('main').getByRole('textbox').first()).toBeVisible();
    // Until then JupyterLab may still take the focus away from what a test does.
    await this.page.evaluate(async () => {
      await jupyterapp.restored;
      await jupyterapp.shell.currentWidget.context.ready;
    });
  }

  /** Load the page once more, as it was left. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitUntilOpen();
  }

  /** Open one more notebook from the file browser's path. */
  async openAnother(path: string): Promise<void> {
    await this.execute('docmanager:open', { path });
    const name = path.split('/').pop() ?? path;
    const tab = this.page.getByRole('main').getByRole('tab', { name, selected: true });
    await expect(tab).toBeVisible();
  }

  /** Open a notebook in a running page; without a kernel where its own is not installed. */
  async openWithAnyKernel(path: string): Promise<void> {
    await this.openAnother(path);
    const question = this.page.getByRole('dialog').filter({ hasText: 'Select Kernel' });
    const kernel = this.page.getByRole('button', { name: /^(No Kernel|Python 3.*)$/ });
    await expect(question.or(kernel).first()).toBeVisible();
    if (await question.isVisible()) {
      await question.getByRole('button', { name: 'No Kernel' }).click();
    }
    await this.waitUntilOpen();
  }

  /** Run a command that is not what is being tested. */
  async execute(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(
      ([command, options]) => void jupyterapp.commands.execute(command, options),
      [id, args] as const
    );
  }

  /** Save the current notebook as a user does. */
  async save(): Promise<void> {
    const button = this.page
      .getByRole('button', { name: /^Save and create checkpoint/ })
      .first();
    // A kernel that is just starting writes its language into the notebook once more.
    await expect(async () => {
      await button.click();
      await expect.poll(() => this.isDirty(), { timeout: 5000 }).toBe(false);
    }).toPass({ timeout: 30_000 });
  }

  /** Whether the current document has unsaved changes. */
  isDirty(): Promise<boolean> {
    return this.page.evaluate(() => jupyterapp.shell.currentWidget.context.model.dirty);
  }

  /** The metadata of the current notebook as it is in the editor. */
  metadata(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() =>
      jupyterapp.shell.currentWidget.context.model.sharedModel.getMetadata()
    );
  }

  /** Change the metadata of the current notebook as somebody else does. */
  async setMetadata(key: string, value: unknown): Promise<void> {
    await this.page.evaluate(
      ([name, changed]) =>
        jupyterapp.shell.currentWidget.context.model.sharedModel.setMetadata(
          name,
          changed
        ),
      [key, value] as const
    );
  }

  /** The text of each cell as it is in the editor. */
  sources(): Promise<string[]> {
    return this.page.evaluate(() =>
      jupyterapp.shell.currentWidget.context.model.sharedModel.cells.map(cell =>
        cell.getSource()
      )
    );
  }

  /** Each cell as it would be saved. */
  cells(): Promise<Record<string, unknown>[]> {
    return this.page.evaluate(() =>
      jupyterapp.shell.currentWidget.context.model.sharedModel.cells.map(cell =>
        cell.toJSON()
      )
    );
  }

  /** Give a cell another text as somebody else would do it, elsewhere. */
  async rewrite(index: number, text: string): Promise<void> {
    await this.page.evaluate(
      ([cell, source]) =>
        jupyterapp.shell.currentWidget.context.model.sharedModel.cells[cell].setSource(
          source
        ),
      [index, text] as const
    );
  }

  /** Which cell is the active one, from 0. */
  activeCell(): Promise<number> {
    return this.page.evaluate(
      () => jupyterapp.shell.currentWidget.content.activeCellIndex
    );
  }

  /** Put text at the end of a cell. */
  async type(index: number, text: string): Promise<void> {
    await this.cell(index).click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }

  /** Choose an entry of the command palette. */
  async choose(label: string): Promise<void> {
    const palette = this.page.getByRole('region', { name: 'Command Palette Section' });
    // A notebook that has just been loaded takes the focus, and the palette closes.
    await expect(async () => {
      if (!(await palette.isVisible())) {
        await this.page.keyboard.press('Control+Shift+KeyC');
      }
      await palette.getByRole('textbox').fill(label, { timeout: 5000 });
      await palette
        .getByRole('menuitem', { name: label })
        .first()
        .click({ timeout: 5000 });
    }).toPass();
  }

  /** The submenu of the Run menu, opened. */
  async openMenu(): Promise<Locator> {
    await this.page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    // Lumino gives an entry that opens a menu no role of its own.
    const entry = this.page.getByRole('menu').getByRole('listitem');
    await entry.filter({ hasText: 'AIDevSecOps' }).click();
    await expect(this.page.getByRole('menu')).toHaveCount(2);
    return this.page.getByRole('menu').last();
  }

  /** The address of a place, such as a notebook, that lets the browser in. */
  protected _address(place: string): string {
    const { url } = this.server;
    return `${url}lab/workspaces/${this._workspace}${place}?reset&token=${TOKEN}`;
  }
}
