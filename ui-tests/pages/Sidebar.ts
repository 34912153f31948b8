import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Our sidebar. */
export class Sidebar {
  /** All of it. */
  readonly root: Locator;
  /** The section of the notebook's dependencies. */
  readonly dependencies: Locator;
  /** The section of the jobs. */
  readonly jobs: Locator;
  /** The tab that shows and hides the sidebar. */
  readonly tab: Locator;
  /** The table of the requirements. */
  readonly table: Locator;
  /** The sentence that says the state. */
  readonly status: Locator;
  /** How far the notebook's lock is. */
  readonly progress: Locator;

  constructor(private readonly _page: Page) {
    this.root = _page.getByRole('region', { name: 'AIDevSecOps' });
    this.dependencies = this.root.getByRole('region', { name: 'Dependencies Section' });
    this.jobs = this.root.getByRole('region', { name: 'Jobs Section' });
    this.tab = _page.getByRole('tab', { name: 'AIDevSecOps' });
    this.table = this.dependencies.getByRole('table', { name: 'Requirements' });
    this.status = this.dependencies.getByRole('status').first();
    this.progress = this.dependencies.getByRole('progressbar');
  }

  /** Show the sidebar. */
  async show(): Promise<void> {
    await this.tab.click();
    await expect(this.dependencies).toBeVisible();
  }

  /** A button of the head of the dependencies, or in them. */
  button(name: string | RegExp): Locator {
    return this.dependencies.getByRole('button', { name });
  }

  /** A button of the toolbar of a section. */
  action(name: string | RegExp): Locator {
    return this.root.getByRole('toolbar').getByRole('button', { name });
  }

  /** The row of one requirement. */
  row(name: string): Locator {
    return this.table.getByRole('row').filter({
      has: this._page.getByRole('rowheader', { name: new RegExp(`^${name}\\b`) })
    });
  }

  /** A list under a heading, such as that of the unresolved imports. */
  finding(title: string): Locator {
    return this.dependencies.getByRole('region', { name: title });
  }

  /** The entry of one job, by the words that describe it. */
  job(title: string | RegExp): Locator {
    return this.jobs.getByRole('listitem', { name: title });
  }
}
