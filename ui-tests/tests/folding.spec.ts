import { expect, test } from '../kit/test';
import { notebook } from '../kit/notebooks';
import { picture } from '../kit/pictures';
import type { Lab } from '../pages/Lab';

const SECTIONS = ['Project', 'Dependencies', 'Overlays', 'Pipelines', 'Release', 'Jobs'];

/** The sections that are unfolded. */
async function unfolded({ sidebar }: Lab): Promise<string[]> {
  const states = await Promise.all(
    SECTIONS.map(async name => {
      const state = await sidebar.title(name).getAttribute('aria-expanded');
      return state === 'true' ? [name] : [];
    })
  );
  return states.flat();
}

test('what is looked at first is unfolded, and what the user unfolds stays so', async ({
  lab,
  folder,
  page
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await lab.open(folder.write('a.ipynb', notebook(['import idna, six, attr'])));
  await lab.sidebar.tab.click();
  await expect(lab.sidebar.row('idna')).toBeVisible();
  expect(await unfolded(lab)).toEqual(['Project', 'Dependencies']);
  await page.screenshot({ path: picture('sidebar-first'), animations: 'disabled' });

  await lab.sidebar.unfold('Jobs');
  await expect(lab.sidebar.jobs).toContainText('No jobs.');
  // JupyterLab keeps the layout a moment later.
  const kept = async (): Promise<string> =>
    JSON.stringify(await lab.server.ask('GET', `lab/api/workspaces/${folder.name}`));
  await expect.poll(kept).toContain('[true,true,false,false,false,true]');
  await lab.reload();
  await expect(lab.sidebar.jobs).toContainText('No jobs.');

  expect(await unfolded(lab)).toEqual(['Project', 'Dependencies', 'Jobs']);
});
