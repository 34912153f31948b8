import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The panel of JupyterLab's extension for Git. */
export class GitPanel {
  constructor(private readonly _page: Page) {}

  /** Stage all that has changed, and all that is new. */
  async stageAll(): Promise<void> {
    const { _page: page } = this;
    // The buttons are shown where somebody points at.
    await page.getByText('Changed', { exact: true }).hover();
    await page.getByRole('button', { name: 'Stage all changes' }).click();
    await page.getByText('Untracked', { exact: true }).hover();
    await page.getByRole('button', { name: 'Track all untracked files' }).click();
  }

  /** Commit what is staged, for the first time on this machine: it is asked who does that. */
  async commit(message: string, name: string, email: string): Promise<void> {
    const { _page: page } = this;
    await page.getByPlaceholder(/^Summary|^Commit message/).fill(message);
    await page.getByRole('button', { name: 'Commit', exact: true }).click();
    const question = page.getByRole('dialog').filter({ hasText: 'Who is committing?' });
    await question.getByPlaceholder('Name').fill(name);
    await question.getByPlaceholder('Email').fill(email);
    await question.getByRole('button', { name: 'Ok' }).click();
  }

  /** Say where the repository is pushed to. */
  async addRemote(name: string, url: string): Promise<void> {
    const { _page: page } = this;
    await page.getByRole('menuitem', { name: 'Git', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Manage Remote Repositories' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'Manage Remotes' });
    await dialog.getByPlaceholder('name', { exact: true }).fill(name);
    await dialog.getByPlaceholder('Remote Git repository URL').fill(url);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText(url, { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'Close this dialog' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Push the branch for the first time. */
  async publish(): Promise<void> {
    await this._page.getByRole('button', { name: 'Publish branch' }).click();
  }
}
