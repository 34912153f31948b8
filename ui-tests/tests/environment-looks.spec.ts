import { SIDEBAR } from '../kit/accessibility';
import { look } from '../kit/looks';
import { declared, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import {
  ConversionDialog,
  ExportDialog,
  ImportDialog,
  TreeDialog
} from '../pages/environments';

test.describe('the dialogs about environments', () => {
  test('should be complete before a notebook is locked', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('loom', { '1.0': [] });
    folder.writeText('Pipfile', '[packages]\nidna = ">=3"\nrequests = "*"\n');
    const cells = [
      '!pip install -q "packaging<100"\nimport packaging',
      '%pip install idna',
      '!conda install numpy'
    ];
    const file = folder.write('report.ipynb', notebook(cells, declared({ loom: '*' })));
    const converting = new ConversionDialog(page);
    const exporting = new ExportDialog(page);
    const importing = new ImportDialog(page);
    await lab.open(file);
    await lab.sidebar.show();
    await lab.sidebar.button('Record as Requirements…').click();
    await expect(converting.changes(1)).toBeVisible();
    await look(page, 'convert');
    await converting.giveUp();

    await lab.execute('aidevsecops:export-environment');
    await expect(exporting.files).toHaveText([/replaced/]);
    await exporting.files.first().getByText('Pipfile').click();
    await exporting.button('Export').click();
    await expect(exporting.problem).toBeVisible();
    await look(page, 'export');
    await exporting.giveUp();

    await lab.execute('aidevsecops:import-environment');
    await importing.file.click();
    await expect(importing.offer.first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await look(page, 'import-offer');
    await page.keyboard.press('Enter');
    await expect(importing.change('requests')).toBeVisible();
    await look(page, 'import');
    await importing.giveUp();
  });

  test('should be complete when it is locked', async ({ lab, folder, index, page }) => {
    index.offer('loom', { '1.0': ['shuttle>=1', 'thread'] });
    index.offer('shuttle', { '1.5': ['thread<3'] });
    index.offer('thread', { '2.0': [] });
    const file = folder.write(
      'report.ipynb',
      notebook(['!pip install loom'], declared({ loom: '*' }))
    );
    const tree = new TreeDialog(page);
    const exporting = new ExportDialog(page);
    await lab.open(file);
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.hideNotifications();
    await lab.sidebar.resizeTo(260);
    await look(page, 'section', SIDEBAR);
    expect(await lab.sidebar.cutOff()).toEqual([]);

    await lab.execute('aidevsecops:show-dependency-tree');
    await expect(tree.rows('What the notebook asks for')).toHaveCount(1);
    await tree.rows('What the notebook asks for').first().focus();
    await page.keyboard.press('ArrowRight');
    await look(page, 'tree');
    await tree.package.fill('thread');
    await expect(tree.rows('Who needs thread').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await look(page, 'tree-why');
    await page.keyboard.press('Escape');

    await lab.execute('aidevsecops:export-environment');
    await exporting.format.selectOption('requirements');
    await expect(exporting.lost).toBeVisible();
    await exporting.files.first().getByText('requirements.txt').click();
    await look(page, 'export-lost');
  });
});
