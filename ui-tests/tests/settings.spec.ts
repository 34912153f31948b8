import { expect, test } from '../kit/test';
import { notebook } from '../kit/notebooks';

const PLUGIN = 'aidevsecops:settings';
const SIMPLE = notebook(['import idna', 'import packaging']);

test.describe('the settings', () => {
  test('should put the sidebar on the side that was chosen', async ({
    lab,
    folder,
    page,
    server
  }) => {
    server.choose(PLUGIN, { sidebarSide: 'left' });
    const path = folder.write('report.ipynb', SIMPLE);

    await lab.open(path);

    const left = page.getByRole('complementary', { name: 'main sidebar' });
    await expect(left.getByRole('tab', { name: 'AIDevSecOps' })).toBeVisible();
  });

  test('should show what will be locked, and lock only what was confirmed', async ({
    lab,
    folder,
    server
  }) => {
    server.choose(PLUGIN, { confirmLock: true });
    const path = folder.write('report.ipynb', SIMPLE);
    const { lockDialog } = lab;
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.sidebar.row('idna')).toBeVisible();

    await lab.toolbar.lockButton.click();

    await expect(lockDialog.root).toContainText('2 requirements will be locked');
    await expect(lockDialog.root).toContainText('idna');
    await expect(lockDialog.root).toContainText('packaging');
    await expect(lockDialog.target(/^This server/)).toBeChecked();
    await lockDialog.button('Cancel').click();
    expect(await server.jobStates()).toEqual([]);
    await lab.toolbar.lockButton.click();
    await lockDialog.button('Lock').click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  });

  test('should offer the runtime environments of the project as targets', async ({
    lab,
    folder,
    server
  }) => {
    server.choose(PLUGIN, { confirmLock: true });
    folder.writeText(
      '.thoth.yaml',
      [
        'host: khemenu.thoth-station.ninja',
        'runtime_environments:',
        '  - name: training',
        "    python_version: '3.12'",
        '    operating_system:',
        '      name: ubi',
        "      version: '9'",
        ''
      ].join('\n')
    );
    const path = folder.write('report.ipynb', SIMPLE);
    await lab.open(path);
    await lab.toolbar.lockButton.click();

    await lab.lockDialog.target(/^training: /).check();
    await lab.lockDialog.button('Lock').click();

    await lab.sidebar.show();
    await expect(lab.sidebar.dependencies).toContainText('Python 3.12');
  });

  test('should lock for the target that was chosen', async ({ lab, folder, server }) => {
    server.choose(PLUGIN, { target: 'custom', pythonVersion: '3.12' });
    const path = folder.write('report.ipynb', SIMPLE);
    await lab.open(path);

    await lab.toolbar.lockButton.click();

    await lab.sidebar.show();
    await expect(lab.sidebar.dependencies).toContainText('Python 3.12');
  });

  test('should be editable in the settings editor', async ({ lab, page }) => {
    await lab.start();

    await lab.execute('settingeditor:open', { query: 'AIDevSecOps' });

    await expect(page.getByRole('main').getByText('Side of the sidebar')).toBeVisible();
    await expect(
      page.getByRole('main').getByText('Confirm before locking')
    ).toBeVisible();
  });
});
