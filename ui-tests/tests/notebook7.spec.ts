import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import { notebook } from '../kit/notebooks';

test.describe('Notebook 7', () => {
  test('should lock from the toolbar', async ({ classic, folder }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await classic.open(path);

    await classic.toolbar.lockButton.click();

    await classic.toolbar.shows('fresh', /^Dependencies are locked/);
    await classic.save();
    expect(completeLock(folder.read('report.ipynb').metadata).default).toHaveProperty(
      'idna'
    );
  });

  test('should show the sidebar', async ({ classic, folder }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await classic.open(path);

    await classic.choose('Show AIDevSecOps');

    await expect(classic.sidebar.row('idna')).toBeVisible();
    await classic.sidebar.unfold('Jobs');
    await expect(classic.sidebar.jobs).toContainText('No jobs.');
  });
});
