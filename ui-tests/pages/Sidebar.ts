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

  /** Show the sidebar, with what most tests look at unfolded. */
  async show(): Promise<void> {
    await this.tab.click();
    await expect(this.dependencies).toBeVisible();
    await this.unfold('Overlays');
    await this.unfold('Jobs');
  }

  /** The title of a section, which folds and unfolds it. */
  title(name: string): Locator {
    return this.root.getByRole('heading', { name: `${name} Section` });
  }

  /** Unfold a section that is folded. */
  async unfold(name: string): Promise<void> {
    const title = this.title(name);
    if ((await title.getAttribute('aria-expanded')) !== 'true') {
      // A notification may lie above it.
      await title.press('Enter');
    }
    await expect(title).toHaveAttribute('aria-expanded', 'true');
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

  /** Drag the edge of the sidebar, again where the page was laid out anew meanwhile. */
  async resizeTo(width: number): Promise<void> {
    await expect(async () => {
      const { x, y, width: now } = await this._box();
      await this._page.mouse.move(x - 1, y + 300);
      await this._page.mouse.down();
      await this._page.mouse.move(x - 1 + now - width, y + 300, { steps: 4 });
      await this._page.mouse.up();
      await expect
        .poll(async () => Math.round((await this._box()).width), { timeout: 3000 })
        .toBe(width);
    }).toPass({ timeout: 30_000 });
  }

  private async _box(): Promise<{ x: number; y: number; width: number }> {
    const box = await this.root.boundingBox();
    expect(box).not.toBeNull();
    return box ?? { x: 0, y: 0, width: 0 };
  }

  /** The texts that are cut off, and cannot be read in a tooltip either. */
  cutOff(): Promise<string[]> {
    return this.root.evaluate(root =>
      [...root.querySelectorAll('*')]
        .filter(node => node.scrollWidth > node.clientWidth + 1)
        // What is one pixel small is for screen readers only.
        .filter(node => node.clientWidth > 1)
        .filter(node => getComputedStyle(node).overflowX !== 'visible')
        .filter(node => !node.closest('[title]'))
        .map(node => node.textContent ?? '')
    );
  }
}
