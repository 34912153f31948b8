import { markdown, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';

test('steps whose outputs cannot be compared should say so, with the report', async ({
  lab,
  folder
}) => {
  // A verification starts a kernel for each of five runs.
  test.setTimeout(400_000);
  const cells = [
    markdown('## Load'),
    'numbers = [1, 2, 3]',
    markdown('## Tell'),
    'import time\n\nprint(sum(numbers), time.time_ns() % 1000)'
  ];
  await lab.open(folder.write('numbers.ipynb', notebook(cells)));
  await lab.sidebar.show();
  await lab.execute('aidevsecops:split-notebook');
  const { split } = lab;
  await split.isReady();
  await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
  await split.root.getByRole('checkbox', { name: /^Verify/ }).check();

  await split.button('Create Steps').click();
  await expect(lab.notification('cannot be said')).toBeVisible({ timeout: 300_000 });
  await lab.hideNotifications();

  const steps = split.section.getByRole('region', { name: /^Steps of/ });
  await expect(steps).toContainText('verified: not checkable');
  await expect(steps).toContainText(/\d+ the same, 1 not checkable/);
  await steps.getByRole('button', { name: 'Report' }).click();
  const report = lab.page.getByRole('region', { name: /^Verification of/ });
  await expect(report).toContainText('verified: not checkable');
  const outputs = report.getByRole('table', { name: 'Outputs of cells' });
  await expect(outputs.getByRole('row').nth(1)).toContainText(/Cell 4.*not checkable/);
});

test('overlays should be checked, and say why they are not fresh', async ({
  lab,
  folder
}) => {
  folder.writeText(
    'overlays/report/Pipfile',
    '[packages]\nrequests = "*"\n\n[requires]\npython_version = "3.11"\n'
  );
  const _meta = {
    hash: { sha256: '0'.repeat(64) },
    'pipfile-spec': 6,
    requires: { python_version: '3.11' },
    sources: []
  };
  folder.writeText(
    'overlays/report/Pipfile.lock',
    JSON.stringify({ _meta, default: {}, develop: {} })
  );
  folder.writeText(
    '.thoth.yaml',
    'overlays_dir: overlays\nruntime_environments:\n  - name: report\n    python_version: "3.11"\n'
  );
  await lab.open(folder.write('report.ipynb', notebook(['import requests'])));
  await lab.sidebar.show();
  const section = lab.split.section;
  const overlay = section.getByRole('listitem', { name: 'report', exact: true });
  await expect(overlay).toContainText('stale');

  await section.getByRole('button', { name: 'Refresh', exact: true }).click();

  await expect(section.getByText(/^\d+ (is|are) not fresh\.$/)).toBeVisible();
  await expect(
    overlay.getByRole('list', { name: 'Why report is not fresh' })
  ).toBeVisible();
});
