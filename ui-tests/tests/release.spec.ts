import { Forge } from '../kit/forge';
import { GitRepository } from '../kit/gitRepository';
import { notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';

const NOTEBOOK = `${JSON.stringify(notebook(['print("churn")']), null, 1)}\n`;

/** A repository with a notebook that is open, and the section unfolded. */
async function open(
  lab: Lab,
  repository: GitRepository,
  files: Record<string, string> = {}
): Promise<void> {
  repository.commit('Add a notebook', {
    'churn.ipynb': NOTEBOOK,
    '.gitignore': '.ipynb_checkpoints/\nwas-run\n',
    ...files
  });
  repository.git('push', '--quiet');
  await lab.open(repository.path('churn.ipynb'));
  await lab.sidebar.show();
  await lab.release.show();
}

test.describe('a release', () => {
  test('should be planned, cut and pushed, and taken back again', async ({
    lab,
    folder
  }) => {
    const repository = GitRepository.create(folder);
    await open(lab, repository);
    const { release } = lab;
    const { dialog } = release;
    await expect(release.section.getByRole('status').first()).toHaveText(
      /churn · branch main · version 1\.2\.0$/
    );
    await expect(release.section).toContainText('2 changes since v1.2.0.');
    // Its remote is a folder.
    await expect(release.section).toContainText('is on no forge that is known');
    const before = repository.git('rev-parse', 'HEAD');

    await release.button(/^Minor/).click();
    await dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');
    await expect(dialog.root).toContainText('Answer sooner');
    await dialog.root.getByText('version.py', { exact: true }).click();
    await expect(
      dialog.root.getByRole('group', { name: 'Changes to version.py' })
    ).toContainText('+ __version__ = "1.3.0"');
    expect(repository.git('rev-parse', 'HEAD')).toBe(before);
    await dialog.button('Release v1.3.0').click();

    await expect(lab.notification('v1.3.0 is released, and on origin.')).toBeVisible();
    await expect(dialog.root).toBeHidden();
    expect(repository.remote('log', '-1', '--format=%s', 'main')).toBe(
      'Release of version 1.3.0'
    );
    expect(repository.remote('rev-parse', 'v1.3.0^{commit}')).toBe(
      repository.git('rev-parse', 'HEAD')
    );
    await expect(release.history.getByRole('listitem')).toHaveText([
      /^v1\.3\.0/,
      /^v1\.2\.0/
    ]);

    await release.button('Undo…').click();
    const box = release.undoDialog.root.getByRole('checkbox');
    await box.check();
    await release.undoDialog.button('Undo').click();

    await expect(lab.notification('v1.3.0 is taken back.')).toBeVisible();
    await expect(release.history.getByRole('listitem')).toHaveText([/^v1\.2\.0/]);
    expect(repository.remote('tag', '--list', 'v1.3.0')).toBe('');
    expect(repository.remote('show', 'main:version.py')).toContain('1.2.0');
  });

  test('should be refused by a check that says what to do, which runs only then', async ({
    lab,
    folder
  }) => {
    const repository = GitRepository.create(folder);
    await open(lab, repository, {
      '.aidevsecops.toml': '[release]\ncommands = [["touch", "was-run"]]\n'
    });
    const { dialog } = lab.release;
    repository.write({ 'answers.py': 'SOON = False\n' });
    await expect(lab.release.section).toContainText('They ask for 1.3.0.');
    await lab.choose('Cut a Release…');
    await expect(dialog.status).toHaveText('Nothing is planned yet.');
    expect(repository.has('was-run')).toBe(false);

    await dialog.button('Plan').click();
    await dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');

    expect(repository.has('was-run')).toBe(true);
    await expect(dialog.check('Files')).toContainText('Not committed: answers.py.');
    await expect(dialog.check('Files')).toContainText('Commit or stash them');
    await expect(dialog.button('Release v1.3.0')).toBeDisabled();
    repository.git('commit', '--quiet', '--all', '-m', 'fix: answer later');
    await dialog.button('Plan Again').click();
    await expect(dialog.button('Release v1.3.0')).toBeEnabled();
    await dialog.giveUp();
    await expect(dialog.root).toBeHidden();
    await expect(
      lab.release.section.getByRole('region', { name: 'Checks of v1.3.0' })
    ).toContainText('passed');
  });

  test('should show the new plan where the agreed one is another by now', async ({
    lab,
    folder
  }) => {
    const repository = GitRepository.create(folder);
    await open(lab, repository);
    const { dialog } = lab.release;
    await lab.choose('Cut a Patch Release…');
    await dialog.isPlanned('1\\.2\\.0 → 1\\.2\\.1');

    repository.commit('fix: ask again', { 'answers.py': 'SOON = 1\n' });
    await dialog.button('Release v1.2.1').click();

    await expect(dialog.problem).toContainText('another one');
    await expect(dialog.root).toContainText('Ask again');
    expect(repository.git('tag', '--list', 'v1.2.1')).toBe('');
    await dialog.button('Release v1.2.1').click();
    await expect(lab.notification('v1.2.1 is released')).toBeVisible();
    await expect(dialog.root).toBeHidden();
  });

  test('should go on where it stopped', async ({ lab, folder }) => {
    const repository = GitRepository.create(folder);
    await open(lab, repository);
    const { dialog } = lab.release;
    repository.breakOff();
    await lab.release.button(/^Patch/).click();
    await dialog.isPlanned('1\\.2\\.0 → 1\\.2\\.1');
    await dialog.button('Release v1.2.1').click();
    await expect(dialog.problem).toBeVisible();
    await dialog.button('Close').click();
    await expect(
      lab.release.section.getByRole('heading', {
        name: 'The release of 1.2.1 is not done'
      })
    ).toBeVisible();

    repository.mend();
    await lab.release.button('Resume').click();

    await expect(lab.notification('v1.2.1 is released, and on origin.')).toBeVisible();
    expect(repository.remote('tag', '--list', 'v1.2.1')).toBe('v1.2.1');
  });
});

test('builds and requests to bots should be told, and bots asked', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  const forge = await Forge.pretend(page, folder.path('churn'));
  await open(lab, repository);
  const { release } = lab;
  await expect(
    release.section.getByRole('list', { name: 'Builds of v1.2.0' }).getByRole('listitem')
  ).toContainText(['✗ failed', 'running', '✓ passed']);
  await release.requests.getByText('#7 New patch release').click();
  await expect(release.requests).toContainText('On it.');
  await expect(release.requests.getByRole('link', { name: 'Pull request 8' })).toHaveText(
    'Pull request 8'
  );

  await release.button('Ask a Bot…').click();
  const { botDialog } = release;
  await expect(botDialog.root).toContainText('Kebechet update');
  await botDialog.root
    .getByRole('combobox')
    .selectOption('Deliver the container image of a tag');
  await expect(botDialog.root).toContainText('Tag: v1.2.0');
  expect(forge.opened).toEqual([]);
  await botDialog.button('Create Issue').click();

  await expect(
    lab.notification('Issue 9 is open: Deliver Container Image')
  ).toBeVisible();
  await expect(release.requests).toContainText('#9 Deliver Container Image');
});

test('a workflow should be shown and written, with no forge asked', async ({
  lab,
  folder
}) => {
  const repository = GitRepository.create(folder);
  await open(lab, repository, { '.aidevsecops.toml': '[forge]\nkind = "github"\n' });
  repository.git('remote', 'set-url', 'origin', 'https://git.example.org/jo/churn.git');
  const { section, workflowDialog, history } = lab.release;
  await lab.execute('aidevsecops:refresh-releases');
  await expect(section).toContainText('There is no token for https://git.example.org');
  await expect(history.getByRole('link', { name: 'v1.2.0' })).toHaveAttribute(
    'href',
    'https://git.example.org/jo/churn/releases/tag/v1.2.0'
  );

  await lab.choose('Tag Releases When They Are Merged…');
  await expect(
    workflowDialog.root.getByRole('group', {
      name: 'Changes to .github/workflows/release.yml'
    })
  ).toContainText('aidevsecops release tag-merged');
  expect(repository.has('.github/workflows/release.yml')).toBe(false);
  await workflowDialog.button('Add').click();

  await expect(
    lab.notification('.github/workflows/release.yml is written')
  ).toBeVisible();
  expect(repository.has('.github/workflows/release.yml')).toBe(true);
});

test('the section of releases should say that there is no repository', async ({
  lab,
  folder
}) => {
  await lab.open(folder.write('alone.ipynb', notebook(['print(1)'])));
  await lab.sidebar.show();

  await lab.release.show();

  await expect(lab.release.section).toContainText('is in no Git repository');
  await expect(lab.release.section.getByRole('alert')).toHaveCount(0);
});

test('a release should be planned in Notebook 7', async ({ classic, folder }) => {
  const repository = GitRepository.create(folder);
  repository.commit('Add a notebook', { 'churn.ipynb': NOTEBOOK });
  await classic.open(repository.path('churn.ipynb'));

  await classic.choose('Cut a Minor Release…');

  await classic.release.dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');
});
