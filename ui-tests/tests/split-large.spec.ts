import { markdown, notebook } from '../kit/notebooks';
import { expect, test } from '../kit/test';

const STEPS = 40;
const CELLS_OF_STEP = 25;

/** A notebook of 1,000 cells in 40 parts, each cell of which needs the one before it. */
function large(): ReturnType<typeof notebook> {
  const parts = Array.from({ length: STEPS }, (_, step) => [
    markdown(`## Part ${step + 1}`),
    ...Array.from({ length: CELLS_OF_STEP - 1 }, (__, cell) =>
      step + cell === 0 ? 'value = 0' : `value = value + ${cell}`
    )
  ]);
  return notebook(parts.flat());
}

test('the preview of 1,000 cells should draw again only what changes, and lay out what is seen', async ({
  lab,
  folder,
  page,
  server
}) => {
  // JupyterLab itself draws only the cells that are seen.
  server.choose('@jupyterlab/notebook-extension:tracker', { windowingMode: 'full' });
  await lab.open(folder.write('large.ipynb', large()));
  const { split } = lab;
  await lab.execute('aidevsecops:split-notebook');
  await split.isReady();
  await expect(split.summary).toHaveText(/^40 steps/);
  await expect(split.cells.getByRole('listitem')).toHaveCount(STEPS * CELLS_OF_STEP);

  // A step that is far from being seen is as high as its rows would be, and has no rows laid out.
  const seen = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('.jp-aidevsecops-StepCell')];
    return rows.filter(row => row.checkVisibility({ contentVisibilityAuto: true }))
      .length;
  });
  expect(seen).toBeGreaterThan(CELLS_OF_STEP);
  expect(seen).toBeLessThan((STEPS * CELLS_OF_STEP) / 2);

  await page.evaluate(() => {
    const rows = document.querySelectorAll('.jp-aidevsecops-StepCells li');
    const changed = new Set<Node>();
    Object.assign(window, { changed });
    const observer = new MutationObserver(records =>
      records.forEach(({ target, addedNodes }) =>
        [target, ...addedNodes].forEach(node => changed.add(node))
      )
    );
    const root = document.querySelector('.jp-aidevsecops-StepCells');
    if (root && rows.length > 0) {
      observer.observe(root, { subtree: true, childList: true, attributes: true });
    }
  });
  await split.boundary('part_3').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(split.row(50)).toHaveAttribute('class', /jp-mod-step-2/);
  await split.isReady();

  // The rows of the cell that went over, and the heads of the two steps; not a thousand rows.
  const changed = await page.evaluate(
    () => (window as unknown as { changed: Set<Node> }).changed.size
  );
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThan(150);
  await expect(split.boundary('part_3')).toBeFocused();

  await split.row(990).scrollIntoViewIfNeeded();
  await expect(split.row(990)).toBeInViewport();
  await split.row(990).getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(split.row(1000).getByRole('button').first()).toBeFocused();
});
