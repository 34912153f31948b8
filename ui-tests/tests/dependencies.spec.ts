import { expect, test } from '../kit/test';
import { completeLock, declaredIn, namesOf } from '../kit/locks';
import { code, declared, inR, markdown, notebook } from '../kit/notebooks';

const REQUESTS_CLOSURE = ['certifi', 'charset-normalizer', 'idna', 'requests', 'urllib3'];

test.describe('the dependencies of a notebook', () => {
  test('should be locked with hashes into the open notebook, and saved with it', async ({
    lab,
    folder
  }) => {
    const path = folder.write('report.ipynb', notebook(['import requests']));
    const before = folder.readText('report.ipynb');
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.sidebar.status).toHaveText('Not locked');
    await expect(lab.sidebar.row('requests')).toContainText('import');

    await lab.toolbar.lockButton.click();

    await expect(lab.sidebar.status).toHaveText('Locked');
    await expect(lab.sidebar.row('requests')).toContainText(/\d+\.\d+/);
    const lock = completeLock(await lab.metadata());
    expect(namesOf(lock)).toEqual(REQUESTS_CLOSURE);
    expect(await lab.isDirty()).toBe(true);
    expect(folder.readText('report.ipynb')).toBe(before);
    await lab.save();
    expect(completeLock(folder.read('report.ipynb').metadata)).toEqual(lock);
  });

  test('should be listed with constraint, locked version and origin', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('listed-library', { '1.0': [], '2.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(
        [
          markdown('# A report'),
          'import yaml',
          '%pip install --quiet "packaging<100"\nimport yaml'
        ],
        {}
      )
    );
    await lab.open(path);

    await lab.sidebar.show();

    const { sidebar } = lab;
    await expect(sidebar.row('pyyaml')).toContainText('import');
    await expect(sidebar.row('pyyaml')).toContainText('any');
    await expect(sidebar.row('packaging')).toContainText('install line');
    await expect(sidebar.row('packaging')).toContainText('<100');
    await expect(
      sidebar.row('pyyaml').getByRole('button', { name: 'Go to cell 2' })
    ).toBeVisible();
    await expect(
      sidebar.row('pyyaml').getByRole('button', { name: 'Go to cell 3' })
    ).toBeVisible();
  });

  test('should lead to the cell that a requirement comes from', async ({
    lab,
    folder,
    page
  }) => {
    const filler = Array.from({ length: 40 }, (_, line) => `print(${line})`).join('\n');
    const path = folder.write(
      'long.ipynb',
      notebook([code(filler), code(filler), code('import yaml')])
    );
    await lab.open(path);
    await lab.sidebar.show();
    const target = page.getByRole('main').getByText('import yaml');
    await expect(target).not.toBeInViewport();

    await lab.sidebar.row('pyyaml').getByRole('button', { name: 'Go to cell 3' }).click();

    await expect(target).toBeInViewport();
    expect(await lab.activeCell()).toBe(2);
  });

  test('should take a new requirement, and say what is wrong with it', async ({
    lab,
    folder
  }) => {
    const path = folder.write('report.ipynb', notebook(['print(1)']));
    const { sidebar, requirementDialog: dialog } = lab;
    await lab.open(path);
    await sidebar.show();
    await sidebar.action('Declare a requirement in the notebook').click();

    await dialog.name.fill('two words');
    await dialog.button('Add').click();
    await expect(dialog.problem).toContainText('two words');
    await dialog.name.fill('requests');
    await dialog.specifier.fill('newest');
    await dialog.button('Add').click();
    await expect(dialog.problem).toContainText('newest');
    await dialog.specifier.fill('>=2.31');
    await dialog.field('Extras').fill('socks');
    await dialog.button('Add').click();

    await expect(dialog.root).toBeHidden();
    await expect(sidebar.row('requests')).toContainText('declared');
    await expect(sidebar.row('requests')).toContainText('>=2.31');
    expect(declaredIn(await lab.metadata())).toEqual({
      requests: { version: '>=2.31', extras: ['socks'] }
    });
  });

  test('should let a requirement be changed and taken out', async ({ lab, folder }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ requests: '>=2.31', idna: '*' }))
    );
    const { sidebar, requirementDialog: dialog } = lab;
    await lab.open(path);
    await sidebar.show();

    await sidebar.row('requests').getByRole('button', { name: 'Edit requests' }).click();
    await expect(dialog.specifier).toHaveValue('>=2.31');
    await dialog.specifier.fill('>=2.32');
    await dialog.button('Save').click();
    await sidebar.row('idna').getByRole('button', { name: 'Remove idna' }).click();

    await expect(sidebar.row('idna')).toHaveCount(0);
    await expect(sidebar.row('requests')).toContainText('>=2.32');
    expect(declaredIn(await lab.metadata())).toEqual({ requests: '>=2.32' });
  });

  test('should keep locked versions that fit, until they are upgraded', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('growing-library', { '1.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ 'growing-library': '*' }))
    );
    const { sidebar } = lab;
    await lab.open(path);
    await sidebar.show();
    await sidebar.button('Lock Dependencies').click();
    await expect(sidebar.row('growing-library')).toContainText('1.0');
    index.offer('growing-library', { '1.0': [], '2.0': [] });

    await lab.toolbar.lockButton.click();
    await expect(lab.notification(/nothing has changed/)).toBeVisible();
    await expect(sidebar.row('growing-library')).toContainText('1.0');
    await sidebar.action('Lock again with the newest versions that fit').click();
    await lab.relockDialog.button('Apply').click();

    await expect(sidebar.row('growing-library')).toContainText('2.0');
    expect(completeLock(await lab.metadata()).default['growing-library'].version).toBe(
      '==2.0'
    );
  });

  test('should name the imports that nobody can resolve', async ({ lab, folder }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)', 'import surely_nobody_has_this_module'])
    );
    await lab.open(path);

    await lab.sidebar.show();

    const unresolved = lab.sidebar.finding('Imports of unknown origin');
    await expect(unresolved).toContainText('surely_nobody_has_this_module');
    await expect(unresolved.getByRole('button', { name: 'Go to cell 2' })).toBeVisible();
  });

  test('should explain a conflict by the names of the requirements and their cells', async ({
    lab,
    folder,
    index
  }) => {
    index.offer('loom', { '1.0': ['thread<2'] });
    index.offer('spindle', { '1.0': ['thread>=2'] });
    index.offer('thread', { '1.0': [], '2.0': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)', '%pip install loom', '%pip install spindle'])
    );
    const { sidebar } = lab;
    await lab.open(path);
    await sidebar.show();

    await sidebar.button('Lock Dependencies').click();

    const problem = sidebar.dependencies.getByRole('alert');
    await expect(problem).toContainText('loom');
    await expect(problem).toContainText('spindle');
    await expect(problem).not.toContainText('Traceback');
    const concerned = sidebar.finding('Requirements concerned');
    await expect(concerned.getByRole('button', { name: 'Go to cell 2' })).toBeVisible();
    await expect(concerned.getByRole('button', { name: 'Go to cell 3' })).toBeVisible();
    await expect(sidebar.status).toHaveText('Not locked');
    expect(await lab.metadata()).not.toHaveProperty('requirements_lock');
  });

  test('should be none for an empty notebook, with a way on', async ({ lab, folder }) => {
    const path = folder.write('empty.ipynb', notebook(['']));
    await lab.open(path);

    await lab.sidebar.show();

    await expect(lab.sidebar.dependencies).toContainText(
      'This notebook needs no packages.'
    );
    await expect(lab.sidebar.dependencies).toContainText('add a requirement');
  });

  test('should say that no notebook is open', async ({ lab }) => {
    await lab.start();

    await lab.sidebar.show();

    await expect(lab.sidebar.dependencies).toContainText('No notebook is open.');
  });

  test('should say why a notebook in another language has none', async ({
    lab,
    folder
  }) => {
    const path = folder.write('report.ipynb', inR(notebook(['library(ggplot2)'])));
    await lab.openWithoutKernel(path);

    await lab.sidebar.show();

    await expect(lab.sidebar.status).toHaveText('Not a Python notebook');
    await expect(lab.sidebar.dependencies).toContainText(
      'Only Python notebooks can be locked.'
    );
    await expect(lab.sidebar.button(/^Lock/)).toHaveCount(0);
  });
});
