import { DIALOG, SIDEBAR } from '../kit/accessibility';
import { look, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';

test('a pipeline should look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  folder.write('load.ipynb', notebook(["raise ValueError('no such column')"]));
  folder.write('train.ipynb', notebook(['print(1)']));
  folder.writeText(
    'churn.pipeline',
    pipeline([{ name: 'load' }, { name: 'train', upstream: ['load'] }])
  );
  await page.setViewportSize({ width: 1200, height: 1300 });
  await lab.start();
  await lab.execute('aidevsecops:show-pipelines');
  const { pipeline: shown } = lab;
  await shown.button('Run').click();
  await expect(shown.summary).toHaveText(/^Failed after /);
  await lab.hideNotifications();
  await lab.sidebar.resizeTo(260);
  await look(page, 'pipelines', SIDEBAR, SHADES_AND_CONTRAST);
  // Logs and tracebacks keep their lines, and are scrolled.
  const texts = await shown.section.locator('pre').allTextContents();
  const cutOff = await lab.sidebar.cutOff();
  expect(cutOff.filter(text => !texts.includes(text))).toEqual([]);

  await lab.execute('aidevsecops:create-pipeline', { path: folder.path('train.ipynb') });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('train.pipeline is written.')).toBeVisible();
  await look(page, 'pipeline-new', DIALOG, SHADES_AND_CONTRAST);
});
