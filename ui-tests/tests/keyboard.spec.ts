import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';
import { notebook } from '../kit/notebooks';

test.describe('the keyboard alone', () => {
  test('should lock a notebook from its first cell', async ({ lab, folder, page }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await lab.open(path);
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+Alt+KeyL');

    await lab.toolbar.shows('fresh', /^Dependencies are locked/);
    completeLock(await lab.metadata());
  });

  test('should reach everything in the sidebar, in the order in which it is read', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write(
      'report.ipynb',
      notebook(['import idna', 'import packaging'])
    );
    const { sidebar } = lab;
    await lab.open(path);
    await lab.sidebar.show();
    await expect(sidebar.row('packaging')).toBeVisible();
    await sidebar.button('Lock Dependencies').focus();

    const visited: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      visited.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          return (
            activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
          );
        })
      );
      await page.keyboard.press('Tab');
    }

    expect(visited).toEqual([
      'Lock Dependencies',
      'Options…',
      'Go to cell 1',
      'Declare idna',
      'Go to cell 2',
      'Declare packaging'
    ]);
  });

  test('should add a requirement, lock it and read the log', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['print(1)']));
    const { sidebar, requirementDialog, logDialog } = lab;
    await lab.open(path);
    await lab.choose('Show AIDevSecOps');
    await sidebar.action('Declare a requirement in the notebook').focus();

    await page.keyboard.press('Enter');
    await expect(requirementDialog.name).toBeFocused();
    await page.keyboard.type('idna');
    await page.keyboard.press('Tab');
    await expect(requirementDialog.combobox('Wanted')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await expect(requirementDialog.combobox('Version wanted')).toBeFocused();
    await page.keyboard.type('3');
    await expect(requirementDialog.specifier).toHaveValue('>=3');
    await page.keyboard.press('Enter');
    await expect(sidebar.row('idna')).toContainText('>=3');
    // It closes after the notebook has changed, and gives the focus back.
    await expect(requirementDialog.root).toBeHidden();
    await sidebar.button('Lock Dependencies').focus();
    await page.keyboard.press('Enter');
    await expect(sidebar.status).toHaveText('Locked');
    await sidebar.title('Jobs').focus();
    await page.keyboard.press('Enter');
    await sidebar
      .job(/report\.ipynb/)
      .getByRole('button', { name: /^Show log/ })
      .focus();
    await page.keyboard.press('Space');
    await expect(logDialog.state).toContainText('succeeded');
    await logDialog.giveUp();

    await expect(logDialog.root).toBeHidden();
  });

  test('should give up a dialog by Escape without a change', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['print(1)']));
    await lab.open(path);
    await lab.choose('Add Requirement…');
    await lab.requirementDialog.name.fill('idna');
    // In the name, the first Escape only closes what is offered for it.
    await lab.requirementDialog.specifier.focus();

    await page.keyboard.press('Escape');

    await expect(lab.requirementDialog.root).toBeHidden();
    expect(await lab.metadata()).not.toHaveProperty('requirements');
  });
});
