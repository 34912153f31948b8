import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { DialogPage } from './dialogs';

/** The dialog that plans a release. */
export class ReleaseDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /^Cut a release/);
  }

  /** What is going on, or what the plan comes to. */
  get status(): Locator {
    return this.root.getByRole('status').first();
  }

  /** One of the checks. */
  check(name: string): Locator {
    return this.root.getByRole('listitem', { name, exact: true });
  }

  /** Wait until there is a plan. */
  async isPlanned(versions: string): Promise<void> {
    await expect(this.status).toHaveText(new RegExp(`^${versions}\\. Checks: `));
  }
}

/** The releases of a repository. */
export class ReleasePage {
  /** The section of the sidebar. */
  readonly section: Locator;
  /** The title that folds and unfolds it. */
  readonly title: Locator;
  /** The dialog that plans a release. */
  readonly dialog: ReleaseDialog;
  /** The dialog that asks whether a release is to be undone. */
  readonly undoDialog: DialogPage;
  /** The dialog that asks a bot. */
  readonly botDialog: DialogPage;
  /** The dialog that writes the workflow which tags what was merged. */
  readonly workflowDialog: DialogPage;
  /** The releases, the newest first. */
  readonly history: Locator;
  /** The issues that ask bots for something. */
  readonly requests: Locator;

  constructor(page: Page) {
    const sidebar = page.getByRole('region', { name: 'AIDevSecOps' });
    this.section = sidebar.getByRole('region', { name: 'Release Section' });
    this.title = sidebar.getByRole('heading', { name: 'Release Section' });
    this.dialog = new ReleaseDialog(page);
    this.undoDialog = new DialogPage(page, 'Undo the release?');
    this.botDialog = new DialogPage(page, 'Ask a bot');
    this.workflowDialog = new DialogPage(page, 'Tag releases when they are merged');
    this.requests = this.section.getByRole('list', { name: 'What bots are asked for' });
    this.history = this.section.getByRole('list', { name: 'Releases' });
  }

  /** Unfold the section. */
  async show(): Promise<void> {
    await this.title.click();
    await expect(this.section).toBeVisible();
  }

  /** A button of the section. */
  button(name: string | RegExp): Locator {
    return this.section.getByRole('button', { name });
  }
}
