import * as path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Folder } from '../kit/folder';
import { expect, test as base } from '../kit/test';
import { notebook } from '../kit/notebooks';

const THEMES = '@jupyterlab/apputils-extension:themes';
const CELL = 'import tabulate\n\nprint(tabulate.tabulate([["rows", 42]]))';

/** Take a picture; `UI_IMAGES=../docs/images` makes those of the documentation anew. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.UI_IMAGES ?? base.info().outputDir;
  await page.screenshot({
    path: path.resolve(folder, `${name}.png`),
    animations: 'disabled'
  });
}

/** What axe finds grave in a part of the page: the rule and the elements. */
async function violations(page: Page, selector: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(selector)
    .analyze();
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

// An environment is made from a lock, and a kernel started in it.
test.describe.configure({ timeout: 180_000 });

for (const theme of ['Light', 'Dark']) {
  test(`kernels should look complete and be accessible in the theme ${theme}`, async ({
    lab,
    folder,
    page,
    server
  }) => {
    server.choose(THEMES, { theme: `JupyterLab ${theme}` });
    const suffix = theme.toLowerCase();
    const { kernel } = lab;
    await lab.open(folder.write('report.ipynb', notebook([CELL])));
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();
    await expect(lab.notification('is locked')).toBeVisible();
    await lab.hideNotifications();
    await expect(kernel.warning).toBeVisible();
    await picture(page, `kernel-differs-${suffix}`);

    await kernel.warning.click();
    await expect(kernel.comparison.row('tabulate')).toBeVisible();
    await picture(page, `kernel-comparison-${suffix}`);
    expect(await violations(page, 'dialog')).toEqual([]);
    await kernel.comparison.button(/^Create kernel/).click();
    await expect(kernel.dialog.facts.first()).toBeVisible();
    await picture(page, `kernel-create-${suffix}`);
    expect(await violations(page, 'dialog')).toEqual([]);
    await kernel.dialog.button('Create and use').click();
    await expect(lab.notification('report.ipynb runs in')).toBeVisible({
      timeout: 90_000
    });
    await lab.hideNotifications();
    await lab.save();
    await lab.sidebar.resizeTo(260);
    await expect(kernel.summary).toContainText('holds what is locked');
    await picture(page, `kernel-matches-${suffix}`);
    expect(await lab.sidebar.cutOff()).toEqual([]);

    await kernel.summary.getByRole('button', { name: 'Manage kernels…' }).click();
    await expect(kernel.list.kernel('report')).toContainText('ok');
    await picture(page, `kernels-${suffix}`);
    expect(await violations(page, 'dialog')).toEqual([]);
    await kernel.list.root.getByRole('button', { name: /^Delete/ }).click();
    await expect(kernel.list.question).toBeVisible();
    await picture(page, `kernels-question-${suffix}`);
    expect(await violations(page, 'dialog')).toEqual([]);
    await page.setViewportSize({ width: 560, height: 800 });
    await picture(page, `kernels-narrow-${suffix}`);
    await kernel.list.question.getByRole('button', { name: 'Keep' }).click();
    await expect(kernel.list.question).toBeHidden();
  });
}
