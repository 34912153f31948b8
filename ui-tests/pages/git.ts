import type { Page } from '@playwright/test';

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

  /** Commit what is staged. */
  async commit(message: string): Promise<void> {
    const { _page: page } = this;
    await page.getByPlaceholder(/^Summary|^Commit message/).fill(message);
    await page.getByRole('button', { name: 'Commit', exact: true }).click();
  }

  /** Push the branch for the first time. */
  async publish(): Promise<void> {
    await this._page.getByRole('button', { name: 'Publish branch' }).click();
  }
}
