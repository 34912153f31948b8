import { declared, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';
import { TreeDialog } from '../pages/environments';

const MANY = 300;
/** How many names a field offers at once. */
const OFFERED = 50;

async function lock(lab: Lab): Promise<void> {
  await lab.toolbar.lockButton.click();
  await lab.toolbar.shows('fresh', /^Dependencies are locked/);
  await lab.hideNotifications();
}

test.describe('the dependency tree', () => {
  test('should say why a package is there, and what it needs', async ({
    lab,
    folder,
    index,
    page
  }) => {
    index.offer('loom', { '1.0': ['shuttle>=1'] });
    index.offer('shuttle', { '1.5': ['thread<3'] });
    index.offer('thread', { '2.0': [] });
    const path = folder.write('report.ipynb', notebook(['1'], declared({ loom: '*' })));
    const dialog = new TreeDialog(page);
    await lab.open(path);
    await lab.sidebar.show();
    await lock(lab);

    await lab.sidebar
      .row('loom')
      .getByRole('button', { name: /^Show why loom is here/ })
      .click();

    await expect(dialog.root).toContainText('The notebook itself asks for loom.');
    await expect(dialog.rows('What loom needs')).toHaveText([
      /^loom 1\.0/,
      /^shuttle 1\.5 >=1/
    ]);
    await dialog.rows('What loom needs').nth(1).click();
    await expect(dialog.root).toContainText('It is there because of loom → shuttle.');
    await dialog.package.fill('thread');
    await expect(dialog.root).toContainText(
      'It is there because of loom → shuttle → thread.'
    );
    await expect(dialog.rows('Who needs thread')).toHaveText([
      /^thread 2\.0/,
      /^shuttle 1\.5 <3/
    ]);
    await expect(dialog.root).toContainText('No other package.');
  });

  test('should be walked by the keyboard', async ({ lab, folder, index, page }) => {
    index.offer('loom', { '1.0': ['shuttle>=1'] });
    index.offer('shuttle', { '1.5': [] });
    const path = folder.write(
      'report.ipynb',
      notebook(['1'], declared({ loom: '*', shuttle: '*' }))
    );
    const dialog = new TreeDialog(page);
    await lab.open(path);
    await lock(lab);
    await lab.choose('Show Dependency Tree');
    const rows = dialog.rows('What the notebook asks for');
    await expect(rows).toHaveCount(2);
    await expect(dialog.package).toBeFocused();

    await page.keyboard.press('Tab');
    await expect(rows.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(rows).toHaveCount(3);
    await expect(rows.first()).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.package).toHaveValue('shuttle');
    await page.keyboard.press('Escape');

    await expect(dialog.root).toBeHidden();
  });

  test('should be quick with hundreds of packages', async ({
    lab,
    folder,
    index,
    page
  }, info) => {
    const names = Array.from({ length: MANY }, (_, at) => `part-${at}`);
    names.forEach((name, at) =>
      index.offer(name, { '1.0': names.slice(at + 1, at + 6) })
    );
    const path = folder.write(
      'report.ipynb',
      notebook(['1'], declared({ 'part-0': '*', 'part-1': '*' }))
    );
    const dialog = new TreeDialog(page);
    await lab.open(path);
    await lock(lab);
    await lab.choose('Show Dependency Tree');
    const rows = dialog.rows('What the notebook asks for');
    await expect(rows).toHaveCount(2);
    await dialog.package.click();
    await expect(dialog.root.getByRole('option')).toHaveCount(OFFERED);
    await expect(dialog.root).toContainText(`${MANY - OFFERED} more.`);
    await page.keyboard.press('Escape');
    await rows.first().focus();

    const before = Date.now();
    await page.keyboard.press('*');
    await expect(rows).toHaveCount(12);
    await dialog.package.fill(`part-${MANY - 1}`);
    await expect(dialog.root).toContainText('It is there because of part-');

    info.annotations.push({ type: 'ms', description: `${Date.now() - before}` });
    await expect(dialog.rows(`Who needs part-${MANY - 1}`)).toHaveCount(6);
  });

  test('should not be offered for a notebook that is not locked', async ({
    lab,
    folder,
    page
  }) => {
    const path = folder.write('report.ipynb', notebook(['import idna']));
    await lab.open(path);
    await lab.sidebar.show();
    await expect(lab.sidebar.status).toHaveText('Not locked');

    const menu = await lab.openMenu();

    await expect(
      menu.getByRole('menuitem', { name: 'Show Dependency Tree' })
    ).toBeDisabled();
    await page.keyboard.press('Escape');
  });
});
