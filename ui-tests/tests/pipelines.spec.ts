import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Folder } from '../kit/folder';
import { notebook } from '../kit/notebooks';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';

const STEPS = [
  { name: 'load', outputs: ['numbers.txt'] },
  { name: 'train', upstream: ['load'] }
];
/** Goes on once a file is there. */
const WAITING = [
  "from pathlib import Path\nprint('waiting for go')",
  "import time\nwhile not Path('go').exists():\n    time.sleep(0.05)",
  "print(len(Path('numbers.txt').read_text()))"
];

function write(folder: Folder, train: readonly string[] = WAITING): void {
  const load = "from pathlib import Path\n_ = Path('numbers.txt').write_text('1 2 3')";
  folder.write('load.ipynb', notebook([load]));
  folder.write('train.ipynb', notebook(train));
  folder.writeText('churn.pipeline', pipeline(STEPS));
}

test.describe('a pipeline', () => {
  test('should be run and followed, also across a reload, and not run again in vain', async ({
    lab,
    folder,
    page
  }) => {
    write(folder);
    await lab.start();
    await lab.sidebar.show();
    const { pipeline: shown } = lab;
    await shown.show();
    await expect(shown.choice).toHaveValue(folder.path('churn.pipeline'));
    await expect(shown.section).toContainText('It was not run here yet.');
    await expect(shown.graph.getByRole('button')).toHaveCount(2);

    await shown.button('Run').click();

    await expect(shown.step('load')).toContainText('succeeded');
    await expect(shown.step('train')).toContainText('cell 2 of 3');
    await expect(shown.summary).toHaveText('Running: 1 of 2 steps are done.');
    await expect(shown.details('train').getByRole('log', { name: 'Log' })).toContainText(
      'waiting for go'
    );

    await page.reload();
    await expect(lab.sidebar.tab).toBeVisible();
    await lab.execute('aidevsecops:show-pipelines');
    await expect(shown.step('train')).toContainText('cell 2 of 3');
    fs.writeFileSync(path.join(folder.location, 'go'), '');

    await expect(shown.summary).toHaveText(/^Succeeded in /);
    await expect(lab.notification('churn.pipeline succeeded.')).toBeVisible();
    await shown.button('Run Only Changed').click();
    await expect(shown.summary).toHaveText(/2 of 2 steps had not to be run again/);
    await expect(shown.step('train')).toContainText('not run again');

    await shown.section.getByText('2 runs').click();
    await shown.button('Compare').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row', { name: /^train / })).toContainText('nothing');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
  });

  test('should stop when it is cancelled', async ({ lab, folder }) => {
    write(folder);
    await lab.start();
    await lab.execute('aidevsecops:show-pipelines');
    const { pipeline: shown } = lab;
    await shown.button('Run').click();
    await expect(shown.step('train')).toContainText('cell 2 of 3');

    await shown.button('Cancel').click();

    await expect(shown.summary).toHaveText(/^Cancelled after /);
    await expect(shown.step('train')).toContainText('cancelled');
    await expect(shown.button('Run')).toBeEnabled();
  });

  test('should lead to the cell that failed, and go on from there', async ({
    lab,
    folder,
    page
  }) => {
    write(folder, ['count = 3', "raise ValueError('no such column')"]);
    await lab.start();
    await lab.execute('docmanager:open', { path: folder.path('churn.pipeline') });
    const { pipeline: shown } = lab;

    await page.getByRole('main').getByRole('button', { name: 'Run Pipeline' }).click();

    const told = lab.notification('churn.pipeline failed: train failed in cell 2');
    await expect(told).toBeVisible();
    await expect(shown.summary).toHaveText(/^Failed after .*: train\.$/);
    const details = shown.details('train');
    await expect(details).toContainText('Cell 2: ValueError: no such column');
    await details.getByText('Traceback', { exact: true }).click();
    await expect(details.getByLabel('Traceback')).toContainText('raise ValueError');

    await told.getByRole('button', { name: 'Open Notebook' }).click();
    await lab.waitUntilOpen();
    await expect.poll(() => lab.activeCell()).toBe(1);

    folder.write('train.ipynb', notebook(['count = 3']));
    await details.getByRole('button', { name: 'Run from Here' }).click();
    await expect(shown.summary).toHaveText(/^Succeeded in /);
    await expect(shown.step('load')).not.toContainText('succeeded');
  });
});

test('parameters should be asked for, from the menu of a file', async ({
  lab,
  folder,
  page
}) => {
  folder.write(
    'load.ipynb',
    notebook(["import os\nprint('rate is', os.environ['rate'])"])
  );
  folder.writeText(
    'rated.pipeline',
    pipeline(
      [{ name: 'load', parameters: ['rate'] }],
      [{ name: 'rate', type: 'Float', required: true }]
    )
  );
  folder.writeText('notes.txt', 'nothing to run');
  await lab.start();
  await lab.execute('docmanager:open', { path: folder.path('notes.txt') });
  await expect(lab.documentTab('notes.txt')).toBeVisible();
  await lab.execute('filebrowser:open-path', { path: folder.name });
  const files = page.getByRole('region', { name: 'File Browser Section' });

  await files.getByText('load.ipynb').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Run Pipeline' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await files.getByText('rated.pipeline').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run Pipeline' }).click();

  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('rate');
  await field.fill('fast');
  await dialog.getByRole('button', { name: 'Run' }).click();
  await expect(dialog.getByRole('alert')).toContainText('rate is a number.');
  await field.fill('0.5');
  await dialog.getByRole('button', { name: 'Run' }).click();

  const { pipeline: shown } = lab;
  await expect(shown.summary).toHaveText(/^Succeeded in /);
  await shown.step('load').getByRole('button').click();
  await shown.details('load').getByText('Log', { exact: true }).click();
  await expect(shown.details('load').getByRole('log')).toContainText('rate is 0.5');
});
