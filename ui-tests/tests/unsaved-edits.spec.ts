import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import { declared, notebook } from '../kit/notebooks';

test.describe('a lock of a notebook with unsaved edits', () => {
  test('should take the edits in, and write nothing behind the editor', async ({
    lab,
    folder
  }) => {
    const path = folder.write('report.ipynb', notebook(['import json']));
    const before = folder.readText('report.ipynb');
    await lab.open(path);
    await lab.sidebar.show();
    await lab.type(0, '\nimport idna');
    await expect(lab.sidebar.row('idna')).toBeVisible();

    await lab.toolbar.lockButton.click();

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    expect(completeLock(await lab.metadata()).default).toHaveProperty('idna');
    expect(folder.readText('report.ipynb')).toBe(before);
    expect(await lab.sources()).toEqual(['import json\nimport idna']);
  });

  test('should keep what is typed while it runs', async ({ lab, folder, index }) => {
    index.hold('patient-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['total = 1'], declared({ 'patient-library': '*' }))
    );
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking/);

    await lab.type(0, '\ntotal += 1');
    index.release('patient-library');

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    expect(await lab.sources()).toEqual(['total = 1\ntotal += 1']);
    completeLock(await lab.metadata());
  });

  test('should not be applied when the requirements were changed meanwhile', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.hold('patient-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['total = 1'], declared({ 'patient-library': '*' }))
    );
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking/);

    const changed = declared({ 'patient-library': '*', idna: '*' }).requirements;
    await page.evaluate(value => {
      const { currentWidget } = (
        window as unknown as {
          jupyterapp: {
            shell: {
              currentWidget: {
                model: { setMetadata: (key: string, value: string) => void };
              };
            };
          };
        }
      ).jupyterapp.shell;
      currentWidget.model.setMetadata('requirements', value);
    }, changed);
    index.release('patient-library');

    await expect(lab.notification(/has changed while it was locked/)).toBeVisible();
    const metadata = await lab.metadata();
    expect(metadata.requirements).toBe(changed);
    expect(metadata).not.toHaveProperty('requirements_lock');
  });
});
