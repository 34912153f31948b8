import type { Lab } from '../pages/Lab';
import type { Folder } from '../kit/folder';
import { expect, test } from '../kit/test';
import { declared, notebook } from '../kit/notebooks';
import type { Server } from '../kit/server';

// Not installed beside JupyterLab, small, and without requirements of its own.
const CELL = 'import tabulate, sys\nprint(sys.prefix)';
const SETTINGS = 'aidevsecops:settings';
const COMPARISON = 'aidevsecops-ext/notebooks/kernels';

// Most make an environment from a lock, and start a kernel in it.
test.describe.configure({ timeout: 180_000 });

/** Open a notebook and lock it. */
async function openLocked(lab: Lab, folder: Folder): Promise<void> {
  await lab.open(folder.write('report.ipynb', notebook([CELL])));
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
}

/** Make a kernel from the lock of the notebook in front, and let it run in that. */
async function useNewKernel(lab: Lab): Promise<void> {
  await lab.execute('aidevsecops:create-kernel');
  await expect(lab.kernel.dialog.facts.first()).toBeVisible();
  await lab.kernel.dialog.button('Create and Use').click();
  await expect(lab.notification('report.ipynb runs in')).toBeVisible({ timeout: 90_000 });
}

/** The ids of the kernels that run. */
async function runningKernels(server: Server): Promise<string[]> {
  const kernels = (await server.ask('GET', 'api/kernels')) as { id: string }[];
  return kernels.map(({ id }) => id);
}

test.describe('a kernel of the lock', () => {
  test('should be made after a lock, and the notebook run in it', async ({
    lab,
    folder,
    page
  }) => {
    await lab.open(folder.write('report.ipynb', notebook([CELL])));
    await lab.toolbar.lockButton.click();
    const locked = lab.notification('is locked');

    await locked.getByRole('button', { name: 'Create Kernel and Use It' }).click();

    const { dialog } = lab.kernel;
    await expect(dialog.facts).toHaveText([
      'report',
      /^3\.\d+$/,
      '1 package',
      /^will be made/
    ]);
    await expect(dialog.root).toContainText('its variables are lost');
    await dialog.field('Display name').fill('Report');
    await dialog.button('Create and Use').click();
    await expect(lab.notification('report.ipynb runs in Report')).toBeVisible({
      timeout: 90_000
    });
    await expect
      .poll(async () => (await lab.metadata()).kernelspec)
      .toMatchObject({ name: 'report', display_name: 'Report' });
    await lab.cell(0).click();
    await page.keyboard.press('Shift+Enter');
    await expect(
      page.getByRole('main').getByText(/aidevsecops\/environments/)
    ).toBeVisible();
  });

  test('should be asked for when the running kernel differs from the lock', async ({
    lab,
    folder
  }) => {
    await openLocked(lab, folder);
    await expect(lab.kernel.warning).toHaveAccessibleName(
      /tabulate: [\d.]+ locked, not installed/
    );

    await lab.kernel.warning.click();
    await expect(lab.kernel.comparison.row('tabulate')).toContainText('not installed');
    await lab.kernel.comparison.button(/^Create Kernel and Use It/).click();
    await lab.kernel.dialog.button('Create and Use').click();

    await expect(lab.notification('report.ipynb runs in')).toBeVisible({
      timeout: 90_000
    });
    await expect(lab.kernel.warning).toBeHidden();
    await lab.sidebar.show();
    await expect(lab.kernel.summary).toContainText('holds what is locked');
  });

  test('should be compared with the lock once, however much is typed', async ({
    lab,
    folder,
    page
  }) => {
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    const count = (route: string): number =>
      asked.filter(url => url.includes(route)).length;
    await openLocked(lab, folder);
    await expect(lab.kernel.warning).toBeVisible();
    const inspected = count('notebooks/dependencies');

    await lab.type(0, '\nprint(1)');

    await expect.poll(() => count('notebooks/dependencies')).toBeGreaterThan(inspected);
    expect(count(COMPARISON)).toBe(1);
  });

  test('should not be made when that is cancelled', async ({
    lab,
    folder,
    index,
    server
  }) => {
    index.offer('slow-library', { '1.0': [] });
    const metadata = declared({ 'slow-library': '*' });
    await lab.open(folder.write('report.ipynb', notebook(['print(1)'], metadata)));
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.sidebar.show();
    index.hold('slow-library', { '1.0': [] });

    await lab.kernel.summary.getByRole('button', { name: /^Create Kernel/ }).click();
    await lab.kernel.dialog.button('Create and Use').click();
    await expect(lab.kernel.summary.getByRole('progressbar')).toBeVisible();
    await expect.poll(() => index.isAskedFor('slow-library')).toBe(true);
    await lab.kernel.summary.getByRole('button', { name: 'Cancel' }).click();

    await expect(lab.sidebar.job('Make a kernel for report.ipynb')).toContainText(
      'cancelled'
    );
    await expect(lab.kernel.summary.getByRole('progressbar')).toBeHidden();
    await expect(lab.kernel.summary).toContainText('Python 3 (ipykernel) differs');
    expect(await server.ask('GET', 'aidevsecops-ext/kernels')).toEqual({ kernels: [] });
  });

  test('should say why it cannot be made, and lead to the log', async ({
    lab,
    folder,
    index
  }) => {
    // The local index has no file to install.
    index.offer('empty-library', { '1.0': [] });
    const metadata = declared({ 'empty-library': '*' });
    await lab.open(folder.write('report.ipynb', notebook(['print(1)'], metadata)));
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.sidebar.show();

    await lab.kernel.summary.getByRole('button', { name: /^Create Kernel/ }).click();
    await lab.kernel.dialog.button('Create and Use').click();

    await expect(lab.notification('No kernel for report.ipynb')).toBeVisible();
    const notice = lab.sidebar.dependencies.getByRole('alert');
    await notice.getByRole('button', { name: 'Show Log' }).click();
    await expect(lab.kernel.log.getByRole('log')).toContainText('empty-library');
  });
});

test.describe('the list of kernels', () => {
  test('should be empty at first, and say what to do', async ({ lab }) => {
    await lab.start();

    await lab.choose('Manage Kernels…');

    await expect(lab.kernel.list.root).toContainText(
      'No kernel was made from a lock yet.'
    );
  });

  test('should tell what there is, and delete it by keyboard', async ({
    lab,
    folder,
    page
  }) => {
    await openLocked(lab, folder);
    await useNewKernel(lab);
    await lab.save();
    await lab.choose('Manage Kernels…');
    const { list } = lab.kernel;
    await expect(list.kernel('report')).toContainText(/ok.*3\.\d+.*MB.*report\.ipynb/s);

    await list
      .kernel('report')
      .getByRole('button', { name: /^Delete/ })
      .focus();
    await page.keyboard.press('Enter');
    await expect(list.question).toContainText('It runs in');
    await expect(list.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(list.question).toBeHidden();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await expect(list.root).toContainText('No kernel was made from a lock yet.');
    await page.keyboard.press('Escape');
    await expect(list.root).toBeHidden();
    await expect(lab.kernel.warning).toHaveAccessibleName(/^The kernel is broken/);
  });

  test('should refresh a kernel whose notebook has another lock', async ({
    lab,
    folder,
    server
  }) => {
    server.choose(SETTINGS, { reviewLock: 'never' });
    await openLocked(lab, folder);
    await useNewKernel(lab);
    await lab.type(0, '\nimport toolz');
    await lab.toolbar.shows('stale', /^The lock has drifted/);
    await lab.toolbar.lockButton.click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await expect(lab.kernel.warning).toHaveAccessibleName(/toolz/);
    await lab.save();
    await lab.choose('Manage Kernels…');
    const { list } = lab.kernel;
    await expect(list.kernel('report')).toContainText('stale');

    await list
      .kernel('report')
      .getByRole('button', { name: /^Refresh/ })
      .click();

    await expect(list.kernel('report')).toContainText('ok', { timeout: 90_000 });
    await list.button('Close').click();
    await expect(lab.kernel.warning).toBeHidden();
    const [before] = await runningKernels(server);
    const message = lab.notification('was made anew (2 packages)');
    await message.getByRole('button', { name: 'Restart report.ipynb with it' }).click();
    await expect.poll(() => runningKernels(server)).not.toContain(before);
    await expect.poll(() => runningKernels(server)).toHaveLength(1);
  });

  test('should say what went wrong, and try again', async ({ lab, page }) => {
    await lab.start();
    const route = /aidevsecops-ext\/kernels/;
    await page.route(route, answer => answer.abort());
    await lab.choose('Manage Kernels…');
    await expect(lab.kernel.list.problem).toContainText('cannot be reached');

    await page.unroute(route);
    await lab.kernel.list.button('Retry').click();

    await expect(lab.kernel.list.root).toContainText(
      'No kernel was made from a lock yet.'
    );
  });
});

test('a kernel of the lock should be made in Notebook 7', async ({ classic, folder }) => {
  await openLocked(classic, folder);
  await expect(classic.kernel.warning).toBeVisible();

  await classic.choose('Create Kernel and Use It…');
  await expect(classic.kernel.dialog.facts.first()).toHaveText('report');
  await classic.kernel.dialog.button('Create and Use').click();

  await expect(classic.notification('report.ipynb runs in')).toBeVisible({
    timeout: 90_000
  });
  await expect(classic.kernel.warning).toBeHidden();
});
