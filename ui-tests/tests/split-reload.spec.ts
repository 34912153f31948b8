import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Folder } from '../kit/folder';
import { markdown, notebook } from '../kit/notebooks';
import { expect, test as base } from '../kit/test';
import type { Lab } from '../pages/Lab';

/** A file that a notebook waits for; what is verified runs in a copy of the project. */
const test = base.extend<{ gate: string }>({
  // Playwright reads from the pattern what a fixture needs: nothing.
  gate: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aidevsecops-gate-'));
    await use(path.join(folder, 'go'));
    fs.rmSync(folder, { recursive: true });
  }
});

function write(folder: Folder, gate: string): string {
  const wait = [
    'import pathlib, time',
    `while not pathlib.Path(${JSON.stringify(gate)}).exists():`,
    '    time.sleep(0.1)'
  ];
  const cells = [
    markdown('## Load'),
    `numbers = [1, 2, 3]\n${wait.join('\n')}`,
    markdown('## Sum'),
    'print(sum(numbers))'
  ];
  return folder.write('numbers.ipynb', notebook(cells));
}

/** Cut by hand and begin to write the steps, which are verified and so wait for the file. */
async function begin(lab: Lab): Promise<void> {
  await lab.execute('aidevsecops:split-notebook');
  const { split } = lab;
  await split.isReady();
  await split.root.getByRole('checkbox', { name: /^An overlay/ }).uncheck();
  await split.root.getByRole('checkbox', { name: /^Verify/ }).check();
  await split.rename('sum', 'total');
  await split.isReady();
  await split.button('Create Steps').click();
  await expect(split.button('Cancel')).toBeVisible();
}

/** The tags of all cells, as they are in the editor. */
async function tags(lab: Lab): Promise<unknown[]> {
  const cells = (await lab.cells()) as { metadata: { tags?: string[] } }[];
  return cells.flatMap(({ metadata }) => metadata.tags ?? []);
}

test.describe('a split that runs while the page is loaded again', () => {
  test('should record where the notebook is cut when it ends', async ({
    lab,
    folder,
    gate
  }) => {
    test.setTimeout(400_000);
    await lab.open(write(folder, gate));
    await begin(lab);

    await lab.reload();
    fs.writeFileSync(gate, '');

    await expect(lab.notification('is split into steps')).toBeVisible({
      timeout: 300_000
    });
    expect(await tags(lab)).toEqual(['step:load', 'step:total']);
    expect(await lab.isDirty()).toBe(true);
  });

  test('should record it although it ended while no page was there', async ({
    lab,
    folder,
    gate,
    page,
    server
  }) => {
    test.setTimeout(400_000);
    const notebookPath = write(folder, gate);
    await lab.open(notebookPath);
    await begin(lab);

    await page.goto('about:blank');
    fs.writeFileSync(gate, '');
    await expect
      .poll(() => server.jobStates(), { timeout: 300_000 })
      .toEqual(['succeeded']);
    await lab.start();
    await lab.openAnother(notebookPath);

    await expect(lab.notification('is split into steps')).toBeVisible();
    expect(await tags(lab)).toEqual(['step:load', 'step:total']);
    const left = await page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.includes('pending-splits'))
    );
    expect(left.map(([, ids]) => ids)).toEqual(['[]']);
  });
});
