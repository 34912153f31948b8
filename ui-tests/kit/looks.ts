import * as path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test';

/** The plugin that holds the choice of a theme. */
export const THEMES = '@jupyterlab/apputils-extension:themes';

/** The themes that everything must be complete in, and a word for each. */
export const SHADES = [
  ['JupyterLab Light', 'light'],
  ['JupyterLab Dark', 'dark']
] as const;

const GRAVE = ['serious', 'critical'];

/**
 * Take a picture of the page, and have axe look at a part of it. `UI_IMAGES=../docs/images` makes
 * the pictures of the documentation anew.
 */
export async function look(page: Page, name: string, part = 'dialog'): Promise<void> {
  const folder = process.env.UI_IMAGES ?? test.info().outputDir;
  const file = path.resolve(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const found = violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  expect.soft(found, name).toEqual([]);
}
