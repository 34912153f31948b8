import { declared, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';

const COUNT = 500;
const LAST = `package-${COUNT - 1}`;

test('the rows of a long table should be drawn when somebody comes there', async ({
  lab,
  folder
}) => {
  const packages = Object.fromEntries(
    Array.from({ length: COUNT }, (_, number) => [
      `package-${String(number).padStart(3, '0')}`,
      '>=1.0'
    ])
  );
  await lab.open(folder.write('wide.ipynb', notebook(['value = 1'], declared(packages))));
  const { sidebar } = lab;
  await sidebar.tab.click();
  await expect(sidebar.table).toHaveAttribute('aria-rowcount', `${COUNT + 1}`);
  await expect(sidebar.row('package-000')).toBeVisible();
  expect(await sidebar.table.getByRole('rowheader').count()).toBeLessThan(100);

  // Rooms become as high as their rows, so that the end moves while one goes there.
  await expect(async () => {
    await sidebar.table.evaluate(table => table.lastElementChild?.scrollIntoView(false));
    await expect(sidebar.row(LAST)).toBeInViewport({ timeout: 1000 });
  }).toPass();

  expect(await sidebar.table.getByRole('rowheader').count()).toBeLessThan(150);
  await expect(sidebar.row('package-250')).toHaveCount(0);
});
