import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The section of pipelines. */
export class PipelinePage {
  /** All of it. */
  readonly section: Locator;
  /** The list of the pipelines. */
  readonly choice: Locator;
  /** What the run has come to, in a sentence. */
  readonly summary: Locator;
  /** The drawing of the steps. */
  readonly graph: Locator;
  /** The steps of the run that is shown. */
  readonly steps: Locator;

  constructor(private readonly _page: Page) {
    this.section = _page.getByRole('region', { name: 'Pipelines Section' });
    this.choice = this.section.getByRole('combobox', { name: 'Pipeline' });
    const words = /^(Running|Succeeded|Failed|Cancelled|Handed over)/;
    this.summary = this.section.getByRole('status').filter({ hasText: words });
    this.graph = this.section.getByRole('group', { name: 'Steps of the pipeline' });
    this.steps = this.section.getByRole('list', { name: 'Steps', exact: true });
  }

  /** Unfold it. */
  async show(): Promise<void> {
    await this._page.getByRole('heading', { name: 'Pipelines Section' }).click();
    await expect(this.section).toBeVisible();
  }

  /** A button in it. */
  button(name: string | RegExp): Locator {
    return this.section.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** A step in the list of those of the run that is shown. */
  step(name: string): Locator {
    return this.steps.getByRole('listitem').filter({ hasText: name });
  }

  /** What became of the step that is looked at. */
  details(step: string): Locator {
    return this.section.getByRole('region', { name: `Step ${step}` });
  }
}
