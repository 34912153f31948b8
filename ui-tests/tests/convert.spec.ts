import { declaredIn } from '../kit/locks';
import { declared, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import { ConversionDialog } from '../pages/environments';

const INSTALLS = [
  '!pip install -q "packaging<100"\nimport packaging',
  'x = 1\n%pip install idna',
  '!conda install numpy'
];

test.describe('cells that install', () => {
  test('should be recorded and commented out, after a preview', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(INSTALLS));
    const dialog = new ConversionDialog(page);
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.sidebar.dependencies).toContainText(/Cells install \d packages/);

    await lab.sidebar.button('Record as Requirements…').click();

    const recorded = dialog.part('Requirements that will be recorded');
    await expect(recorded).toContainText('packaging<100');
    await expect(recorded).toContainText('idna');
    await expect(dialog.changes(1)).toContainText('+ # !pip install -q "packaging<100"');
    await expect(dialog.changes(2)).toContainText('− %pip install idna');
    await expect(dialog.part('What stays as it is')).toContainText('Cell 3');
    expect(await lab.sources()).toEqual(INSTALLS);
    await dialog.button('Record and Comment Out').click();
    await expect(dialog.root).toBeHidden();
    expect(await lab.sources()).toEqual([
      '# !pip install -q "packaging<100"\nimport packaging',
      'x = 1\n# %pip install idna',
      INSTALLS[2]
    ]);
    expect(Object.keys(declaredIn(await lab.metadata())).sort()).toEqual([
      'idna',
      'packaging'
    ]);
    await expect(lab.notification('2 lines are comments now')).toBeVisible();
    await expect(lab.sidebar.row('idna')).toContainText('declared');
  });

  test('should be undone as one operation on the notebook', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['!pip install idna']));
    const dialog = new ConversionDialog(page);
    await lab.open(path);
    await lab.choose('Record pip Installs as Requirements…');
    await dialog.button('Record and Comment Out').click();
    await expect.poll(() => lab.sources()).toEqual(['# !pip install idna']);

    await lab.cell(0).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('KeyZ');

    // JupyterLab takes back changes of cells only: what was recorded stays.
    await expect.poll(() => lab.sources()).toEqual(['!pip install idna']);
    expect(declaredIn(await lab.metadata())).toEqual({ idna: '*' });
  });

  test('should not be overwritten when they change while the preview is shown', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['!pip install idna']));
    const dialog = new ConversionDialog(page);
    await lab.open(path);
    await lab.choose('Record pip Installs as Requirements…');
    await expect(dialog.changes(1)).toBeVisible();

    await lab.rewrite(0, '!pip install packaging');
    await dialog.button('Record and Comment Out').click();

    await expect(dialog.problem).toContainText('has changed meanwhile');
    await expect(dialog.changes(1)).toContainText('# !pip install packaging');
    expect(await lab.sources()).toEqual(['!pip install packaging']);
    await dialog.button('Record and Comment Out').click();
    await expect.poll(() => lab.sources()).toEqual(['# !pip install packaging']);
    expect(Object.keys(declaredIn(await lab.metadata()))).toEqual(['packaging']);
  });

  test('should stay as they are when the user gives up', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['!pip install idna']));
    const dialog = new ConversionDialog(page);
    await lab.open(path);
    await lab.choose('Record pip Installs as Requirements…');
    await expect(dialog.changes(1)).toBeVisible();

    await dialog.giveUp();

    await expect(dialog.root).toBeHidden();
    expect(await lab.sources()).toEqual(['!pip install idna']);
    expect(await lab.metadata()).not.toHaveProperty('requirements');
  });

  test('should keep what the notebook declares already', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['!pip install "idna>=3"'], declared({ idna: '==3.4' }))
    );
    const dialog = new ConversionDialog(page);
    await lab.open(path);
    await lab.choose('Record pip Installs as Requirements…');

    await expect(dialog.part('What stays as it is')).toContainText('idna==3.4');
    await dialog.button('Record and Comment Out').click();

    await expect.poll(() => lab.sources()).toEqual(['# !pip install "idna>=3"']);
    expect(declaredIn(await lab.metadata())).toEqual({ idna: '==3.4' });
  });

  test('should not be looked for in vain without a word', async ({ lab, folder }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await lab.open(path);

    await lab.choose('Record pip Installs as Requirements…');

    await expect(lab.notification('No cell installs packages.')).toBeVisible();
  });
});
