import type { components } from '../../src/generated/api';
import { GitRepository } from '../kit/gitRepository';
import { layoutFaults } from '../kit/layout';
import { dialogFaults, hiddenParts, isInPlace } from '../kit/layouts';
import { declared, notebook } from '../kit/notebooks';
import { STATES } from '../kit/states';
import { expect, test } from '../kit/test';

const LONG =
  'a-notebook-whose-name-is-as-long-as-those-of-people-who-write-everything-down';

const PREVIEW = '.jp-aidevsecops-SplitPanel-columns';
const TOUR = '.jp-aidevsecops-Tour';

test('the question whether an index is trusted should be in place', async ({
  lab,
  folder,
  index,
  page
}) => {
  // Nothing but the notebook knows it.
  folder.writeText('uv.toml', '');
  const source = { name: 'own', url: `${index.url}${LONG}/`, verify_ssl: true };
  const entry = { version: '*', index: 'own' };
  const metadata = declared({ 'strange-library': entry }, [source]);
  await lab.open(folder.write(`${LONG}.ipynb`, notebook(['print(1)'], metadata)));
  await lab.toolbar.lockButton.click();
  await expect(lab.trustDialog.root).toContainText(LONG);

  await isInPlace(page, 'question-trust', dialogFaults);

  await expect(lab.trustDialog.button('Cancel')).toBeFocused();
});

test('the question for a kernel should be in place', async ({
  lab,
  folder,
  index,
  page
}) => {
  index.offer('strange-library', { '1.0': [] });
  const metadata = declared({ 'strange-library': '*' });
  await lab.open(folder.write(`${LONG}.ipynb`, notebook(['print(1)'], metadata)));
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await lab.hideNotifications();
  await lab.execute('aidevsecops:create-kernel');
  const { dialog } = lab.kernel;
  await expect(dialog.facts.first().or(dialog.problem)).toBeVisible();

  await isInPlace(page, 'question-kernel', dialogFaults);
});

test('the question whether a release is taken back should be in place', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  repository.write({ 'train.ipynb': `${JSON.stringify(notebook(['print(1)']))}\n` });
  const [{ answers }] = STATES['Release'].states;
  const known = answers['/releases'] as components['schemas']['Releases'];
  const released: typeof known = {
    ...known,
    published: 'all',
    can_undo: true,
    release: { version: '1.3.0', tag: `v1.3.0-${LONG}`, remote: 'origin' } as never
  };
  await page.route('**/aidevsecops-ext/releases?*', route =>
    route.fulfill({ json: released })
  );
  await lab.open(repository.path('train.ipynb'));
  await lab.execute('aidevsecops:undo-release');
  await expect(lab.release.undoDialog.root.getByRole('checkbox')).toBeVisible();

  await isInPlace(page, 'question-undo', dialogFaults);
});

test('the question which notebooks are locked should be in place', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  const text = `${JSON.stringify(notebook(['import idna']))}\n`;
  const names = Array.from({ length: 40 }, (_, at) => `${at}-${LONG}.ipynb`);
  repository.write(Object.fromEntries(names.map(name => [name, text])));
  await lab.open(repository.path(names[0]));
  await lab.execute('aidevsecops:do-next-step', { link: 'notebooks' });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox')).toHaveCount(names.length);

  await isInPlace(page, 'question-notebooks', dialogFaults);
});

test('the preview of a split should be in place', async ({ lab, folder, page }) => {
  const cells = ['import idna\n\nnumbers = [1, 2]', `${LONG.replaceAll('-', '_')} = 3`];
  await lab.open(folder.write(`${LONG}.ipynb`, notebook(cells)));
  await lab.execute('aidevsecops:split-notebook');
  await lab.split.isReady();

  await isInPlace(page, 'preview', () => layoutFaults(page, PREVIEW));
});

test('the tour should be in place at each stop', async ({ lab, page }) => {
  await lab.start();
  await lab.execute('aidevsecops:start-tour');
  const tour = page.getByRole('dialog', { name: 'Tour of AIDevSecOps' });
  const next = tour.getByRole('button', { name: 'Next' });
  const last = tour.getByRole('button', { name: 'Done' });
  for (let stop = 1; ; stop += 1) {
    await expect(tour).toContainText(`Step ${stop} of`);
    await isInPlace(page, `tour-${stop}`, async () => [
      ...(await hiddenParts(page, TOUR, 'button')),
      ...(await layoutFaults(page, TOUR))
    ]);
    await expect(next.or(last)).toBeFocused();
    if (await last.isVisible()) {
      break;
    }
    await page.keyboard.press('Enter');
  }
});
