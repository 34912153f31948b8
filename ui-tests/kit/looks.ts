import type { Page } from '@playwright/test';
import { violations } from './accessibility';
import { picture } from './pictures';
import { expect } from './test';

/** A theme that everything must be complete in, and the word for it in the names of pictures. */
export type Shade = readonly [theme: string, word: string];

/** The themes of most pictures. */
export const SHADES: readonly Shade[] = [
  ['JupyterLab Light', 'light'],
  ['JupyterLab Dark', 'dark']
];

/** Also the theme in which lines and signs tell apart what colours do elsewhere. */
export const SHADES_AND_CONTRAST: readonly Shade[] = [
  ...SHADES,
  ['JupyterLab Dark High Contrast', 'contrast']
];

declare const jupyterapp: {
  commands: { execute: (id: string, args: object) => Promise<unknown> };
};

/**
 * Do the same in each theme, beginning with the one that is shown: to change it takes a fraction of
 * what it takes to come to the same place once more.
 */
export async function inThemes(
  page: Page,
  act: (word: string) => Promise<void>,
  shades: readonly Shade[] = SHADES
): Promise<void> {
  const body = page.locator('body');
  const shown = await body.getAttribute('data-jp-theme-name');
  const ordered = [...shades].sort(([one], [two]) => +(two === shown) - +(one === shown));
  for (const [theme, word] of ordered) {
    if (theme !== shown || word !== ordered[0][1]) {
      await page.evaluate(
        async name =>
          jupyterapp.commands.execute('apputils:change-theme', { theme: name }),
        theme
      );
    }
    await expect(body).toHaveAttribute('data-jp-theme-name', theme);
    await act(word);
  }
}

/**
 * Take a picture of the page in each theme, and have axe look at a part of it.
 * `UI_IMAGES=../docs/images` makes the pictures of the documentation anew.
 */
export async function look(
  page: Page,
  name: string,
  part = 'dialog',
  shades: readonly Shade[] = SHADES
): Promise<void> {
  const act = async (word: string) => {
    await page.screenshot({ path: picture(`${name}-${word}`), animations: 'disabled' });
    expect.soft(await violations(page, part), `${name}-${word}`).toEqual([]);
  };
  await inThemes(page, act, shades);
}
