import type { Route } from '@playwright/test';
import type { Folder } from '../kit/folder';
import { markdown, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';
import type { SplitPage } from '../pages/splits';

/** One red pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

const CELLS = [
  markdown('## Load'),
  'numbers = [1, 2, 3]',
  markdown('## Sum'),
  'total = sum(numbers)',
  markdown('## Tell'),
  'print(total)'
];

/** Open a notebook with the preview of its split, without overlays. */
async function preview(lab: Lab, folder: Folder, cells = CELLS): Promise<SplitPage> {
  await lab.open(folder.write('numbers.ipynb', notebook(cells)));
  await lab.execute('aidevsecops:split-notebook');
  const { split } = lab;
  await split.isReady();
  await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
  await split.isReady();
  return split;
}

test('pictures in texts should be in the notebooks of the steps', async ({
  lab,
  folder
}) => {
  const attachments = { 'red.png': { 'image/png': PIXEL } };
  const picture = { ...markdown('![red](attachment:red.png)'), attachments };
  const split = await preview(lab, folder, [...CELLS.slice(0, 4), picture, 'print(1)']);

  await split.button('Create Steps').click();

  await expect(lab.notification('is split into steps')).toBeVisible();
  const { cells } = folder.read('numbers-sum.ipynb');
  const found = cells.filter(({ source }) => String(source).includes('attachment:'));
  expect(found.map(cell => cell.attachments)).toEqual([attachments]);
});

test('steps that are no more should be deleted when the user says so', async ({
  lab,
  folder
}) => {
  const split = await preview(lab, folder);
  await split.button('Create Steps').click();
  await expect(lab.notification('is split into steps')).toBeVisible();
  await lab.hideNotifications();
  const box = split.root.getByRole('checkbox', { name: /left behind/ });
  await expect(box).toHaveCount(0);

  await split.button('Merge tell with sum').click();
  await box.check();

  const gone = `${folder.name}/numbers-tell.ipynb`;
  const files = split.root.getByRole('list', { name: 'Files' });
  await expect(files.getByRole('listitem').filter({ hasText: gone })).toContainText(
    'to be deleted'
  );
  expect(folder.readText('numbers-tell.ipynb')).toContain('print(total)');
  await split.button('Create Steps').click();
  await expect(lab.notification('1 file was deleted.')).toBeVisible();
  expect(() => folder.readText('numbers-tell.ipynb')).toThrow('ENOENT');
  expect(folder.readText('numbers-sum.ipynb')).toContain('print(total)');
  await expect(files.getByText('to be deleted')).toHaveCount(0);
});

test.describe('steps that are created while the preview is looked at again', () => {
  /** Change the notebook, and hold the preview that is asked for then until it is released. */
  async function hold(lab: Lab, change: () => Promise<void>): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>(resolve => (release = resolve));
    await lab.page.route('**/splits/previews*', async (route: Route) => {
      await released;
      await route.continue();
    });
    await lab.documentTab('numbers.ipynb').first().click();
    await change();
    await expect(lab.split.summary).toHaveText('Loading…');
    return release;
  }

  test('should be those that were shown', async ({ lab, folder }) => {
    const split = await preview(lab, folder);
    // As a kernel does when it has started.
    const release = await hold(lab, () =>
      lab.setMetadata('language_info', { name: 'python', version: '3.11.99' })
    );

    await split.button('Create Steps').click();
    expect(() => folder.readText('numbers-sum.ipynb')).toThrow('ENOENT');
    release();

    await expect(lab.notification('is split into steps')).toBeVisible();
    expect(folder.readText('numbers-sum.ipynb')).toContain('sum(numbers)');
  });

  test('should not be written when they are others', async ({ lab, folder }) => {
    const split = await preview(lab, folder);
    const release = await hold(lab, () => lab.rewrite(3, 'total = max(numbers)'));

    await split.button('Create Steps').click();
    release();

    await expect(split.root.getByRole('alert')).toContainText(
      'have changed since the preview'
    );
    expect(() => folder.readText('numbers-sum.ipynb')).toThrow('ENOENT');
    await split.button('Create Steps').click();
    await expect(lab.notification('is split into steps')).toBeVisible();
    expect(folder.readText('numbers-sum.ipynb')).toContain('max(numbers)');
  });
});
