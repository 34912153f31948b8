import { declaredIn, namesOf } from '../kit/locks';
import type { Lock } from '../kit/locks';
import { declared, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';
import { ExportDialog, ImportDialog } from '../pages/environments';

async function lock(lab: Lab): Promise<void> {
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await lab.hideNotifications();
}

test.describe('an export', () => {
  test('should write a Pipfile and its lock, and say when nothing is left to write', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('loom', { '1.0': ['thread'] });
    index.offer('thread', { '2.0': [] });
    const path = folder.write('report.ipynb', notebook(['1'], declared({ loom: '*' })));
    const dialog = new ExportDialog(page);
    await lab.open(path);
    await lock(lab);

    await lab.choose('Export Environment…');
    await expect(dialog.files).toHaveText([/Pipfile\s*new/, /Pipfile\.lock\s*new/]);
    await dialog.files.first().getByText('Pipfile').click();
    await expect(dialog.files.first()).toContainText('loom = "*"');
    await dialog.button('Export').click();

    await expect(lab.notification('Written: ')).toBeVisible();
    expect(folder.readText('Pipfile')).toContain('loom = "*"');
    const written = JSON.parse(folder.readText('Pipfile.lock')) as Lock;
    expect(namesOf(written)).toEqual(['loom', 'thread']);
    await lab.choose('Export Environment…');
    await expect(dialog.files).toHaveText([/unchanged/, /unchanged/]);
    await dialog.button('Export').click();
    await expect(lab.notification('nothing was written')).toBeVisible();
  });

  test('should not replace a file without asking, and show the difference', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['1'], declared({ idna: '*' })));
    folder.writeText('Pipfile', '[packages]\nmine = "*"\n');
    const dialog = new ExportDialog(page);
    await lab.open(path);
    await lab.choose('Export Environment…');
    await expect(dialog.files).toHaveText([/Pipfile\s*replaced/]);
    await dialog.files.first().getByText('Pipfile').click();
    await expect(dialog.files.first()).toContainText('− mine = "*"');

    await dialog.button('Export').click();

    await expect(dialog.problem).toContainText('would be replaced');
    expect(folder.readText('Pipfile')).toContain('mine');
    await dialog.root.getByRole('checkbox', { name: /^Replace 1 file/ }).check();
    await dialog.button('Export').click();
    await expect(dialog.root).toBeHidden();
    expect(folder.readText('Pipfile')).toContain('idna');
    expect(folder.readText('Pipfile')).not.toContain('mine');
  });

  test('should not write over a file that changed while the list was shown', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['1'], declared({ idna: '*' })));
    const dialog = new ExportDialog(page);
    await lab.open(path);
    await lab.choose('Export Environment…');
    await expect(dialog.files).toHaveText([/Pipfile\s*new/]);

    folder.writeText('Pipfile', '[packages]\nmine = "*"\n');
    await dialog.button('Export').click();

    await expect(dialog.problem).toContainText('changed meanwhile');
    await expect(dialog.files).toHaveText([/Pipfile\s*replaced/]);
    expect(folder.readText('Pipfile')).toContain('mine');
  });

  test('should put each format into its place, and say what is not kept', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('loom', { '1.0': ['thread'] });
    index.offer('thread', { '2.0': [] });
    const path = folder.write('report.ipynb', notebook(['1'], declared({ loom: '*' })));
    folder.writeText('pyproject.toml', '# Mine.\n[tool.mine]\nkept = true\n');
    const dialog = new ExportDialog(page);
    await lab.open(path);
    await lock(lab);
    await lab.choose('Export Environment…');

    for (const [format, file] of [
      ['pylock', 'pylock.toml'],
      ['requirements', 'requirements.txt'],
      ['pyproject', 'pyproject.toml'],
      ['sbom', 'report.cdx.json'],
      ['pep723', 'report.py'],
      ['juv', 'juv/report.ipynb']
    ]) {
      await dialog.format.selectOption(format);
      await expect(dialog.files.getByText(folder.path(file))).toBeVisible();
    }
    await dialog.format.selectOption('pyproject');
    await expect(dialog.files).toHaveText([/pyproject\.toml\s*replaced/]);
    await expect(dialog.lost).toContainText('The lock is not kept');
    await dialog.field('Folder').fill(`${folder.name}/envs/deep`);
    await expect(dialog.files).toHaveText([/envs\/deep\/pyproject\.toml\s*new/]);
    await dialog.format.selectOption('requirements');
    await expect(dialog.files).toHaveText([/envs\/deep\/requirements\.txt\s*new/]);
    await dialog.button('Export').click();

    await expect(dialog.root).toBeHidden();
    expect(folder.readText('envs/deep/requirements.txt')).toMatch(
      /loom==1\.0.*--hash=sha256:/s
    );
    expect(folder.readText('pyproject.toml')).toContain('# Mine.');
  });

  test('should say why a notebook without a lock has no exact versions', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['1'], declared({ idna: '*' })));
    const dialog = new ExportDialog(page);
    await lab.open(path);
    await lab.choose('Export Environment…');

    await dialog.format.selectOption('requirements');

    await expect(dialog.problem).toContainText('has no lock');
    await dialog.button('Export').click();
    await expect(dialog.root).toContainText('There is nothing to write.');
  });
});

test.describe('an import', () => {
  test('should take over a file that is chosen by the keyboard, after a preview', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['1'], declared({ idna: '*', packaging: '<100' }))
    );
    folder.writeText('Pipfile', '[packages]\nidna = ">=3"\nrequests = "*"\n');
    folder.writeText('photo.png', 'not one of them');
    folder.writeText('envs/requirements.txt', 'idna==3.4\n');
    const dialog = new ImportDialog(page);
    await lab.open(path);
    await lab.choose('Import Environment…');
    await expect(dialog.file).toBeFocused();
    await expect(dialog.file).toHaveValue(`${folder.name}/`);

    await page.keyboard.press('ArrowDown');
    await expect(dialog.offer).toHaveText([
      `${folder.name}/envs/folder`,
      `${folder.name}/Pipfile`,
      `${folder.name}/report.ipynb`
    ]);
    await page.keyboard.type('pip');
    await expect(dialog.offer).toHaveText([`${folder.name}/Pipfile`]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog.file).toHaveValue(`${folder.name}/Pipfile`);

    await expect(dialog.change('idna')).toHaveText('idna*>=3');
    await expect(dialog.change('packaging')).toHaveText('packaging<100taken out');
    await expect(dialog.change('requests')).toHaveText('requests–*');
    expect(Object.keys(declaredIn(await lab.metadata()))).toEqual(['idna', 'packaging']);
    await page.keyboard.press('Enter');
    await expect(dialog.root).toBeHidden();
    expect(declaredIn(await lab.metadata())).toEqual({ idna: '>=3', requests: '*' });
    await expect(lab.notification('2 requirements are recorded')).toBeVisible();
  });

  test('should go down into folders, and take a lock with it', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('loom', { '1.0': ['thread'] });
    index.offer('thread', { '2.0': [] });
    const path = folder.write('one.ipynb', notebook(['1'], declared({ loom: '*' })));
    const other = folder.write('two.ipynb', notebook(['1']));
    const exporting = new ExportDialog(page);
    const importing = new ImportDialog(page);
    await lab.open(path);
    await lock(lab);
    await lab.choose('Export Environment…');
    await exporting.field('Folder').fill(`${folder.name}/envs`);
    await expect(exporting.files).toHaveText([/envs\/Pipfile/, /envs\/Pipfile\.lock/]);
    await exporting.button('Export').click();
    await expect(exporting.root).toBeHidden();
    const wanted = await lab.metadata();

    await lab.openAnother(other);
    await lab.choose('Import Environment…');
    await importing.file.click();
    await importing.offer.getByText('envs/').click();
    await importing.offer.getByText('envs/Pipfile.lock').click();

    await expect(importing.root).toContainText('2 packages are locked with it.');
    await importing.button('Import').click();
    await expect(importing.root).toBeHidden();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    const taken = await lab.metadata();
    expect(JSON.parse(taken.requirements as string)).toEqual(
      JSON.parse(wanted.requirements as string)
    );
    expect(JSON.parse(taken.requirements_lock as string)).toEqual(
      JSON.parse(wanted.requirements_lock as string)
    );
  });

  test('should say what is wrong with a file', async ({ lab, folder, page }) => {
    const path = folder.write('report.ipynb', notebook(['1']));
    folder.writeText('broken.txt', '-r other.txt\n???\n');
    folder.writeText('script.py', 'print(1)\n');
    const dialog = new ImportDialog(page);
    await lab.open(path);
    await lab.choose('Import Environment…');

    await dialog.file.fill(`${folder.name}/script.py`);
    await expect(dialog.problem).toContainText('no script block');
    await dialog.file.fill(`${folder.name}/gone.txt`);
    await expect(dialog.problem).toContainText('There is no file');
    await dialog.button('Import').click();

    await expect(dialog.root).toContainText('This file cannot be taken over.');
    expect(await lab.metadata()).not.toHaveProperty('requirements');
  });
});
