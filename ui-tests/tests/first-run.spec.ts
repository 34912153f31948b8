import type { Locator } from '@playwright/test';
import { look, SHADES_AND_CONTRAST } from '../kit/looks';
import { TOKEN } from '../kit/server';
import { expect, test } from '../kit/test';

const TOUR = '[role="dialog"][aria-label="Tour of AIDevSecOps"]';

async function isBeside(tour: Locator, section: Locator): Promise<void> {
  const [one, other] = [await tour.boundingBox(), await section.boundingBox()];
  expect(one && other && one.x + one.width <= other.x).toBe(true);
}

test.describe('the first run', () => {
  test('should lead from the launcher through the sections, on the examples', async ({
    lab,
    page
  }) => {
    await lab.start();
    const tour = page.getByRole('dialog', { name: 'Tour of AIDevSecOps' });
    const next = tour.getByRole('button', { name: 'Next' });

    await page.getByRole('button', { name: 'Take the Tour' }).click();
    await expect(next).toBeFocused();
    await tour.getByRole('button', { name: 'Open Examples' }).click();
    await expect(lab.documentTab('digits-pipeline.ipynb')).toBeVisible();
    await lab.hideNotifications();
    await next.focus();
    await page.keyboard.press('Enter');

    await expect(tour).toContainText('Step 2 of');
    await expect(lab.sidebar.row('scikit-learn')).toBeVisible();
    await isBeside(tour, lab.sidebar.root);
    await expect(tour.getByRole('button', { name: 'Lock Dependencies' })).toBeEnabled();
    await look(page, 'tour', TOUR, SHADES_AND_CONTRAST);

    const pipelines = lab.sidebar.root.getByRole('heading', {
      name: 'Pipelines Section'
    });
    for (let step = 3; step <= 4; step += 1) {
      await expect(next).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(tour).toContainText(`Step ${step} of`);
    }
    await expect(pipelines).toHaveAttribute('aria-expanded', 'true');
    await expect(next).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();

    // A second copy goes beside the first one.
    await lab.choose('Open Examples');
    await expect(
      page.getByTitle('aidevsecops-examples-2', { exact: true })
    ).toBeVisible();
  });

  test('should follow links to sections, and say what is wrong with others', async ({
    lab,
    page
  }) => {
    await lab.start();
    const { url } = lab.server;
    const open = async (link: string): Promise<void> => {
      await page.goto(`${url}lab?reset&token=${TOKEN}&aidevsecops=${link}`);
    };
    const title = (name: string): Locator =>
      lab.sidebar.root.getByRole('heading', { name: `${name} Section` });

    await open('release');
    await expect(title('Release')).toBeFocused();
    await expect(title('Release')).toHaveAttribute('aria-expanded', 'true');
    expect(page.url()).not.toContain('aidevsecops=');

    await open('pipelines:nowhere.pipeline');
    await expect(lab.notification('There is no nowhere.pipeline.')).toBeVisible();
    await expect(title('Pipelines')).toBeFocused();
    await page.keyboard.press('Control+Shift+KeyY');
    await page.keyboard.press('KeyJ');
    await expect(title('Jobs')).toBeFocused();

    await open('everything');
    await expect(lab.notification('there is no section “everything”')).toBeVisible();
  });
});
