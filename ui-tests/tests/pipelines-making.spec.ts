import { notebook } from '../kit/notebooks';
import { pipeline } from '../kit/pipelines';
import { expect, test } from '../kit/test';

/** As Elyra wrote it before its version 8. */
function ofVersion3(text: string): string {
  const document = JSON.parse(text) as {
    pipelines: {
      app_data: { version: number };
      nodes: { app_data: { component_parameters?: object; ui_data: object } }[];
    }[];
  };
  for (const one of document.pipelines) {
    one.app_data.version = 3;
    one.nodes.forEach(node => {
      const { component_parameters, ui_data } = node.app_data;
      node.app_data = {
        ...component_parameters,
        ui_data,
        ...{ env_vars: ['SCALE=1,5'] }
      };
    });
  }
  return JSON.stringify(document);
}

test('a pipeline should be made of notebooks, checked, and updated from an older one', async ({
  lab,
  folder,
  page
}) => {
  folder.write('load.ipynb', notebook(["open('rows.csv', 'w').write('1')"]));
  folder.write('train.ipynb', notebook(["print(open('rows.csv').read())"]));
  folder.writeText('old.pipeline', ofVersion3(pipeline([{ name: 'load' }])));
  await lab.start();
  const dialog = page.getByRole('dialog');
  const { pipeline: shown } = lab;

  await lab.execute('aidevsecops:create-pipeline', { path: folder.path('load.ipynb') });
  const field = dialog.getByLabel('Notebooks');
  await expect(field).toHaveValue(folder.path('load.ipynb'));
  await field.fill(`${folder.path('train.ipynb')}, ${folder.path('load.ipynb')}`);
  await dialog.getByLabel('Order').selectOption('By the files that they write and read');
  await dialog.getByLabel('File').fill(folder.path('made.pipeline'));
  await expect(dialog).toContainText(`${folder.path('made.pipeline')} is written.`);
  await expect(
    dialog.getByRole('button', { name: 'Step train. After load.' })
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Create' }).click();

  await expect(dialog).toBeHidden();
  await expect(shown.choice).toHaveValue(folder.path('made.pipeline'));
  const made = JSON.parse(folder.readText('made.pipeline')) as {
    pipelines: { nodes: object[] }[];
  };
  expect(made.pipelines[0]?.nodes).toHaveLength(2);

  await shown.button('Check').click();
  const findings = shown.section.getByRole('list', { name: 'Findings' });
  await expect(findings).toContainText('It has no image');
  await expect(findings).not.toContainText('rows.csv');

  await lab.execute('aidevsecops:import-pipeline', {
    path: folder.path('old.pipeline')
  });
  await expect(dialog).toContainText('Version 3 becomes version 8.');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  expect(folder.readText('old.pipeline')).toContain('"value": "1,5"');
});

test("a pipeline should have no button to run it where Elyra's editor has one", async ({
  lab,
  folder,
  page
}) => {
  folder.write('load.ipynb', notebook([]));
  folder.writeText('churn.pipeline', pipeline([{ name: 'load' }]));
  folder.writeText('other.pipeline', pipeline([{ name: 'load' }]));
  await lab.start();
  const main = page.getByRole('main');
  const run = main.getByRole('button', { name: 'Run Pipeline' });
  const open = async (file: string): Promise<void> => {
    await lab.execute('docmanager:open', {
      path: folder.path(file),
      factory: 'Editor'
    });
    await expect(lab.documentTab(file)).toBeVisible();
    await expect(main.getByText('"doc_type"').last()).toBeVisible();
  };
  await open('churn.pipeline');
  await expect(run).toHaveCount(1);

  await page.evaluate(() => {
    const nothing = { connect: () => true, disconnect: () => true };
    const factory = { name: 'Pipeline Editor', fileTypes: ['text'], modelName: 'text' };
    const { docRegistry } = (
      window as unknown as { jupyterapp: { docRegistry: { addWidgetFactory: Function } } }
    ).jupyterapp;
    docRegistry.addWidgetFactory({ ...factory, widgetCreated: nothing });
  });
  await open('other.pipeline');

  await expect(run).toHaveCount(0);
});
