import { SIDEBAR, violations } from '../kit/accessibility';
import { inThemes } from '../kit/looks';
import type { AdvisoryService } from '../kit/advisoryService';
import type { Folder } from '../kit/folder';
import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import type { LocalIndex } from '../kit/localIndex';
import { declared, notebook } from '../kit/notebooks';
import { picture } from '../kit/pictures';
import { ACCEPTED, offerOld, publishKnown } from '../kit/requestsStory';
import { DialogPage } from '../pages/dialogs';

/** A notebook whose requirement, and what that one needs, can be upgraded. */
function offer(index: LocalIndex, folder: Folder): string {
  index.offer('holey', { '1.0': ['deep'] });
  index.offer('deep', { '2.0': [] });
  return folder.write('report.ipynb', notebook(['print(1)'], declared({ holey: '*' })));
}

function publish(advisories: AdvisoryService): void {
  advisories.publish({
    id: 'GHSA-holey',
    package: 'holey',
    versions: ['1.0'],
    severity: 'critical',
    fixed: '1.1',
    aliases: ['CVE-2026-1']
  });
  advisories.publish({
    id: 'GHSA-deep',
    package: 'deep',
    versions: ['2.0'],
    severity: 'moderate',
    fixed: '2.1'
  });
}

test.describe('the advisories of a lock', () => {
  test('should be shown with severity, link and fix, against indirect packages too', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    publish(advisories);
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.advisories.summary).toBeHidden();
    await lab.sidebar.button('Lock Dependencies').click();
    await expect(lab.advisories.verdict).toHaveText('Not audited');

    await lab.advisories.button('Audit').click();

    await expect(lab.advisories.verdict).toHaveText('Advisories against 2 packages');
    await expect(lab.advisories.summary).toContainText('2 packages checked');
    const list = lab.sidebar.table.getByRole('list', {
      name: 'Advisories against holey'
    });
    await expect(list).toContainText('critical');
    await expect(list).toContainText('holey reads more than it should');
    await expect(list).toContainText('Fixed in 1.1.');
    await expect(list).toContainText('Also CVE-2026-1.');
    await expect(list.getByRole('link', { name: 'GHSA-holey' })).toHaveAttribute(
      'href',
      'https://advisories.example/GHSA-holey'
    );
    await expect(lab.advisories.indirect).toContainText('deep 2.0');
    await expect(lab.advisories.indirect).toContainText('moderate');
    await expect(lab.sidebar.job('Audit report.ipynb')).toContainText('succeeded');
    await expect(
      lab.notification('advisories are known against 2 packages')
    ).toBeVisible();
  });

  test('should go away with an upgrade to the fixed version, of that package only', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    publish(advisories);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await lab.advisories.button('Audit').click();
    await expect(lab.advisories.against('holey')).toBeVisible();
    index.offer('holey', { '1.0': ['deep'], '1.1': ['deep'] });
    index.offer('deep', { '2.0': [], '2.1': [] });

    await lab.advisories.upgrade('holey').click();

    await expect(lab.relockDialog.part('Updated (1)')).toContainText(/holey.*1\.0.*1\.1/);
    await expect(lab.relockDialog.part('Advisories fixed (1)')).toContainText(
      'GHSA-holey'
    );
    await expect(lab.relockDialog.part('Advisories that stay (1)')).toContainText(
      'GHSA-deep'
    );
    await lab.relockDialog.button('Apply').click();
    await expect(lab.advisories.verdict).toHaveText('Advisories against 1 package');
    await expect(lab.advisories.against('holey')).toHaveCount(0);
    await lab.advisories.upgrade('deep').click();
    await expect(lab.relockDialog.part('Updated (1)')).toContainText(/deep.*2\.0.*2\.1/);
    await lab.relockDialog.button('Apply').click();
    await expect(lab.advisories.verdict).toHaveText('No known advisories');
    const { default: packages } = completeLock(await lab.metadata());
    expect(packages['holey'].version).toBe('==1.1');
    expect(packages['deep'].version).toBe('==2.1');
  });

  test('should say why there is no way to the fixed version', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    index.offer('holey', { '1.0': [], '1.1': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['print(1)'], declared({ holey: '<1.1' }))
    );
    publish(advisories);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await lab.advisories.button('Audit').click();

    await lab.advisories.upgrade('holey').click();

    const problem = lab.sidebar.dependencies.getByRole('alert');
    await expect(problem).toContainText('holey');
    await expect(lab.relockDialog.root).toHaveCount(0);
    await expect(lab.sidebar.status).toHaveText('Locked');
    await expect(lab.advisories.against('holey')).toBeVisible();
  });

  test('should never be called none when they could not be asked for', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    advisories.goAway();

    await lab.advisories.button('Audit').click();

    await expect(lab.advisories.verdict).toHaveText('No package was checked');
    await expect(lab.advisories.summary).toContainText('2 could not be checked');
    await expect(lab.advisories.unchecked).toContainText(
      'The advisory service could not be asked'
    );
    await expect(lab.advisories.unchecked).toContainText('holey 1.0');
    await expect(lab.advisories.unchecked).toContainText('deep 2.0');
    await expect(lab.notification('2 packages were not checked')).toBeVisible();
    advisories.forget();
    await lab.advisories.button('Audit Again').click();
    await expect(lab.advisories.verdict).toHaveText('No known advisories');
    await expect(lab.advisories.unchecked).toBeHidden();
  });

  test('should not speak of what was locked after the audit', async ({
    lab,
    folder,
    index
  }) => {
    const path = offer(index, folder);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await lab.advisories.button('Audit').click();
    await expect(lab.advisories.verdict).toHaveText('No known advisories');
    index.offer('holey', { '1.0': ['deep'], '1.1': ['deep'] });

    await lab.sidebar.action('Lock again with the newest versions that fit').click();
    await lab.relockDialog.button('Apply').click();

    await expect(lab.advisories.verdict).toHaveText('Not all packages were checked');
    await expect(lab.advisories.unchecked).toContainText(
      'Locked after the audit. holey 1.1'
    );
  });

  test('should be accepted for a reason and a while, and count again after that', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    publish(advisories);
    const entry = (id: string, year: number): string =>
      `[[audit.ignore]]\nid = "${id}"\nreason = "We never parse."\nexpires = ${year}-01-31\n`;
    folder.writeText(
      '.aidevsecops.toml',
      `${entry('CVE-2026-1', 2999)}\n${entry('GHSA-deep', 2001)}`
    );
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();

    await lab.advisories.button('Audit').click();

    await expect(lab.advisories.accepted).toContainText(
      'CVE-2026-1 We never parse. Until 2999-01-31.'
    );
    await expect(lab.advisories.against('holey')).toHaveCount(0);
    await expect(lab.advisories.against('deep')).toContainText(
      'Was accepted until 2001-01-31: We never parse.'
    );
  });

  test('should say what is wrong with the list of accepted ones', async ({
    lab,
    folder,
    index
  }) => {
    const path = offer(index, folder);
    folder.writeText('.aidevsecops.toml', '[[audit.ignore]]\nid = "GHSA-1"\n');
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();

    await lab.advisories.button('Audit').click();

    const problem = lab.sidebar.dependencies.getByRole('alert');
    await expect(problem).toContainText('.aidevsecops.toml');
    await expect(problem.getByRole('button', { name: 'Show Log' })).toBeVisible();
    await expect(lab.advisories.verdict).toHaveText('Not audited');
  });

  test('should be found by a job that shows its progress and can be cancelled', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await expect(lab.sidebar.status).toHaveText('Locked');
    advisories.hold();
    await lab.choose('Audit Locked Packages');
    await expect(lab.advisories.summary.getByRole('progressbar')).toBeVisible();
    await expect(lab.advisories.summary).toContainText('Checking 2 packages');
    await lab.advisories.button('Show Audit Log').click();
    const log = new DialogPage(lab.page, 'Audit report.ipynb');
    await expect(log.root.getByRole('log')).toContainText('Checking 2 packages');
    await log.giveUp();

    await lab.advisories.button('Cancel Audit').click();

    await expect(lab.sidebar.job('Audit report.ipynb')).toContainText('cancelled');
    await expect(lab.advisories.verdict).toHaveText('Not audited');
    await expect(lab.advisories.button('Audit')).toBeVisible();
  });

  test('should still be known after a reload', async ({
    lab,
    folder,
    index,
    advisories
  }) => {
    const path = offer(index, folder);
    publish(advisories);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await lab.advisories.button('Audit').click();
    await expect(lab.advisories.verdict).toHaveText('Advisories against 2 packages');
    await lab.save();

    await lab.reload();
    await lab.execute('aidevsecops:show-sidebar');

    await expect(lab.advisories.verdict).toHaveText('Advisories against 2 packages');
    await expect(lab.advisories.against('holey')).toBeVisible();
    expect(advisories.askedCount).toBe(1);
  });

  test('should be reached and dealt with by the keyboard alone', async ({
    lab,
    folder,
    index,
    advisories,
    page
  }) => {
    const path = offer(index, folder);
    publish(advisories);
    await lab.open(path);
    await lab.sidebar.show();
    await lab.sidebar.button('Lock Dependencies').click();
    await expect(lab.sidebar.status).toHaveText('Locked');
    index.offer('holey', { '1.0': ['deep'], '1.1': ['deep'] });
    await lab.advisories.button('Audit').focus();
    await page.keyboard.press('Enter');
    await expect(lab.advisories.against('holey')).toBeVisible();

    await lab.sidebar.button('Remove holey').focus();
    await page.keyboard.press('Tab');
    await expect(
      lab.advisories.against('holey').getByRole('link', { name: 'GHSA-holey' })
    ).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(lab.advisories.upgrade('holey')).toBeFocused();
    await page.keyboard.press('Space');
    await expect(lab.relockDialog.root).toContainText('holey');
    await expect(lab.relockDialog.button('Apply')).toBeFocused();
    await page.keyboard.press('Enter');

    await expect(lab.sidebar.row('holey')).toContainText('1.1');
    await expect(lab.advisories.verdict).toHaveText('Advisories against 1 package');
  });
});

test('advisories should be shown without faults in each theme', async ({
  lab,
  folder,
  index,
  advisories,
  page
}) => {
  offerOld(index);
  publishKnown(advisories);
  folder.writeText('.aidevsecops.toml', ACCEPTED);
  const path = folder.write('report.ipynb', notebook(['import requests']));
  await page.setViewportSize({ width: 1280, height: 1000 });
  await lab.open(path);
  await lab.sidebar.show();
  await lab.sidebar.button('Lock Dependencies').click();
  await lab.advisories.button('Audit').click();
  await expect(lab.advisories.accepted).toBeVisible();
  await lab.hideNotifications();
  await inThemes(page, async name => {
    const shot = { animations: 'disabled' } as const;
    await lab.sidebar.resizeTo(260);
    expect(await lab.sidebar.cutOff()).toEqual([]);
    const narrow = test.info().outputPath(`narrow-${name}.png`);
    await lab.sidebar.root.screenshot({ path: narrow, ...shot });
    await lab.sidebar.resizeTo(480);
    expect(await violations(page, SIDEBAR)).toEqual([]);
    expect(await lab.sidebar.cutOff()).toEqual([]);
    await lab.sidebar.root.screenshot({ path: picture(`advisories-${name}`), ...shot });
  });
});
