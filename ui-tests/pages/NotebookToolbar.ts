import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What the lock button can show. */
export type LockIcon = 'unlocked' | 'busy' | 'fresh' | 'stale' | 'unsupported';

/** The toolbar of the notebook in front. */
export class NotebookToolbar {
  /** The button that shows and makes the lock. */
  readonly lockButton: Locator;
  /** The button that splits the notebook into steps. */
  readonly splitButton: Locator;

  constructor(private readonly _page: Page) {
    // Its name tells the state, so it is found by what all of its names have in common.
    this.lockButton = _page
      .getByRole('main')
      .getByRole('toolbar')
      .getByRole('button', { name: /lock|dependencies/i })
      .filter({ visible: true })
      .first();
    this.splitButton = _page
      .getByRole('main')
      .getByRole('toolbar')
      .getByRole('button', { name: /split/i })
      .filter({ visible: true })
      .first();
  }

  /** Wait until the button shows a state, by its icon and in words. */
  async shows(icon: LockIcon, words: string | RegExp): Promise<void> {
    await expect(this.lockButton).toHaveAccessibleName(words);
    await expect(this._page.getByRole('main').locator(this._icon(icon))).toBeVisible();
  }

  private _icon(icon: LockIcon): string {
    return `[data-icon="aidevsecops:${icon}"]:visible`;
  }
}
