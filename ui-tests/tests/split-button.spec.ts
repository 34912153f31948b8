import type { Folder } from '../kit/folder';
import { inR, markdown, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';

const NOTEBOOK = notebook([
  markdown('## Load'),
  'numbers = [1, 2, 3]',
  markdown('## Sum'),
  'print(sum(numbers))'
]);

function write(folder: Folder): string {
  return folder.write('numbers.ipynb', NOTEBOOK);
}

test.describe('the split button of the notebook toolbar', () => {
  test('should open the preview, and bring it back to the front', async ({
    lab,
    folder
  }) => {
    await lab.open(write(folder));

    await lab.toolbar.splitButton.click();
    await lab.split.isReady();
    expect(await lab.split.steps()).toEqual(['load', 'sum']);
    await lab.documentTab('numbers.ipynb').first().click();
    await lab.toolbar.splitButton.focus();
    await lab.page.keyboard.press('Enter');

    await expect(lab.documentTab('Steps of numbers.ipynb')).toHaveCount(1);
    await expect(lab.documentTab('Steps of numbers.ipynb')).toHaveAttribute(
      'aria-selected',
      'true'
    );
  });

  test('should say why it cannot be pressed when the notebook is not in Python', async ({
    lab,
    folder
  }) => {
    await lab.openWithoutKernel(folder.write('report.ipynb', inR(NOTEBOOK)));

    await expect(lab.toolbar.splitButton).toBeDisabled();
    await expect(lab.toolbar.splitButton).toHaveAccessibleName(/^Not a Python notebook/);
  });

  test('should open the preview in Notebook 7', async ({ classic, folder }) => {
    await classic.open(write(folder));

    await classic.toolbar.splitButton.click();

    const dialog = classic.page.getByRole('dialog');
    await expect(dialog.getByRole('status').first()).toHaveText(/^2 steps/);
  });
});
