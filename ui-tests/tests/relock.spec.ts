import { DIALOG, violations } from '../kit/accessibility';
import { look } from '../kit/looks';
import type { Folder } from '../kit/folder';
import { expect, test } from '../kit/test';
import { completeLock, namesOf } from '../kit/locks';
import { offerNew, offerOld, publishKnown } from '../kit/requestsStory';
import type { LocalIndex } from '../kit/localIndex';
import { declared, notebook } from '../kit/notebooks';
import type { Lab } from '../pages/Lab';

const SETTINGS = 'aidevsecops:settings';
const UPGRADE = 'Lock again with the newest versions that fit';

function write(folder: Folder, file = 'report.ipynb'): string {
  return folder.write(file, notebook(['print(1)'], declared({ growing: '*' })));
}

/** Two versions of a package; the newer one needs another package than the older one. */
function grow(index: LocalIndex): void {
  index.offer('growing', { '1.0': ['outgrown'], '2.0': ['new-need'] });
  index.offer('new-need', { '3.0': [] });
}

/** Lock the notebook in front with what was there before it has grown. */
async function lockSmall(lab: Lab, index: LocalIndex): Promise<void> {
  index.offer('growing', { '1.0': ['outgrown'] });
  index.offer('outgrown', { '0.1': [] });
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await lab.hideNotifications();
}

test.describe('a new lock', () => {
  test('should be shown before it takes the place of another one, and be applied', async ({
    lab,
    folder,
    index
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    const { requirements_lock: before } = await lab.metadata();
    grow(index);

    await lab.sidebar.action(UPGRADE).click();

    const { relockDialog: dialog } = lab;
    await expect(dialog.part('Updated (1)')).toContainText(/growing.*1\.0.*2\.0/);
    await expect(dialog.part('Added (1)')).toContainText('new-need 3.0');
    await expect(dialog.part('Removed (1)')).toContainText('outgrown 0.1');
    expect((await lab.metadata()).requirements_lock).toBe(before);
    await dialog.button('Apply').click();
    await expect(lab.notification('1 added, 1 updated, 1 removed')).toBeVisible();
    await expect(lab.sidebar.row('growing')).toContainText('2.0');
    expect(namesOf(completeLock(await lab.metadata()))).toEqual(['growing', 'new-need']);
  });

  test('should be discarded when it is not wanted, and can be looked at again', async ({
    lab,
    folder,
    index,
    page
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    const { requirements_lock: before } = await lab.metadata();
    grow(index);
    await lab.sidebar.action(UPGRADE).click();
    await expect(lab.relockDialog.button('Apply')).toBeFocused();

    await page.keyboard.press('Escape');

    await expect(lab.relockDialog.root).toBeHidden();
    expect((await lab.metadata()).requirements_lock).toBe(before);
    const message = lab.notification('report.ipynb keeps its lock');
    await message.getByRole('button', { name: 'Review' }).click();
    await expect(lab.relockDialog.part('Updated (1)')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(lab.sidebar.row('growing')).toContainText('2.0');
  });

  test('should tell which advisories it gains and which it loses', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const against = { severity: 'high', package: 'growing' } as const;
    advisories.publish({ id: 'GHSA-old', versions: ['1.0'], fixed: '2.0', ...against });
    advisories.publish({ id: 'GHSA-new', versions: ['2.0'], ...against });
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    grow(index);

    await lab.sidebar.action(UPGRADE).click();

    const gained = lab.relockDialog.part('Advisories gained (1)');
    await expect(gained).toContainText(/high\s+growing 2\.0\s+GHSA-new/);
    await expect(gained).toContainText('No version with a fix is known.');
    await expect(lab.relockDialog.part('Advisories fixed (1)')).toContainText(
      /high\s+growing 1\.0\s+GHSA-old/
    );
  });

  test('should tell what could not be checked for advisories', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    grow(index);
    advisories.goAway();

    await lab.sidebar.action(UPGRADE).click();

    await expect(lab.relockDialog.part('Not checked for advisories')).toContainText(
      'The advisory service could not be asked'
    );
    await lab.relockDialog.button('Apply').click();
    await expect(lab.sidebar.row('growing')).toContainText('2.0');
  });

  test('should not be asked about advisories when the user does not want that', async ({
    lab,
    folder,
    index,
    advisories,
    server
  }) => {
    server.choose(SETTINGS, { compareAdvisories: false });
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    grow(index);

    await lab.sidebar.action(UPGRADE).click();

    await expect(lab.relockDialog.part('Updated (1)')).toBeVisible();
    expect(advisories.askedCount).toBe(0);
  });

  test('should be applied without a question when no package changes', async ({
    lab,
    folder,
    index
  }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ growing: '<9' }))
    );
    await lab.open(path);
    await lab.sidebar.show();
    await lockSmall(lab, index);
    await lab.sidebar.button('Edit growing').click();
    await lab.requirementDialog.specifier.fill('<8');
    await lab.requirementDialog.button('Save').click();
    await lab.toolbar.shows('stale', /^The lock is stale/);

    await lab.toolbar.lockButton.click();

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await expect(lab.relockDialog.root).toHaveCount(0);
  });

  test('should be shown always, or never, when the settings say so', async ({
    lab,
    folder,
    index,
    server
  }) => {
    index.offer('growing', { '1.0': [] });
    server.choose(SETTINGS, { reviewLock: 'always' });
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lab.toolbar.lockButton.click();
    await expect(lab.relockDialog.part('Added (1)')).toContainText('growing 1.0');
    await lab.relockDialog.button('Apply').click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await lab.save();
    index.offer('growing', { '1.0': [], '2.0': [] });
    server.choose(SETTINGS, { reviewLock: 'never' });
    await lab.reload();
    await lab.execute('aidevsecops:show-sidebar');

    await lab.sidebar.action(UPGRADE).click();

    await expect(lab.sidebar.row('growing')).toContainText('2.0');
    await expect(lab.relockDialog.root).toHaveCount(0);
  });

  test('should not be applied to a notebook that has changed meanwhile', async ({
    lab,
    folder,
    index
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    grow(index);
    await lab.sidebar.action(UPGRADE).click();
    await expect(lab.relockDialog.part('Updated (1)')).toBeVisible();
    await expect(lab.relockDialog.problem).toHaveCount(0);

    await lab.setMetadata('requirements_lock', '{"default":{}}');

    await expect(lab.relockDialog.problem).toContainText('has changed meanwhile');
    await lab.relockDialog.button('Apply').click();
    await expect(lab.notification('has changed while it was locked')).toBeVisible();
    expect((await lab.metadata()).requirements_lock).toBe('{"default":{}}');
  });

  test('should be read to its end by the keyboard when it is long', async ({
    lab,
    folder,
    index,
    page
  }) => {
    await lab.open(write(folder));
    await lab.sidebar.show();
    await lockSmall(lab, index);
    const names = Array.from({ length: 60 }, (_, number) => `need-${number + 100}`);
    names.forEach(name => index.offer(name, { '1.0': [] }));
    index.offer('growing', { '2.0': names });
    await lab.sidebar.action(UPGRADE).click();
    const added = lab.relockDialog.part('Added (60)');
    await expect(added.getByText('need-100')).toBeInViewport();
    await expect(added.getByText('need-159')).not.toBeInViewport();

    await lab.relockDialog.part('Changes').focus();
    await page.keyboard.press('End');

    await expect(added.getByText('need-159')).toBeInViewport();
    expect(await violations(page, DIALOG)).toEqual([]);
  });

  test('should wait for a notebook that is not in sight', async ({
    lab,
    folder,
    index
  }) => {
    const path = write(folder);
    const other = folder.write('other.ipynb', notebook(['print(2)']));
    await lab.open(path);
    await lab.sidebar.show();
    await lockSmall(lab, index);
    const versions = { '1.0': ['outgrown'], '2.0': [] };
    index.hold('growing', versions);
    await lab.sidebar.action(UPGRADE).click();
    await expect.poll(() => index.isAskedFor('growing')).toBe(true);
    await lab.openAnother(other);

    index.release('growing');

    const message = lab.notification('ready and waits to be reviewed');
    await expect(message).toBeVisible();
    await expect(lab.relockDialog.root).toHaveCount(0);
    await message.getByRole('button', { name: 'Review' }).click();
    await lab.relockDialog.button('Apply').click();
    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    await expect(lab.sidebar.row('growing')).toContainText('2.0');
  });
});

test('a new lock should be shown without faults in each theme', async ({
  lab,
  folder,
  index,
  advisories,
  page
}) => {
  offerOld(index);
  publishKnown(advisories);
  await lab.open(folder.write('report.ipynb', notebook(['import requests'])));
  await lab.sidebar.show();
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await lab.hideNotifications();
  offerNew(index);
  await lab.sidebar.action(UPGRADE).click();
  await expect(lab.relockDialog.part('Advisories fixed (2)')).toBeVisible();

  await look(page, 'relock');
});
