import * as path from 'node:path';
import type { Folder } from '../kit/folder';
import { markdown, notebook } from '../kit/notebooks';
import { PROJECT } from '../kit/server';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';
import type { SplitPage } from '../pages/splits';

const EXAMPLES = path.join(PROJECT, 'examples');
const DIGITS = path.join(EXAMPLES, 'digits-pipeline.ipynb');

/** A small notebook that runs with what is beside JupyterLab. */
const CELLS = [
  markdown('# Numbers'),
  markdown('## Load'),
  'import json\nimport math',
  'numbers = [1, 2, 3, 4]',
  markdown('## Sum'),
  'total = sum(numbers)\nprint(total)',
  'root = math.sqrt(total)',
  markdown('## Tell'),
  'print(json.dumps({"total": total, "root": round(root, 2)}))'
];

function write(folder: Folder): string {
  return folder.write('numbers.ipynb', notebook(CELLS));
}

/** Open the notebook with the preview of its split. */
async function preview(lab: Lab, folder: Folder): Promise<SplitPage> {
  await lab.open(write(folder));
  await lab.execute('aidevsecops:split-notebook');
  await lab.split.isReady();
  return lab.split;
}

test.describe('the preview of a split', () => {
  test('should show the steps of the example beside its cells, with what flows', async ({
    lab,
    folder
  }) => {
    folder.copyFolder(path.join(EXAMPLES, 'digits'), 'digits');
    await lab.open(folder.copy(DIGITS, 'digits-pipeline.ipynb'));

    await lab.choose('Split into Steps…');

    const { split } = lab;
    await split.isReady();
    expect(await split.steps()).toEqual(['data', 'training', 'scoring']);
    await expect(split.graph.getByRole('button')).toHaveCount(3);
    const training = split.graph.getByRole('button', { name: /^Step 2: training/ });
    await expect(training).toHaveAccessibleName(/After data\. Takes .*train/);
    await training.click();
    const details = split.root.getByRole('region', { name: /^training/ });
    await expect(details).toContainText('scikit-learn');
    await expect(details).toContainText('digits-pipeline-training.ipynb');
    await split.root.getByText('What flows, as a table').click();
    await expect(split.root.getByRole('table', { name: 'What flows' })).toContainText(
      /data.*training/
    );
  });

  test('should have its boundaries moved by keyboard, and taken back', async ({
    lab,
    folder,
    page
  }) => {
    const split = await preview(lab, folder);
    expect(await split.cellsOf('sum')).toEqual([5, 6, 7]);

    await split.boundary('tell').focus();
    await page.keyboard.press('Alt+ArrowUp');

    await expect.poll(() => split.cellsOf('sum')).toEqual([5, 6]);
    await expect(split.boundary('tell')).toBeFocused();
    await expect(split.root.getByRole('combobox', { name: 'Cut' })).toHaveValue('hand');
    await split.isReady();
    await expect(
      split.graph.getByRole('button', { name: /^Step 3: tell/ })
    ).toHaveAccessibleName(/Takes total/);
    await page.keyboard.press('Control+z');
    await expect.poll(() => split.cellsOf('sum')).toEqual([5, 6, 7]);
  });

  test('should have a boundary dragged, steps merged, begun and renamed', async ({
    lab,
    folder
  }) => {
    const split = await preview(lab, folder);

    await split.drag('sum', 4);
    await expect.poll(() => split.cellsOf('sum')).toEqual([4, 5, 6, 7]);
    await split.button('Merge tell with sum').click();
    await expect.poll(() => split.steps()).toEqual(['load', 'sum']);
    await split.row(9).hover();
    await split.button('Split before cell 9').click();
    await expect.poll(() => split.steps()).toHaveLength(3);
    await split.isReady();
    await split.rename('sum_2', 'Tell it all');

    await expect.poll(() => split.steps()).toEqual(['load', 'sum', 'tell_it_all']);
    await split.isReady();
    await expect(split.graph.getByRole('button', { name: /tell_it_all/ })).toBeVisible();
  });

  test('should mark the cells of the notebook while it is open', async ({
    lab,
    folder,
    page
  }) => {
    await lab.open(write(folder));
    const before = await lab.cells();
    await lab.execute('aidevsecops:split-notebook');
    await lab.split.isReady();
    await expect(lab.split.marks.filter({ hasText: 'Step 2: sum' })).toBeVisible();
    await expect(lab.split.marks.filter({ hasText: /Step/ })).toHaveCount(3);

    const tab = lab.documentTab('Steps of numbers.ipynb');
    await tab.click();
    await page.keyboard.press('Alt+w');

    await expect(tab).toBeHidden();
    await expect(lab.split.marks).toHaveCount(0);
    expect(await lab.cells()).toEqual(before);
  });

  test('should follow the notebook while that is edited', async ({ lab, folder }) => {
    const split = await preview(lab, folder);

    await lab.documentTab('numbers.ipynb').first().click();
    await lab.rewrite(5, 'import statistics\ntotal = sum(numbers)');

    await expect(split.row(6)).toContainText('import statistics');
  });

  test('should come from the context menu of the file browser', async ({
    lab,
    folder,
    page
  }) => {
    write(folder);
    await lab.start();
    await lab.execute('filebrowser:go-to-path', { path: folder.name });
    const item = page.getByRole('listitem', { name: /numbers\.ipynb/ });
    await item.click({ button: 'right' });

    await page.getByRole('menuitem', { name: 'Split into Steps…' }).click();

    await lab.split.isReady();
    expect(await lab.split.steps()).toEqual(['load', 'sum', 'tell']);
  });
});

test.describe('a split', () => {
  test('should write the steps and be listed, without overlays', async ({
    lab,
    folder
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    const { split } = lab;
    await split.section.getByRole('button', { name: 'Split into Steps…' }).click();
    await split.isReady();
    await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
    await split.boundary('tell').focus();
    await split.boundary('tell').press('ArrowUp');
    await expect.poll(() => split.cellsOf('tell')).toEqual([7, 8, 9]);
    await split.isReady();

    await split.button('Create Steps').click();

    await expect(lab.notification('is split into steps')).toBeVisible();
    const list = split.section.getByRole('list', { name: 'Steps' });
    await expect(list.getByRole('listitem')).toHaveText([/load/, /sum/, /tell/]);
    const names = ['load', 'sum', 'tell'].map(name => `numbers-${name}.ipynb`);
    const texts = names.map(name => folder.readText(name));
    expect(texts[1]).toContain('total = sum(numbers)');
    // The cut is recorded in the notebook that is open, to be saved or undone by the user.
    await lab.documentTab('numbers.ipynb').first().click();
    expect(await lab.isDirty()).toBe(true);
    await lab.save();
    const tags = folder.read('numbers.ipynb').cells.map(cell => cell.metadata.tags ?? []);
    expect(tags.flat()).toEqual(['step:load', 'step:sum', 'step:tell']);
    await list.getByRole('button', { name: 'sum' }).click();
    await expect(lab.documentTab('numbers-sum.ipynb')).toBeVisible();
  });

  test('should be verified, and say what was found', async ({ lab, folder }) => {
    // The notebook and its three steps run in kernels of their own.
    test.setTimeout(180_000);
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lab.execute('aidevsecops:split-notebook');
    const { split } = lab;
    await split.isReady();
    await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
    await split.root.getByRole('checkbox', { name: /^Verify/ }).check();

    await split.button('Create Steps').click();
    const message = lab.notification('is split into steps');
    await expect(message).toBeVisible({ timeout: 120_000 });
    await expect(message).toContainText('Running the steps gives what');
    await message.getByRole('button', { name: 'Show Verification' }).click();

    const report = lab.page.getByRole('region', { name: /^Verification of/ });
    await expect(report.getByRole('status')).toContainText('Running the steps gives');
    await expect(report.getByTitle('Both sides')).toBeVisible();
    await expect(split.section).toContainText('verified: the same');
  });

  test('should not write over a step that was edited by hand', async ({
    lab,
    folder
  }) => {
    const split = await preview(lab, folder);
    await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
    await split.button('Create Steps').click();
    await expect(lab.notification('is split into steps')).toBeVisible();
    const step = folder.read('numbers-sum.ipynb');
    const body = step.cells.find(cell => String(cell.source).includes('sum(numbers)'));
    (body ?? step.cells[0]).source = 'total = 1 + sum(numbers)';
    folder.write('numbers-sum.ipynb', step);

    await split.button('Refresh the preview').click();
    const files = split.root.getByRole('list', { name: 'Files' });
    await expect(files.getByRole('listitem').nth(1)).toContainText('edited by hand');
    await files.getByText('numbers-sum.ipynb').click();
    await expect(
      split.root.getByRole('group', { name: /^Changes to .*numbers-sum/ })
    ).toContainText('− total = 1 + sum(numbers)');
    await split.button('Create Steps').click();
    await expect(split.root.getByRole('alert')).toContainText('edited');
    await split.root.getByRole('checkbox', { name: /edited by hand/ }).check();
    await split.button('Create Steps').click();

    await expect
      .poll(() => folder.readText('numbers-sum.ipynb').includes('1 + sum'))
      .toBe(false);
  });
});

test('the example should be split with an overlay for each step', async ({
  lab,
  folder
}) => {
  // Four resolutions ask the user's own index.
  test.setTimeout(210_000);
  folder.copyFolder(path.join(EXAMPLES, 'digits'), 'digits');
  await lab.open(folder.copy(DIGITS, 'digits-pipeline.ipynb'));
  await lab.sidebar.show();
  await lab.execute('aidevsecops:split-notebook');
  await lab.split.isReady();

  await lab.split.button('Create Steps').click();

  await expect(lab.notification('is split into steps')).toBeVisible({ timeout: 150_000 });
  const overlays = lab.split.section.getByRole('list', { name: 'Overlays' });
  await expect(overlays.getByRole('listitem')).toHaveText([
    /data✓ freshstep data, Python 3\.\d+, \d+ packages/,
    /scoring✓ freshstep scoring, Python 3\.\d+, \d+ packages/,
    /training✓ freshstep training, Python 3\.\d+, \d+ packages/
  ]);
});

test('a notebook should be split in Notebook 7', async ({ classic, folder }) => {
  await classic.open(write(folder));

  await classic.choose('Split into Steps…');

  const dialog = classic.page.getByRole('dialog');
  await expect(dialog.getByRole('status').first()).toHaveText(/^3 steps/);
  await dialog.getByRole('button', { name: 'Rename tell' }).click();
  await dialog.getByRole('textbox', { name: 'Name of the step tell' }).fill('say');
  await classic.page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Rename say' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(classic.split.marks).toHaveCount(0);
});
