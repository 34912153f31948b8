import { DIALOG } from '../kit/accessibility';
import { look, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';

test('the doctor should say what is in the way, look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  folder.write('train.ipynb', notebook(['import os', 'os.environ["MODEL_BUCKET"]']));
  await lab.start();
  await page.getByRole('menuitem', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'AIDevSecOps Doctor' }).click();
  const dialog = page.getByRole('dialog');
  const found = dialog.getByRole('list', { name: 'What to look at' });
  await expect(found.getByText('MODEL_BUCKET')).toBeVisible();
  await dialog.getByText(/things are good$/).click();
  await expect(dialog.getByText(/^Version .*Node\.js is not needed\.$/)).toBeVisible();
  await look(page, 'doctor', DIALOG, SHADES_AND_CONTRAST);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});
