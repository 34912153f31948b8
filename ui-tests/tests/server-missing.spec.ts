import { expect, test } from '../kit/test';
import { notebook } from '../kit/notebooks';
import { WITHOUT_EXTENSION } from '../kit/server';

test.use({ serverKind: WITHOUT_EXTENSION });

test.describe('the sidebar without the server extension', () => {
  test('should say what is missing and how to get it', async ({ lab, folder }) => {
    const path = folder.write('report.ipynb', notebook(['import requests']));
    await lab.open(path);

    await lab.sidebar.show();

    for (const section of [lab.sidebar.dependencies, lab.sidebar.jobs]) {
      const problem = section.getByRole('alert');
      await expect(problem).toContainText('aidevsecops_ext does not answer');
      await expect(problem).toContainText('Install aidevsecops-ext');
      await expect(problem.getByRole('button', { name: 'Retry' })).toBeVisible();
    }
  });

  test('should say so too when the lock button is pressed', async ({ lab, folder }) => {
    const path = folder.write('report.ipynb', notebook(['import requests']));
    await lab.open(path);

    await lab.toolbar.lockButton.click();

    await expect(lab.notification('does not answer')).toBeVisible();
  });
});
