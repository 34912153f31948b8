import { expect, test } from '../kit/test';
import { declared, notebook } from '../kit/notebooks';

const PLUGIN = 'aidevsecops:settings';

test.describe('notifications', () => {
  test('should say what a lock has changed, and lead to its log', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('quick-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ 'quick-library': '*' }))
    );
    await lab.open(path);

    await lab.toolbar.lockButton.click();

    const message = lab.notification(/report\.ipynb is locked.*1 package/);
    await expect(message).toBeVisible();
    await message.getByRole('button', { name: 'Show Log' }).click();
    await expect(lab.logDialog.text).toContainText('quick-library==1.0');
  });

  test('should say why a lock has failed, and lead to its log', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('only-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ 'only-library': '>=2' }))
    );
    await lab.open(path);

    await lab.toolbar.lockButton.click();

    const message = lab.notification(/report\.ipynb could not be locked/);
    await expect(message).toBeVisible();
    await message.getByRole('button', { name: 'Show Log' }).click();
    await expect(lab.logDialog.problem).toContainText('only-library');
  });

  test('should be left out where the user wants none', async ({
    lab,
    folder,
    index,
    server,
    page
  }) => {
    server.choose(PLUGIN, { notify: 'none' });
    index.offer('quick-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ 'quick-library': '*' }))
    );
    await lab.open(path);

    await lab.toolbar.lockButton.click();

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
