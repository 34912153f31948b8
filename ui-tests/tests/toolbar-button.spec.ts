import { expect, test } from '../kit/test';
import { declared, inR, notebook } from '../kit/notebooks';

test.describe('the lock button of the notebook toolbar', () => {
  test('should tell the state from unlocked over locking and locked to stale', async ({
    lab,
    folder,
    index
  }) => {
    index.hold('slow-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ 'slow-library': '*' }))
    );
    await lab.open(path);
    await lab.toolbar.shows('unlocked', /^Lock dependencies/);

    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking dependencies/);
    index.release('slow-library');
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.sidebar.show();
    await lab.sidebar.row('slow-library').getByRole('button', { name: /^Edit/ }).click();
    await lab.requirementDialog.specifier.fill('<2');
    await lab.requirementDialog.button('Save').click();

    await lab.toolbar.shows('stale', /^The lock is stale/);
  });

  test('should tell that the notebook imports what its lock does not hold', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('quick-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['import json'], declared({ 'quick-library': '*' }))
    );
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);

    await lab.type(0, '\nimport requests');

    await lab.toolbar.shows('stale', /^The lock has drifted/);
  });

  test('should say why it cannot be pressed when the notebook is not in Python', async ({
    lab,
    folder
  }) => {
    const path = folder.write('report.ipynb', inR(notebook(['library(ggplot2)'])));

    await lab.openWithoutKernel(path);

    await lab.toolbar.shows('unsupported', /^Not a Python notebook/);
    await expect(lab.toolbar.lockButton).toBeDisabled();
  });

  test('should show its own state in each of two notebooks side by side', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('quick-library', { '1.0': [] });
    const metadata = declared({ 'quick-library': '*' });
    const first = folder.write('first.ipynb', notebook(['print(1)'], metadata));
    const second = folder.write('second.ipynb', notebook(['print(2)'], metadata));
    await lab.open(first);
    await lab.openAnother(second);
    await lab.execute('docmanager:open', {
      path: second,
      options: { mode: 'split-right' }
    });
    await page.getByRole('main').getByRole('tab', { name: 'second.ipynb' }).click();

    await lab.toolbar.lockButton.click();

    await expect(
      page.getByRole('button', { name: /^Dependencies are locked/ })
    ).toHaveCount(1);
    await lab.documentTab('first.ipynb').click();
    await lab.toolbar.shows('unlocked', /^Lock dependencies/);
  });
});
