import * as path from 'node:path';
import { Folder } from '../kit/folder';
import { DIALOG, SIDEBAR, violations } from '../kit/accessibility';
import { inThemes, look, SHADES_AND_CONTRAST } from '../kit/looks';
import { markdown, notebook } from '../kit/notebooks';
import { picture } from '../kit/pictures';
import { PROJECT } from '../kit/server';
import { expect, test as base } from '../kit/test';

const EXAMPLES = path.join(PROJECT, 'examples');
const PREVIEW = '.jp-aidevsecops-SplitPanel';
const REPORT = '.jp-aidevsecops-VerificationReport';

const CELLS = [
  markdown('# Numbers'),
  markdown('## Load'),
  'numbers = [1, 2, 3, 4]',
  markdown('## Sum'),
  'import time\n\ntotal = sum(numbers)\nprint(total, time.time_ns() % 1000)',
  markdown('## Tell'),
  'print(f"The sum is {total}.")'
];

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

test('a preview should look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  folder.copyFolder(path.join(EXAMPLES, 'digits'), 'digits');
  const example = path.join(EXAMPLES, 'digits-pipeline.ipynb');
  await page.setViewportSize({ width: 1440, height: 860 });
  await lab.open(folder.copy(example, 'digits-pipeline.ipynb'));
  await lab.execute('application:toggle-left-area');
  const { split } = lab;
  await lab.execute('aidevsecops:split-notebook');
  await split.isReady();
  await split.graph.getByRole('button', { name: /^Step 2: training/ }).click();
  await look(page, 'split', PREVIEW, SHADES_AND_CONTRAST);

  await page.setViewportSize({ width: 1000, height: 800 });
  await split.boundary('training').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await split.isReady();
  await look(page, 'split-narrow', PREVIEW, SHADES_AND_CONTRAST);
  await split.root.getByText('What flows, as a table').click();
  await split.root.getByRole('table', { name: 'What flows' }).scrollIntoViewIfNeeded();
  await look(page, 'split-table', PREVIEW, SHADES_AND_CONTRAST);
  await split.root.getByRole('list', { name: 'Files' }).scrollIntoViewIfNeeded();
  await look(page, 'split-files', PREVIEW, SHADES_AND_CONTRAST);
});

test('steps should look complete and be accessible', async ({ lab, folder, page }) => {
  // A verification starts five kernels.
  test.setTimeout(400_000);
  await page.setViewportSize({ width: 1200, height: 800 });
  await lab.open(folder.write('numbers.ipynb', notebook(CELLS)));
  await lab.execute('application:toggle-left-area');
  const { split } = lab;
  await lab.execute('aidevsecops:split-notebook');
  await split.isReady();
  await split.root.getByRole('checkbox', { name: /^Verify/ }).check();
  await split.button('Create Steps').click();
  await expect(lab.notification('is split into steps')).toBeVisible({
    timeout: 300_000
  });
  await lab.hideNotifications();
  await lab.execute('aidevsecops:show-verification');
  await expect(page.getByTitle('Both sides')).toBeVisible();
  await inThemes(
    page,
    async word => {
      await page.screenshot({ path: picture(`split-report-${word}`) });
    },
    SHADES_AND_CONTRAST
  );
  // axe does not come back from a page in which no script runs, so that is looked at apart.
  const sides = await page.getByTitle('Both sides').evaluate(frame => {
    frame.remove();
    return frame.getAttribute('srcdoc') ?? '';
  });
  await look(page, 'split-comparison', REPORT, SHADES_AND_CONTRAST);
  const apart = await page.context().newPage();
  await apart.setContent(sides);
  expect.soft(await violations(apart, 'body'), 'both sides').toEqual([]);
  await apart.close();
  await lab.execute('application:close');
  await expect(page.getByTitle('Both sides')).toHaveCount(0);

  await lab.sidebar.show();
  await lab.sidebar.resizeTo(260);
  await expect(split.section.getByRole('list', { name: 'Overlays' })).toBeVisible();
  await look(page, 'split-section', SIDEBAR, SHADES_AND_CONTRAST);
  expect(await lab.sidebar.cutOff()).toEqual([]);
  await lab.documentTab('numbers.ipynb').first().click();
  await lab.execute('aidevsecops:extract-overlay');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Goes to').or(dialog.getByRole('alert'))).toBeVisible();
  await look(page, 'overlay', DIALOG, SHADES_AND_CONTRAST);
});
