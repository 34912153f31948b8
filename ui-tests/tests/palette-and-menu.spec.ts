import { expect, test } from '../kit/test';
import { notebook } from '../kit/notebooks';

const SIMPLE = notebook(['import idna']);

test.describe('the palette and the menu', () => {
  test('should lock from the palette', async ({ lab, folder }) => {
    const path = folder.write('report.ipynb', SIMPLE);
    await lab.open(path);

    await lab.choose('Lock Dependencies');

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  });

  test('should show the sidebar from the palette', async ({ lab, folder }) => {
    const path = folder.write('report.ipynb', SIMPLE);
    await lab.open(path);

    await lab.choose('Show AIDevSecOps');

    await expect(lab.sidebar.dependencies).toBeVisible();
  });

  test('should ask for a target from the Run menu, and lock for it', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', SIMPLE);
    await lab.open(path);
    const menu = await lab.openMenu();
    await menu
      .getByRole('menuitem', { name: /^Lock Dependencies with Options…/ })
      .click();
    await lab.lockDialog.target('Another Python version or platform').check();

    await lab.lockDialog.field('Python version').fill('three');
    await lab.lockDialog.button('Lock').click();
    await expect(lab.lockDialog.problem).toContainText('three');
    await lab.lockDialog.field('Python version').fill('3.12');
    await page.keyboard.press('Enter');

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.sidebar.show();
    await expect(lab.sidebar.dependencies).toContainText('Python 3.12');
  });

  test('should offer nothing to lock when no notebook is open', async ({ lab }) => {
    await lab.start();

    const menu = await lab.openMenu();

    await expect(
      menu.getByRole('menuitem', { name: 'Lock Dependencies' }).first()
    ).toBeDisabled();
    await expect(menu.getByRole('menuitem', { name: 'Show AIDevSecOps' })).toBeEnabled();
  });
});
