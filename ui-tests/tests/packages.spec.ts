import * as fs from 'node:fs';
import * as path from 'node:path';
import { declaredIn } from '../kit/locks';
import { LocalIndex } from '../kit/localIndex';
import { look } from '../kit/looks';
import { declared, notebook } from '../kit/notebooks';
import { INDEXED } from '../kit/server';
import { expect, test as base } from '../kit/test';

/** What the server and its notebooks know of packages; the same for all tests of a worker. */
const test = base.extend<{ weaving: LocalIndex }, { ownIndex: LocalIndex }>({
  ownIndex: [
    // Playwright reads from the pattern what a fixture needs: nothing.
    async ({}, use) => {
      const index = await LocalIndex.start();
      index.offer(
        'zloom',
        { '1.0': [], '1.4': [], '2.0': [], '2.1': [], '3.0rc1': [] },
        {
          '2.0': { yanked: 'It tears.' },
          '2.1': { 'requires-python': '>=3.99' },
          '1.4': { 'upload-time': '2026-02-03T04:05:06Z' }
        }
      );
      index.offer('zloom-extras', { '1.0': [] });
      index.offer('a-handzloom', { '1.0': [] });
      index.hold('slow-zloom', { '1.0': [] });
      await use(index);
      await index.stop();
    },
    { scope: 'worker' }
  ],

  weaving: async ({ ownIndex, server }, use) => {
    const file = path.join(server.root, 'uv.toml');
    fs.writeFileSync(file, ownIndex.onlyConfiguration);
    await use(ownIndex);
  }
});

test.use({ serverKind: INDEXED });

test.describe('a requirement', () => {
  test('should be found while its name is typed, and constrained by the keyboard', async ({
    lab,
    folder,
    page,
    weaving
  }) => {
    const { requirementDialog: dialog } = lab;
    const file = folder.write('report.ipynb', notebook(['print(1)']));
    await lab.open(file);
    await lab.choose('Add Requirement…');
    await expect(dialog.name).toBeFocused();

    await page.keyboard.type('zloo');
    await expect(dialog.offer).toHaveText([
      'zloom',
      'zloom-extras',
      'slow-zloom',
      'a-handzloom'
    ]);
    await page.keyboard.press('ArrowDown');
    await expect(dialog.name).toHaveAttribute('aria-activedescendant', /./);
    await page.keyboard.press('Enter');
    await expect(dialog.name).toHaveValue('zloom');
    await expect(dialog.root).toContainText('Newest version that fits: 1.4.');
    await dialog.combobox('Wanted').selectOption('Compatible with');
    await dialog.combobox('Version wanted').click();
    await expect(dialog.offer).toHaveText([
      /^3\.0rc1pre-release/,
      /^2\.1needs Python >=3\.99/,
      /^2\.0taken back/,
      /^1\.4.*2026-02-03/,
      /^1\.0/
    ]);
    await page.keyboard.type('1.0');
    await page.keyboard.press('Escape');
    await expect(dialog.specifier).toHaveValue('~=1.0');
    await page.keyboard.press('Enter');

    await expect(dialog.root).toBeHidden();
    expect(declaredIn(await lab.metadata())).toEqual({ zloom: '~=1.0' });
    expect(weaving.url).toContain('127.0.0.1');
  });

  test('should say what a specifier comes to while it is written', async ({
    lab,
    folder,
    weaving
  }) => {
    const { requirementDialog: dialog } = lab;
    const file = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ zloom: '>=1' }))
    );
    expect(weaving.url).toContain('127.0.0.1');
    await lab.open(file);
    await lab.sidebar.show();
    await lab.sidebar.row('zloom').getByRole('button', { name: 'Edit zloom' }).click();
    await expect(dialog.root).toContainText('Newest version that fits: 1.4.');

    await dialog.specifier.fill('==2.0');
    await expect(dialog.root).toContainText('It was taken back: It tears.');
    await dialog.specifier.fill('>=3.0rc1');
    await expect(dialog.root).toContainText('It is a pre-release.');
    await dialog.specifier.fill('>=9');
    await expect(dialog.root).toContainText('No version of zloom fits for Python 3.11.');
    await dialog.specifier.fill('newest');
    await expect(dialog.root).toContainText('This is no version specifier.');
    await dialog.specifier.fill('>=1,<1.4,!=1.2');
    await expect(dialog.combobox('From')).toHaveValue('1');
    await expect(dialog.combobox('Before')).toHaveValue('1.4');
    await expect(dialog.field('Except')).toHaveValue('1.2');
    await expect(dialog.root).toContainText('Newest version that fits: 1.0.');
    await dialog.button('Save').click();

    await expect(dialog.root).toBeHidden();
    expect(declaredIn(await lab.metadata())).toEqual({ zloom: '>=1,<1.4,!=1.2' });
  });

  test('should not be kept waiting by an index that does not answer', async ({
    lab,
    folder,
    page,
    weaving
  }) => {
    const { requirementDialog: dialog } = lab;
    const file = folder.write('report.ipynb', notebook(['print(1)']));
    await lab.open(file);
    await lab.choose('Add Requirement…');

    await dialog.name.fill('slow-zloom');
    await expect(dialog.root).toContainText('Loading the versions…');
    await expect.poll(() => weaving.isAskedFor('slow-zloom')).toBe(true);
    await dialog.name.fill('zloom');
    await expect(dialog.root).toContainText('Newest version that fits: 1.4.');
    weaving.release('slow-zloom');
    await dialog.name.fill('nobody-has-this');
    await expect(dialog.root).toContainText(/No package is called so|only whole names/);
    await expect(dialog.root).not.toContainText('Newest version that fits');
    await page.keyboard.press('Escape');
    await expect(dialog.offer).toHaveCount(0);
    await page.keyboard.press('Escape');

    await expect(dialog.root).toBeHidden();
  });

  test('should be complete in each theme', async ({ lab, folder, page, weaving }) => {
    const { requirementDialog: dialog } = lab;
    const file = folder.write('report.ipynb', notebook(['print(1)']));
    expect(weaving.url).toContain('127.0.0.1');
    await lab.open(file);
    await lab.execute('aidevsecops:add-requirement');
    await dialog.name.fill('zloo');
    await expect(dialog.offer.first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await look(page, 'requirement-search');

    await dialog.name.fill('zloom');
    await expect(dialog.root).toContainText('Newest version that fits');
    await dialog.combobox('Wanted').selectOption('In a range');
    await dialog.combobox('From').fill('1');
    await page.keyboard.press('Escape');
    await dialog.combobox('Before').click();
    await expect(dialog.offer.first()).toBeVisible();
    await look(page, 'requirement-versions');

    await dialog.combobox('Before').fill('2');
    await page.keyboard.press('Escape');
    await expect(dialog.specifier).toHaveValue('>=1,<2');
    await look(page, 'requirement');

    await dialog.specifier.fill('newest');
    await expect(dialog.root).toContainText('This is no version specifier.');
    await look(page, 'requirement-invalid');
  });
});
