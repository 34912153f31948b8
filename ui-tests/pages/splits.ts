import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The preview of a split, beside its notebook. */
export class SplitPage {
  /** All of it. */
  readonly root: Locator;
  /** What it comes to, in a sentence. */
  readonly summary: Locator;
  /** The list of the cells, by step. */
  readonly cells: Locator;
  /** The drawing of the steps and what flows. */
  readonly graph: Locator;
  /** The section of the sidebar. */
  readonly section: Locator;
  /** The marks in the margin of the notebook. */
  readonly marks: Locator;

  constructor(private readonly _page: Page) {
    this.root = _page
      .getByRole('main')
      .getByRole('region', { name: /^Steps of .*\.ipynb$/ });
    this.summary = this.root.getByRole('status').first();
    this.cells = this.root.getByRole('group', { name: 'Cells' });
    this.graph = this.root.getByRole('group', { name: /^Steps and what flows/ });
    this.section = _page.getByRole('region', { name: 'Overlays Section' });
    // What a mark says is read from its tooltip: only the first of a step has words.
    this.marks = _page.locator('.jp-Notebook .jp-aidevsecops-CellMark');
  }

  /** A button. */
  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  /** The steps in the list of the cells, as they are called. */
  async steps(): Promise<string[]> {
    const regions = await this.cells.getByRole('region').all();
    const labels = await Promise.all(
      regions.map(region => region.getAttribute('aria-label'))
    );
    return labels.map(label => (label ?? '').replace(/^Step \d+: /, ''));
  }

  /** The cells of a step, counted from 1. */
  async cellsOf(step: string): Promise<number[]> {
    const region = this.cells.getByRole('region', { name: new RegExp(`: ${step}$`) });
    const rows = await region.getByRole('listitem').all();
    return Promise.all(
      rows.map(async row => Number(await row.getAttribute('data-cell')) + 1)
    );
  }

  /** The row of a cell, counted from 1. */
  row(cell: number): Locator {
    return this.cells.getByRole('listitem').nth(cell - 1);
  }

  /** The boundary before a step. */
  boundary(step: string): Locator {
    return this.cells.getByRole('separator', { name: new RegExp(`and ${step}$`) });
  }

  /** Wait until the preview is there and nothing is on its way. */
  async isReady(): Promise<void> {
    await expect(this.summary).toHaveText(/\d+ steps?/);
  }

  /** Drag the boundary before a step to just above a cell. */
  async drag(step: string, cell: number): Promise<void> {
    await this.row(cell).scrollIntoViewIfNeeded();
    const from = await this.boundary(step).boundingBox();
    const to = await this.row(cell).boundingBox();
    if (!from || !to) {
      throw new Error('The boundary or the cell is out of sight.');
    }
    await this._page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this._page.mouse.down();
    await this._page.mouse.move(to.x + 40, to.y + 3, { steps: 5 });
    await this._page.mouse.up();
  }

  /** Give a step another name. */
  async rename(step: string, name: string): Promise<void> {
    await this.button(`Rename ${step}`).click();
    const field = this.root.getByRole('textbox', { name: `Name of the step ${step}` });
    await field.fill(name);
    await field.press('Enter');
  }
}
