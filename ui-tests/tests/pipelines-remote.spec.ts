import { DIALOG, SIDEBAR } from '../kit/accessibility';
import { Cluster } from '../kit/cluster';
import { look, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';

// Nobody listens there, so that each test of the configuration is refused at once.
const NOBODY = 'http://127.0.0.1:9';
const RUNTIME: readonly (readonly [label: string, text: string])[] = [
  ['Name', 'Team cluster'],
  ['Address', `${NOBODY}/pipeline`],
  ['Address of the storage', NOBODY],
  ['Bucket', 'runs'],
  ['Access key', 'steps'],
  ['Secret key', 'only-for-this-test']
];

test('a pipeline should be submitted to a cluster, followed, stopped and tried again', async ({
  lab,
  folder,
  page
}) => {
  folder.write('load.ipynb', notebook(['print(1)']));
  folder.write('train.ipynb', notebook(['print(2)']));
  folder.writeText(
    'churn.pipeline',
    pipeline([{ name: 'load' }, { name: 'train', upstream: ['load'] }])
  );
  const cluster = await Cluster.pretend(page, folder.path('churn.pipeline'));
  await page.setViewportSize({ width: 1200, height: 1300 });
  await lab.start();
  await lab.execute('aidevsecops:show-pipelines');
  const { pipeline: shown } = lab;
  const dialog = page.getByRole('dialog');

  await test.step('a runtime configuration is asked for first', async () => {
    await shown.button('Submit…').click();
    await expect(dialog).toContainText('There is no configuration');
    await dialog.getByRole('button', { name: 'Add and Test' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('Name is missing.');
    for (const [label, text] of RUNTIME) {
      await dialog.getByLabel(label, { exact: true }).fill(text);
    }
    await look(page, 'pipeline-runtime', DIALOG);
    await dialog.getByRole('button', { name: 'Add and Test' }).click();
  });

  await test.step('what is sent and what was found is shown', async () => {
    await expect(dialog).toContainText('are stored in the bucket runs at 127.0.0.1:9');
    await expect(dialog).toContainText('It has no image');
    await dialog.getByLabel('Secret of Kubernetes').fill('storage-keys');
    await look(page, 'pipeline-submit', DIALOG);
    await dialog.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(dialog).toBeHidden();
    expect(cluster.submitted).toMatchObject([
      { runtime: 'team_cluster', secret: 'storage-keys' }
    ]);
  });

  await test.step('the run is followed, with its link, log and files', async () => {
    await expect(shown.summary).toHaveText('Running: 1 of 2 steps are done.');
    const link = shown.section.getByRole('link', { name: 'Open on Kubeflow Pipelines' });
    await expect(link).toHaveAttribute('href', /^https:\/\/kfp\.example\.org/);
    await shown.step('load').getByRole('button').click();
    await shown.details('load').getByText('Log', { exact: true }).click();
    await expect(shown.details('load').getByRole('log')).toContainText('loaded 3');
    await shown.section.getByText('Stored files').click();
    await expect(shown.section.getByRole('list', { name: 'Stored files' })).toContainText(
      'numbers.txt 5 B'
    );
    await shown.button('Cancel Run').click();
    await expect(shown.summary).toHaveText(/^Cancelled after /);
    cluster.finish();
    await shown.button('Retry').click();
    await expect(shown.summary).toHaveText(/^Succeeded in /);
  });

  await test.step('the test of the configuration says what is wrong', async () => {
    const answers = shown.section.getByRole('list', { name: 'Test of Team cluster' });
    await expect(answers.getByRole('listitem')).toHaveCount(2);
    await expect(answers).toContainText('failed Engine (http://127.0.0.1:9');
    await lab.hideNotifications();
    await lab.sidebar.resizeTo(260);
    await look(page, 'pipeline-remote', SIDEBAR, SHADES_AND_CONTRAST);
    const texts = await shown.section.locator('pre').allTextContents();
    const cutOff = await lab.sidebar.cutOff();
    expect(cutOff.filter(text => !texts.includes(text))).toEqual([]);
  });

  await test.step('the image of a step is registered, and an export is asked for', async () => {
    await lab.execute('aidevsecops:register-runtime-image');
    await expect(dialog.getByLabel('Image')).toBeVisible();
    await dialog.getByLabel('Image').fill('registry.example.org/team/notebook:v1');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await expect(dialog).toBeHidden();
    await shown.section.getByText('Runtime images').click();
    await expect(
      shown.section.getByRole('list', { name: 'Runtime images' })
    ).toContainText('registry.example.org/team/notebook:v1');
    await shown.button('Export…').click();
    await expect(dialog.getByLabel('Format')).toBeVisible();
    await look(page, 'pipeline-export', DIALOG);
  });
});
