import * as path from 'node:path';
import { SIDEBAR } from '../kit/accessibility';
import { Folder } from '../kit/folder';
import { look } from '../kit/looks';
import { picture } from '../kit/pictures';
import { expect, test as base } from '../kit/test';
import { notebook } from '../kit/notebooks';
import { PROJECT } from '../kit/server';

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

test.describe('the looks', () => {
  test('should be complete in each theme', async ({ lab, folder, page }) => {
    folder.copyFolder(path.join(PROJECT, 'examples'), '');
    await lab.open(folder.path('notebooks/02-training.ipynb'));
    await lab.sidebar.tab.click();
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await expect(lab.notification('is locked')).toBeVisible();
    await lab.hideNotifications();
    await lab.save();

    await look(page, 'sidebar', SIDEBAR);

    await expect(lab.sidebar.row('scikit-learn')).toContainText(/\d+\.\d+/);
    expect(await lab.sidebar.cutOff()).toEqual([]);
  });

  test('should leave nothing out when the sidebar is 260 pixels wide', async ({
    lab,
    folder,
    page
  }) => {
    const cells = [
      'import sklearn, matplotlib.pyplot, a_module_with_quite_a_long_name_that_nobody_has',
      '%pip install "a-package-with-a-long-name-too[and,some,extras]>=1.2.3,<2.0.0"',
      'def broken('
    ];
    const path = folder.write(
      'a-notebook-with-a-long-name-of-its-own.ipynb',
      notebook(cells)
    );
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.resizeTo(260);
    await expect(lab.sidebar.finding('Problems')).toBeVisible();

    await page.screenshot({ path: picture('sidebar-narrow'), animations: 'disabled' });

    expect(await lab.sidebar.cutOff()).toEqual([]);
  });
});
