import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import { declared, notebook } from '../kit/notebooks';
import { uvProcesses } from '../kit/processes';

const SLOW = notebook(['print(1)'], declared({ 'endless-library': '*' }));
const TITLE = /slow\.ipynb/;

test.describe('jobs', () => {
  test('should be listed while they run, and stay listed with how they ended', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.sidebar.jobs).toContainText('No jobs.');

    await lab.toolbar.lockButton.click();

    const job = lab.sidebar.job(TITLE);
    await expect(job).toContainText('running');
    await expect(job.getByRole('progressbar')).toBeVisible();
    await expect(lab.sidebar.progress).toBeVisible();
    index.release('endless-library');
    await expect(job).toContainText('succeeded');
    await lab.sidebar.action('Clear the jobs that have ended from the list').click();
    await page
      .getByRole('dialog', { name: /^Clear 1 finished job/ })
      .getByRole('button', { name: 'Clear' })
      .click();
    await expect(lab.sidebar.jobs).toContainText('No jobs.');
  });

  test('should show their log while it grows', async ({ lab, folder, index }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    const { logDialog } = lab;
    await lab.open(path);
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();

    await lab.sidebar.button('Show Log').click();

    await expect(logDialog.state).toContainText('running');
    await expect(logDialog.text).not.toContainText('endless-library==1.0');
    index.release('endless-library');
    await expect(logDialog.state).toContainText('succeeded');
    await expect(logDialog.text).toContainText('endless-library==1.0');
    await logDialog.button('Close').last().click();
    await expect(logDialog.root).toBeHidden();
  });

  test('should stop when they are cancelled, with all that they started', async ({
    lab,
    folder,
    index,
    server
  }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    const before = folder.readText('slow.ipynb');
    await lab.open(path);
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();
    await expect.poll(() => index.isAskedFor('endless-library')).toBe(true);
    expect(uvProcesses(server.pid)).toHaveLength(1);

    await lab.sidebar.button('Cancel').click();

    await expect(lab.sidebar.job(TITLE)).toContainText('cancelled');
    await expect(lab.sidebar.status).toHaveText('Not locked');
    expect(uvProcesses(server.pid)).toEqual([]);
    expect(await lab.metadata()).not.toHaveProperty('requirements_lock');
    expect(folder.readText('slow.ipynb')).toBe(before);
  });

  test('should be found again after a reload, and their result be applied', async ({
    lab,
    folder,
    index
  }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking/);

    await lab.reload();

    await lab.toolbar.shows('busy', /^Locking/);
    // JupyterLab may not have noted yet that the sidebar was open.
    await lab.execute('aidevsecops:show-sidebar');
    await lab.sidebar.unfold('Jobs');
    await expect(lab.sidebar.job(TITLE)).toContainText('running');
    index.release('endless-library');
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    expect(completeLock(await lab.metadata()).default).toHaveProperty('endless-library');
  });

  test('should be applied although they ended while the page was away', async ({
    lab,
    folder,
    index,
    page,
    server
  }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    await lab.open(path);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('busy', /^Locking/);
    const address = page.url();

    await page.goto(new URL('api', server.url).href);
    index.release('endless-library');
    await expect.poll(() => server.jobStates()).toEqual(['succeeded']);
    await page.goto(address);
    await lab.waitUntilOpen();

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    completeLock(await lab.metadata());
  });

  test('should be told by the status bar, which leads to them', async ({
    lab,
    folder,
    index
  }) => {
    index.hold('endless-library', { '1.0': [] });
    const path = folder.write('slow.ipynb', SLOW);
    await lab.open(path);
    await lab.toolbar.lockButton.click();

    await lab.statusBarItem(TITLE).click();

    await expect(lab.sidebar.job(TITLE)).toContainText('running');
    index.release('endless-library');
    await expect(lab.statusBarItem(TITLE)).toBeHidden();
  });
});
