import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import { declared, notebook } from '../kit/notebooks';
import { SHARED } from '../kit/server';

test.use({ serverKind: SHARED });

test.describe('a notebook that two people have open', () => {
  test('should be locked for both, with what the other one types meanwhile', async ({
    lab,
    colleague,
    folder,
    index
  }) => {
    index.hold('patient-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['total = 1'], declared({ 'patient-library': '*' }))
    );
    await lab.open(path);
    await colleague.open(path);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking/);

    await colleague.type(0, '\ntotal += 1');
    await expect.poll(() => lab.sources()).toEqual(['total = 1\ntotal += 1']);
    index.release('patient-library');

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await colleague.toolbar.shows('fresh', /^Dependencies are locked/);
    const lock = completeLock(await lab.metadata());
    expect(lock.default).toHaveProperty('patient-library');
    expect(completeLock(await colleague.metadata())).toEqual(lock);
    expect(await lab.sources()).toEqual(['total = 1\ntotal += 1']);
    expect(await colleague.sources()).toEqual(['total = 1\ntotal += 1']);
  });
});
