import { GitRepository } from '../kit/gitRepository';
import { notebook } from '../kit/notebooks';
import { SHARED } from '../kit/server';
import { expect, test } from '../kit/test';

test.use({ serverKind: SHARED });

test('a release should be shown in the panel of jupyterlab-git, where there is one', async ({
  lab,
  folder,
  page
}) => {
  const repository = GitRepository.create(folder);
  // JupyterLab saves what is open with others, so the notebook is no part of the repository.
  repository.commit('chore: leave out notebooks', { '.gitignore': '*.ipynb*\n' });
  repository.git('push', '--quiet');
  await lab.open(folder.write('churn/churn.ipynb', notebook(['print("churn")'])));
  await lab.sidebar.show();
  await lab.release.show();
  const { dialog } = lab.release;
  await lab.release.button(/^Minor/).click();
  await dialog.isPlanned('1\\.2\\.0 → 1\\.3\\.0');
  await dialog.button('Release v1.3.0').click();

  await lab
    .notification('v1.3.0 is released')
    .getByRole('button', { name: 'Open Git' })
    .click();

  await expect(page.getByRole('region', { name: 'History Section' })).toContainText(
    'Release of version 1.3.0'
  );
});
