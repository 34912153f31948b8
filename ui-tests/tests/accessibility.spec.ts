import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../kit/test';
import { declared, notebook } from '../kit/notebooks';

const THEMES = '@jupyterlab/apputils-extension:themes';
const GRAVE = ['serious', 'critical'];

/** What axe finds grave in a part of the page: the rule and the elements. */
async function violations(page: Page, selector: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(selector)
    .analyze();
  return found
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const SIDEBAR = '[aria-label="AIDevSecOps"][role="region"]';
const DIALOG = 'dialog';

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test.describe(`accessibility in ${theme}`, () => {
    test('should be without grave faults in the sidebar', async ({
      lab,
      folder,
      page,
      index,
      server
    }) => {
      server.choose(THEMES, { theme });
      index.offer('loom', { '1.0': ['thread<2'] });
      index.offer('thread', { '2.0': [] });
      const path = folder.write(
        'report.ipynb',
        notebook(['import idna, nobody_has_this', 'def broken('], declared({ loom: '*' }))
      );
      await lab.open(path);
      await lab.sidebar.show();
      await lab.sidebar.button('Lock dependencies').click();
      await expect(lab.sidebar.dependencies.getByRole('alert')).toBeVisible();

      expect(await violations(page, SIDEBAR)).toEqual([]);
    });

    test('should be without grave faults in the dialogs', async ({
      lab,
      folder,
      page,
      server
    }) => {
      server.choose(THEMES, { theme });
      const path = folder.write('report.ipynb', notebook(['import idna']));
      await lab.open(path);
      await lab.toolbar.lockButton.click();
      const message = lab.notification('is locked');
      await message.getByRole('button', { name: 'Show log' }).click();
      await expect(lab.logDialog.state).toHaveText('done');
      expect(await violations(page, DIALOG)).toEqual([]);
      await page.keyboard.press('Escape');

      await lab.execute('aidevsecops:lock-notebook-with-options');
      await lab.lockDialog.target('Another Python version or platform').check();
      expect(await violations(page, DIALOG)).toEqual([]);
      await page.keyboard.press('Escape');

      await lab.execute('aidevsecops:add-requirement');
      await lab.requirementDialog.name.fill('two words');
      await lab.requirementDialog.button('Add').click();
      await expect(lab.requirementDialog.problem).toBeVisible();
      expect(await violations(page, DIALOG)).toEqual([]);
    });
  });
}
