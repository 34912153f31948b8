import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import type { LocalIndex } from '../kit/localIndex';
import type { Notebook } from '../kit/notebooks';
import { declared, notebook } from '../kit/notebooks';

/** A notebook that names an index of its own, which the user's configuration does not know. */
function strange(index: LocalIndex): Notebook {
  const source = { name: 'strange', url: index.url, verify_ssl: true };
  const entry = { version: '*', index: 'strange' };
  return notebook(['print(1)'], declared({ 'strange-library': entry }, [source]));
}

test.describe('an index that only the notebook names', () => {
  test('should be used when the user trusts it', async ({ lab, folder, index }) => {
    index.offer('strange-library', { '1.0': [] });
    folder.writeText('uv.toml', '');
    const path = folder.write('report.ipynb', strange(index));
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    await expect(lab.trustDialog.root).toContainText(index.url);

    await lab.trustDialog.button('Trust and Lock').click();

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    expect(completeLock(await lab.metadata()).default).toHaveProperty('strange-library');
  });

  test('should not be contacted when the user does not', async ({
    lab,
    folder,
    index
  }) => {
    index.hold('strange-library', { '1.0': [] });
    folder.writeText('uv.toml', '');
    const path = folder.write('report.ipynb', strange(index));
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    // Whoever only presses Enter must not have agreed.
    await expect(lab.trustDialog.button('Cancel')).toBeFocused();

    await lab.trustDialog.button('Cancel').click();

    await expect(lab.trustDialog.root).toBeHidden();
    await lab.toolbar.shows('unlocked', /^Lock dependencies/);
    expect(index.isAskedFor('strange-library')).toBe(false);
  });
});
