import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const GRAVE = ['serious', 'critical'];

/** Our sidebar, for axe. */
export const SIDEBAR = '[aria-label="AIDevSecOps"][role="region"]';

/** Any dialog, for axe. */
export const DIALOG = 'dialog';

/** What axe finds grave in a part of the page: the rule and the elements. */
export async function violations(page: Page, selector: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(selector)
    .analyze();
  return found
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
