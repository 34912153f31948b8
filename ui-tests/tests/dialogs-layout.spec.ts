import type { Page } from '@playwright/test';
import type { components } from '../../src/generated/api';
import { GitRepository } from '../kit/gitRepository';
import { layoutFaults } from '../kit/layout';
import { notebook } from '../kit/notebooks';
import { picture } from '../kit/pictures';
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
  ['create-pipeline', 'New pipeline'],
  ['submit-pipeline', 'Submit churn.pipeline'],
  ['export-pipeline', 'Export churn.pipeline'],
  ['add-runtime', 'New runtime configuration'],
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

/** What of a dialog cannot be reached: its buttons, and what is beside its place. */
async function faults(page: Page): Promise<string[]> {
  const content = 'dialog .jp-Dialog-content';
  const hidden = await page.locator(content).evaluate(node => {
    const { top, bottom, left, right } = node.getBoundingClientRect();
    const isOut =
      top < -1 || left < -1 || bottom > innerHeight + 1 || right > innerWidth + 1;
    const buttons = [...node.querySelectorAll('.jp-Dialog-footer button')].filter(
      button => button.getBoundingClientRect().bottom > Math.min(bottom, innerHeight) + 1
    );
    return [
      ...(isOut ? ['the dialog is larger than the page'] : []),
      ...buttons.map(button => `cannot be seen: ${button.textContent}`)
    ];
  });
  // What is scrolled away in the body lies under nothing.
  return [...hidden, ...(await layoutFaults(page, `${content} > .jp-Dialog-body`))];
}

test('every dialog should be in place from right to left and twice as large', async ({
  lab,
  folder,
  page
}) => {
  test.setTimeout(240_000);
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
    await expect.soft(dialog, command).toContainText(title, { timeout: 15_000 });
    await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0);
    for (const [how, width, height, dir] of [
      ['right-to-left', 1280, 800, 'rtl'],
      ['large', 640, 400, 'ltr']
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate(to => (document.documentElement.dir = to), dir);
      const name = `dialog-${command}-${how}`;
      await page.screenshot({ path: picture(name), animations: 'disabled' });
      expect.soft(await faults(page), name).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => (document.documentElement.dir = 'ltr'));
    // A list of choices that is open takes the first one.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
  }
});
