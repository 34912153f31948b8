import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { frame } from '../kit/pictures';
import { WITH_GIT } from '../kit/server';
import { expect, test } from '../kit/test';
import { GitPanel } from '../pages/git';

test.use({ serverKind: WITH_GIT });

/** What installs environments and runs a notebook twice may take, on a busy machine. */
const LONG = { timeout: 480_000 };

test('the examples should go through the whole chain, from a lock to a release', async ({
  lab,
  page
}) => {
  test.setTimeout(1_200_000);
  const { pipeline, release, sidebar, split } = lab;
  const project = sidebar.root.getByRole('region', { name: 'Project Section' });
  const shoot = async (name: string): Promise<void> => {
    await lab.hideNotifications();
    await page.screenshot({ path: frame(`chain-${name}`) });
  };
  await lab.start();

  await page.getByRole('button', { name: 'Open Examples' }).click();
  await lab.waitUntilOpen();
  const root = path.join(lab.server.root, 'aidevsecops-examples');
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: root, encoding: 'utf-8' }).trim();
  await expect(project).toContainText('0 of 4 notebooks locked.');
  await shoot('open');

  await lab.toolbar.lockButton.click();
  await expect(sidebar.status).toHaveText(/^Locked/, LONG);
  await lab.save();
  await expect(project).toContainText('1 of 4 notebooks locked.');
  await shoot('locked');

  await sidebar.unfold('Overlays');
  await sidebar.root.getByRole('button', { name: 'Split into Steps…' }).click();
  await split.isReady();
  await shoot('steps');
  await split.root.getByRole('checkbox', { name: /^Verify/ }).check();
  await split.button('Create Steps').click();
  const made = lab.notification(/is split into steps/);
  await expect(made).toContainText('gives what', LONG);
  await expect(project).toContainText('3 of 3 overlays fresh.');
  await made.getByRole('button', { name: 'Create Pipeline…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByRole('group', { name: 'Steps of the pipeline' })
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect(project).not.toContainText('There are no pipelines.');

  await sidebar.unfold('Pipelines');
  await pipeline.button('Run').click();
  await expect(pipeline.summary).toHaveText(/^Succeeded in /, LONG);
  await expect(project).toContainText('The last run succeeded.');
  await shoot('run');

  // What a forge gives: an empty repository, and its address.
  git('init', '--quiet', '--bare', '../origin.git');
  await project.getByRole('button', { name: 'Open Git' }).click();
  const panel = new GitPanel(page);
  await panel.stageAll();
  await shoot('commit');
  await panel.commit('feat: Split', 'Jo', 'jo@example.org');
  await expect.poll(() => git('log', '-1', '--format=%an %s')).toBe('Jo feat: Split');
  await panel.addRemote('origin', '../origin.git');
  await panel.publish();
  await expect
    .poll(() => git('ls-remote', 'origin', 'main'))
    .toContain(git('rev-parse', 'HEAD'));
  // Who comes back to the project finds it as it is.
  await expect(async () => {
    await page.mouse.move(600, 400);
    await project.hover();
    await expect(project).not.toContainText('not committed', { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await sidebar.unfold('Release');
  await release.button(/^Minor/).click();
  await release.dialog.isPlanned('0\\.3\\.0 → 0\\.4\\.0');
  await page.screenshot({ path: frame('chain-release') });
  await release.dialog.button('Release v0.4.0').click();
  await expect(lab.notification('v0.4.0 is released, and on origin.')).toBeVisible();
  expect(git('ls-remote', '--tags', 'origin')).toContain('refs/tags/v0.4.0');
  await expect(project).toContainText('v0.4.0');
  await shoot('released');
});
