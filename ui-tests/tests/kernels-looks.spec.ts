import { DIALOG, SIDEBAR } from '../kit/accessibility';
import { Folder } from '../kit/folder';
import { look } from '../kit/looks';
import { expect, test as base } from '../kit/test';
import { notebook } from '../kit/notebooks';

const CELL = 'import tabulate\n\nprint(tabulate.tabulate([["rows", 42]]))';

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

// An environment is made from a lock, and a kernel started in it.
test.describe.configure({ timeout: 180_000 });

test('kernels should look complete and be accessible', async ({ lab, folder, page }) => {
  const { kernel } = lab;
  await lab.open(folder.write('report.ipynb', notebook([CELL])));
  await lab.sidebar.show();
  await lab.toolbar.lockButton.click();
  await expect(lab.notification('is locked')).toBeVisible();
  await lab.hideNotifications();
  await expect(kernel.warning).toBeVisible();
  await look(page, 'kernel-differs', SIDEBAR);

  await kernel.warning.click();
  await expect(kernel.comparison.row('tabulate')).toBeVisible();
  await look(page, 'kernel-comparison', DIALOG);
  await kernel.comparison.button(/^Create Kernel/).click();
  await expect(kernel.dialog.facts.first()).toBeVisible();
  await look(page, 'kernel-create', DIALOG);
  await kernel.dialog.button('Create and Use').click();
  await expect(lab.notification('report.ipynb runs in')).toBeVisible({
    timeout: 90_000
  });
  await lab.hideNotifications();
  await lab.save();
  await lab.sidebar.resizeTo(260);
  await expect(kernel.summary).toContainText('holds what is locked');
  await look(page, 'kernel-matches', SIDEBAR);
  expect(await lab.sidebar.cutOff()).toEqual([]);

  await kernel.summary.getByRole('button', { name: 'Manage Kernels…' }).click();
  await expect(kernel.list.kernel('report')).toContainText('ok');
  await look(page, 'kernels', DIALOG);
  await kernel.list.root.getByRole('button', { name: /^Delete/ }).click();
  await expect(kernel.list.question).toBeVisible();
  await look(page, 'kernels-question', DIALOG);
  await page.setViewportSize({ width: 560, height: 800 });
  await look(page, 'kernels-narrow', DIALOG);
  await kernel.list.question.getByRole('button', { name: 'Cancel' }).click();
  await expect(kernel.list.question).toBeHidden();
});
