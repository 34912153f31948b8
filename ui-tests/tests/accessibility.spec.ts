import { DIALOG, SIDEBAR, THEMES, violations } from '../kit/accessibility';
import { expect, test } from '../kit/test';
import { declared, notebook } from '../kit/notebooks';

for (const theme of THEMES.names) {
  test.describe(`accessibility in ${theme}`, () => {
    test('should be without grave faults in the sidebar', async ({
      lab,
      folder,
      page,
      index,
      server
    }) => {
      server.choose(THEMES.plugin, { theme });
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
      server.choose(THEMES.plugin, { theme });
      const path = folder.write('report.ipynb', notebook(['import idna']));
      await lab.open(path);
      await lab.toolbar.lockButton.click();
      const message = lab.notification('is locked');
      await message.getByRole('button', { name: 'Show log' }).click();
      await expect(lab.logDialog.state).toHaveText('done');
      expect(await violations(page, DIALOG)).toEqual([]);
      await lab.logDialog.giveUp();

      await lab.execute('aidevsecops:lock-notebook-with-options');
      await lab.lockDialog.target('Another Python version or platform').check();
      expect(await violations(page, DIALOG)).toEqual([]);
      await lab.lockDialog.giveUp();

      await lab.execute('aidevsecops:add-requirement');
      await lab.requirementDialog.name.fill('two words');
      await lab.requirementDialog.button('Add').click();
      await expect(lab.requirementDialog.problem).toBeVisible();
      expect(await violations(page, DIALOG)).toEqual([]);
    });
  });
}
