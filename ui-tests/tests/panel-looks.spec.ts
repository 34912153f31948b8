import type { Page } from '@playwright/test';
import { SIDEBAR, violations } from '../kit/accessibility';
import { GitRepository } from '../kit/gitRepository';
import { layoutFaults } from '../kit/layout';
import { inThemes, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { picture } from '../kit/pictures';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';

const SECTIONS = ['Project', 'Dependencies', 'Overlays', 'Pipelines', 'Release', 'Jobs'];
const LONG =
  'a-notebook-whose-name-is-as-long-as-those-that-people-give-who-write-everything-down';

/** Unfold all sections. */
async function unfold(lab: Lab): Promise<void> {
  for (const name of SECTIONS) {
    await lab.execute('aidevsecops:show-sidebar', { section: name.toLowerCase() });
    const title = lab.sidebar.root.getByRole('heading', { name: `${name} Section` });
    await expect(title).toHaveAttribute('aria-expanded', 'true');
    await expect(title).toBeFocused();
  }
}

/** The sidebar in each theme, narrow, wide, from right to left and twice as large. */
async function isInPlace(lab: Lab, page: Page, name: string): Promise<void> {
  const look = async (how: string): Promise<void> => {
    await page.screenshot({ path: picture(`${name}-${how}`), animations: 'disabled' });
    expect.soft(await layoutFaults(page, SIDEBAR), `${name}-${how}`).toEqual([]);
    expect.soft(await lab.sidebar.cutOff(), `${name}-${how}`).toEqual([]);
  };
  await lab.sidebar.resizeTo(260);
  await inThemes(
    page,
    async word => {
      await look(word);
      expect.soft(await violations(page, SIDEBAR), `${name}-${word}`).toEqual([]);
    },
    SHADES_AND_CONTRAST
  );
  await lab.sidebar.resizeTo(600);
  await look('wide');
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await look('right-to-left');
  await page.evaluate(() => (document.documentElement.dir = 'ltr'));
  // As a browser does it: half as many pixels of the page in each direction.
  await lab.sidebar.resizeTo(320);
  await page.setViewportSize({ width: 640, height: 700 });
  await look('large');
}

test('all sections should be in place with nothing to show', async ({ lab, page }) => {
  await page.setViewportSize({ width: 1280, height: 1400 });
  await lab.start();
  await lab.execute('aidevsecops:show-sidebar');
  await unfold(lab);
  await expect(lab.release.section).toContainText('The folder is in no Git repository.');
  await expect(lab.pipeline.section).toContainText('The project has no pipelines.');
  await expect(lab.sidebar.root.getByRole('progressbar')).toHaveCount(0);

  await isInPlace(lab, page, 'panel-empty');

  await expect(lab.sidebar.root.getByRole('alert')).toHaveCount(0);
});

test('all sections should be in place with long names and 500 notebooks', async ({
  lab,
  folder,
  page
}) => {
  await page.setViewportSize({ width: 1280, height: 1400 });
  const repository = GitRepository.create(folder);
  const text = (source: string): string => `${JSON.stringify(notebook([source]))}\n`;
  const many = Array.from({ length: 499 }, (_, at) => [
    `notebooks/${at}.ipynb`,
    text('import idna')
  ]);
  repository.commit(`feat: ${LONG.replaceAll('-', ' ')}`, {
    ...(Object.fromEntries(many) as Record<string, string>),
    [`${LONG}.ipynb`]: text(`import idna, ${LONG.replaceAll('-', '_')}`),
    [`${LONG}.pipeline`]: pipeline([{ name: LONG }])
  });
  await lab.open(repository.path(`${LONG}.ipynb`));
  await lab.execute('aidevsecops:show-sidebar');
  await unfold(lab);
  await expect(lab.sidebar.row('idna')).toBeVisible();
  await expect(lab.release.section).toContainText('1.2.0');
  await expect(lab.pipeline.choice).toBeVisible();
  const project = lab.sidebar.root.getByRole('region', { name: 'Project Section' });
  await expect(project).toContainText(/\d+ to do/);

  await isInPlace(lab, page, 'panel-long');
});
