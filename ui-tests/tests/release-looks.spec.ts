import { SIDEBAR } from '../kit/accessibility';
import { Folder } from '../kit/folder';
import { Forge } from '../kit/forge';
import { GitRepository } from '../kit/gitRepository';
import { look } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { expect, test as base } from '../kit/test';
import type { Lab } from '../pages/Lab';

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

const IMAGE = 'registry.example.org/jo/churn';

/** The section beside a notebook, with nothing else unfolded. */
async function open(lab: Lab, repository: GitRepository): Promise<void> {
  await lab.page.setViewportSize({ width: 1280, height: 860 });
  await lab.open(repository.path('churn.ipynb'));
  await lab.execute('application:toggle-left-area');
  await lab.sidebar.show();
  await lab.sidebar.resizeTo(320);
  await lab.release.show();
  for (const name of ['Dependencies', 'Overlays', 'Jobs']) {
    await lab.sidebar.root.getByRole('heading', { name: `${name} Section` }).click();
  }
}

/** A repository with a notebook, and an image that is named by its version. */
function prepare(folder: Folder): GitRepository {
  const repository = GitRepository.create(folder);
  repository.commit('fix: wait for what is asked', {
    '.gitignore': '.ipynb_checkpoints/\n',
    'churn.ipynb': `${JSON.stringify(notebook(['print("churn")']), null, 1)}\n`,
    'manifests/deployment.yaml': `spec:\n  containers:\n    - image: ${IMAGE}:v1.2.0\n`
  });
  repository.git('push', '--quiet');
  return repository;
}

test('the plan of a release should look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  await open(lab, prepare(folder));
  await expect(lab.release.section).toContainText('They ask for 1.3.0.');
  await look(page, 'release-section', SIDEBAR);
  await lab.release.button(/^Minor/).click();
  await lab.release.dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');
  await look(page, 'release-plan');
  await lab.release.dialog.root.getByText('version.py', { exact: true }).click();
  await look(page, 'release-diff');
});

test('a release that is done should look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  await open(lab, prepare(folder));
  await lab.release.button(/^Minor/).click();
  await lab.release.dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');
  await lab.release.dialog.button('Release v1.3.0').click();
  await expect(lab.notification('v1.3.0 is released')).toBeVisible();
  await look(page, 'release-done', SIDEBAR);
  await lab.hideNotifications();
  await lab.release.button('Undo…').click();
  await expect(lab.release.undoDialog.root.getByRole('checkbox')).toBeVisible();
  await look(page, 'release-undo');
});

test('what a forge has, and a refusal, should look complete and be accessible', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  repository.commit('fix: wait for what is asked', {
    'churn.ipynb': `${JSON.stringify(notebook(['print("churn")']), null, 1)}\n`
  });
  await Forge.pretend(page, folder.path('churn'));
  await open(lab, repository);
  await lab.release.requests.getByText('#7 New patch release').click();
  await expect(lab.release.requests).toContainText('On it.');
  await lab.release.button('Ask a Bot…').scrollIntoViewIfNeeded();

  await look(page, 'release-forge', SIDEBAR);

  repository.write({ 'version.py': '__version__ = "1.2.0"  # changed\n' });
  await lab.release.button(/^Patch/).click();
  await lab.release.dialog.isPlanned('1\\.2\\.0 → 1\\.2\\.1');
  await look(page, 'release-refused');
  await lab.release.dialog.button('Close').click();
  await lab.sidebar.resizeTo(260);
  await look(page, 'release-narrow', SIDEBAR);
  expect(await lab.sidebar.cutOff()).toEqual([]);
  await lab.release.button('Ask a Bot…').click();
  await expect(lab.release.botDialog.root).toContainText('Kebechet update');
  await look(page, 'release-bot');
});
