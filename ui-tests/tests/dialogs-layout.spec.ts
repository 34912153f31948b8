import type { components } from '../../src/generated/api';
import { GitRepository } from '../kit/gitRepository';
import { dialogFaults, isInPlace } from '../kit/layouts';
import { notebook } from '../kit/notebooks';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';

const LONG =
  'a-notebook-whose-name-is-as-long-as-those-of-people-who-write-everything-down';

/** What opens each dialog, and what it is called. */
const DIALOGS: readonly [command: string, title: string, args?: object][] = [
  ['adopt-project', 'Adopt the project'],
  ['edit-configuration', 'Configuration: ', { kind: 'thoth' }],
  ['open-doctor', 'Doctor'],
  ['lock-notebook-with-options', 'Lock a-notebook'],
  ['add-requirement', 'Add a requirement'],
  ['import-environment', 'Import an environment'],
  ['export-environment', 'Export the environment'],
  ['show-dependency-tree', 'Dependency tree'],
  ['extract-overlay', 'Extract the overlay'],
  ['manage-kernels', 'Kernels made from locks'],
  ['create-pipeline', 'Create a pipeline'],
  ['submit-pipeline', 'Submit churn.pipeline'],
  ['export-pipeline', 'Export churn.pipeline'],
  ['add-runtime', 'Add a runtime configuration'],
  ['register-runtime-image', 'Register an image'],
  ['cut-release', 'Cut a release'],
  ['show-release-notes', 'Notes of the next release'],
  ['ask-bot', 'Ask a bot'],
  ['keep-forge-token', 'token'],
  ['write-release-workflow', 'Tag releases when they are merged']
];

const RUNTIME: components['schemas']['Runtime'] = {
  name: 'team',
  display_name: 'The cluster of the team',
  kind: 'kfp',
  description: '',
  api_endpoint: 'https://kfp.example.org/pipeline',
  public_endpoint: 'https://kfp.example.org/pipeline',
  storage_endpoint: 'https://minio.example.org',
  storage_bucket: 'runs',
  storage_access: 'USER_CREDENTIALS',
  repository: null,
  branch: null,
  keys_in_clear: true
};

test('every dialog should be in place from right to left and twice as large', async ({
  lab,
  folder,
  page
}) => {
  test.setTimeout(600_000);
  const repository = GitRepository.create(folder);
  repository.commit('feat: begin', {
    [`${LONG}.ipynb`]: `${JSON.stringify(notebook(['import idna']))}\n`,
    'churn.pipeline': pipeline([{ name: LONG }]),
    '.thoth.yaml': 'managers:\n  - name: version\n',
    '.gitignore': '.ipynb_checkpoints/\n'
  });
  await page.route('**/aidevsecops-ext/runtimes*', route =>
    route.fulfill({ json: { runtimes: [RUNTIME] } })
  );
  await lab.open(repository.path(`${LONG}.ipynb`));
  await lab.sidebar.tab.click();
  await expect(lab.sidebar.row('idna')).toBeVisible();
  const path = repository.path('churn.pipeline');
  await lab.execute('aidevsecops:show-pipelines', { path });
  const dialog = page.getByRole('dialog');
  for (const [command, title, args] of DIALOGS) {
    await lab.execute(`aidevsecops:${command}`, args);
    await expect.soft(dialog, command).toContainText(title);
    await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0);
    await isInPlace(page, `dialog-${command}`, dialogFaults);
    // A list of choices that is open takes the first one.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
  }
});
