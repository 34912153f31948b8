import type { Locator } from '@playwright/test';
import { SIDEBAR } from '../kit/accessibility';
import { Folder } from '../kit/folder';
import { GitRepository } from '../kit/gitRepository';
import { look, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { expect, test as base } from '../kit/test';
import { DialogPage } from '../pages/dialogs';
import type { Lab } from '../pages/Lab';

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'work'));
  }
});

function projectOf({ sidebar }: Lab): Locator {
  return sidebar.root.getByRole('region', { name: 'Project Section' });
}

/** The sidebar beside a notebook, with nothing but the project unfolded. */
async function open(lab: Lab, path: string, width: number): Promise<Locator> {
  await lab.page.setViewportSize({ width: 1280, height: 860 });
  await lab.open(path);
  await lab.execute('application:toggle-left-area');
  await lab.sidebar.show();
  await lab.sidebar.resizeTo(width);
  for (const name of ['Dependencies', 'Overlays', 'Jobs']) {
    await lab.sidebar.root.getByRole('heading', { name: `${name} Section` }).click();
  }
  return projectOf(lab);
}

test('a folder should be adopted, file by file, and then say what is next', async ({
  lab,
  folder,
  page
}) => {
  const path = folder.write('churn/notebooks/a.ipynb', notebook(['print("churn")']));
  await lab.page.setViewportSize({ width: 1280, height: 860 });
  await lab.open(path);
  await lab.execute('filebrowser:go-to-path', { path: folder.path('churn') });
  await lab.execute('application:close-all');
  await lab.sidebar.show();
  const project = projectOf(lab);
  await expect(project.getByText('The folder is no project yet.')).toBeVisible();
  const dialog = new DialogPage(page, /^Adopt the project/);

  await project.getByRole('button', { name: 'Adopt…' }).click();
  await expect(dialog.root.getByText('git init')).toBeVisible();
  await dialog.root.locator('summary').first().click();
  await look(page, 'project-adopt');
  await dialog.root.getByRole('checkbox', { name: 'README.md', exact: true }).uncheck();
  await dialog.button('Adopt').click();

  await expect(lab.notification(/files are written/)).toBeVisible();
  await expect(project.getByText('1 of 1 overlay fresh.')).toBeVisible();
  await expect(project.getByText(/files not committed/)).toBeVisible();
  await expect(project.getByRole('button', { name: 'Adopt…' })).toHaveCount(0);
  expect(folder.readText('churn/.thoth.yaml')).toContain('overlays_dir: overlays');
  expect(() => folder.readText('churn/README.md')).toThrow();
});

test('a project should say how each link is, in every theme and as narrow as it gets', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  const lock = { 'broken.pipeline': '{', '.gitignore': '.ipynb_checkpoints/\n' };
  repository.commit('fix: wait for what is asked', {
    ...lock,
    'churn.ipynb': `${JSON.stringify(notebook(['import requests']), null, 1)}\n`
  });
  const project = await open(lab, repository.path('churn.ipynb'), 320);
  await expect(project.getByRole('status')).toHaveText('1 problem, 2 to do');
  await look(page, 'project', SIDEBAR, SHADES_AND_CONTRAST);
  await lab.sidebar.resizeTo(260);
  await look(page, 'project-narrow', SIDEBAR);
  expect(await lab.sidebar.cutOff()).toEqual([]);

  repository.git('rm', '--quiet', 'broken.pipeline');
  repository.git('commit', '--quiet', '-m', 'fix: leave out what is broken');
  await lab.sidebar.action('Read again how the project is').click();
  await expect(project.getByRole('status')).toHaveText('2 to do');
  await expect(project.getByText('2 commits ahead')).toBeVisible();

  await project.getByRole('button', { name: /^Release/ }).click();
  await expect(lab.release.section.getByText('They ask for 1.3.0.')).toBeVisible();
  await project.getByRole('button', { name: 'Lock', exact: true }).click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await expect(
    project.getByText('Not saved, so not looked at: churn.ipynb')
  ).toBeVisible();
  await lab.execute('docmanager:save');
  await expect(project.getByText('1 of 1 notebook locked.')).toBeVisible();
});

test('a configuration file should be changed in a form, with its comments kept', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  const before = '# ours\nmanagers:\n  - name: version # bot\n    configuration:\n';
  repository.commit('feat: Be configured', {
    '.thoth.yaml': `${before}      maintainers: [ada]\n`,
    'churn.ipynb': `${JSON.stringify(notebook(['1']), null, 1)}\n`
  });
  await lab.open(repository.path('churn.ipynb'));
  await lab.execute('aidevsecops:edit-configuration', { kind: 'thoth' });
  const dialog = new DialogPage(page, /^Configuration: /);
  await expect(dialog.root.getByText('Nothing changes.')).toBeVisible();
  const maintainers = dialog.root.getByRole('group', { name: 'Maintainers' });
  await maintainers.getByRole('button', { name: 'Add' }).click();
  await dialog.root.getByLabel('Entry 2').fill('grace');
  const changes = dialog.root.getByRole('group', { name: /^Changes to/ });
  await expect(changes).toContainText('grace');
  await look(page, 'configuration');

  await dialog.button('Save').click();

  await expect(dialog.root).toBeHidden();
  const written = folder.readText('churn/.thoth.yaml');
  expect(written).toBe(`${before}      maintainers: [ada, grace]\n`);
});
