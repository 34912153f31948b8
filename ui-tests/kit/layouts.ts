import type { Page } from '@playwright/test';
import { layoutFaults } from './layout';
import { picture } from './pictures';
import { expect } from './test';

/** How large the page is while nothing is looked at. */
const USUAL = { width: 1280, height: 800 };

/** From right to left, and twice as large: as browsers do that, with half as many pixels. */
const LAYOUTS = [
  ['right-to-left', USUAL, 'rtl'],
  ['large', { width: 640, height: 400 }, 'ltr']
] as const;

/** Look for faults in each layout, and take a picture of it. */
export async function isInPlace(
  page: Page,
  name: string,
  faults: (page: Page) => Promise<string[]>
): Promise<void> {
  const lay = async (size: typeof USUAL, dir: string): Promise<void> => {
    await page.setViewportSize(size);
    await page.evaluate(to => (document.documentElement.dir = to), dir);
  };
  for (const [how, size, dir] of LAYOUTS) {
    await lay(size, dir);
    // What follows the size of the window does so a moment later.
    await expect
      .soft(async () => {
        expect(await faults(page), `${name}-${how}`).toEqual([]);
      })
      .toPass({ timeout: 30_000 });
    await page.screenshot({
      path: picture(`${name}-${how}`),
      animations: 'disabled'
    });
  }
  await lay(USUAL, 'ltr');
}

/** What of a dialog cannot be reached: its buttons, and what is beside its place. */
export async function dialogFaults(page: Page): Promise<string[]> {
  const content = 'dialog .jp-Dialog-content';
  return [
    ...(await hiddenParts(page, content, '.jp-Dialog-footer button')),
    // What is scrolled away in the body lies under nothing.
    ...(await layoutFaults(page, `${content} > .jp-Dialog-body`))
  ];
}

/** Which of these parts of something cannot be seen, and whether it is larger than the page. */
export function hiddenParts(page: Page, frame: string, parts: string): Promise<string[]> {
  return page.locator(frame).evaluate((node, selector) => {
    const { top, bottom, left, right } = node.getBoundingClientRect();
    const isOut =
      top < -1 || left < -1 || bottom > innerHeight + 1 || right > innerWidth + 1;
    const hidden = [...node.querySelectorAll(selector)].filter(
      part => part.getBoundingClientRect().bottom > Math.min(bottom, innerHeight) + 1
    );
    return [
      ...(isOut ? ['it is larger than the page'] : []),
      ...hidden.map(part => `cannot be seen: ${part.textContent}`)
    ];
  }, parts);
}
