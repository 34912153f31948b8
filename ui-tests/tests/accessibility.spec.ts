import type { Page } from '@playwright/test';
import { DIALOG, SIDEBAR, violations } from '../kit/accessibility';
import { inThemes } from '../kit/looks';
import { expect, test } from '../kit/test';
import { declared, notebook } from '../kit/notebooks';

/** Have axe look at a part of the page, in each theme. */
function isWithoutFaults(page: Page, part: string): Promise<void> {
  return inThemes(page, async theme => {
    expect(await violations(page, part), theme).toEqual([]);
  });
}

test.describe('accessibility', () => {
  test('should be without grave faults in the sidebar', async ({
    lab,
    folder,
    page,
    index
  }) => {
    index.offer('loom', { '1.0': ['thread<2'] });
    index.offer('thread', { '2.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['import idna, nobody_has_this', 'def broken('], declared({ loom: '*' }))
    );
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await expect(lab.sidebar.dependencies.getByRole('alert')).toBeVisible();

    await isWithoutFaults(page, SIDEBAR);
  });

  test('should be without grave faults in the dialogs', async ({ lab, folder, page }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    const message = lab.notification('is locked');
    await message.getByRole('button', { name: 'Show Log' }).click();
    await expect(lab.logDialog.state).toContainText('succeeded');
    await isWithoutFaults(page, DIALOG);
    await lab.logDialog.giveUp();

    await lab.execute('aidevsecops:lock-notebook-with-options');
    await lab.lockDialog.target('Another Python version or platform').check();
    await isWithoutFaults(page, DIALOG);
    await lab.lockDialog.giveUp();

    await lab.execute('aidevsecops:add-requirement');
    await lab.requirementDialog.name.fill('two words');
    await lab.requirementDialog.button('Add').click();
    await expect(lab.requirementDialog.problem).toBeVisible();
    await isWithoutFaults(page, DIALOG);
  });
});
