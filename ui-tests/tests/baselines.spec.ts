import { Baselines } from '../kit/baselines';
import { Folder } from '../kit/folder';
import { inThemes, SHADES_AND_CONTRAST } from '../kit/looks';
import { notebook } from '../kit/notebooks';
import { NOW, Said, STATES } from '../kit/states';
import { expect, test as base } from '../kit/test';

// The pictures show the folder's name.
const test = base.extend({
  folder: async ({ server }, use) => {
    await use(new Folder(server.root, 'project'));
  }
});

const NAMES = Object.keys(STATES);

test('each section should look as before in every state', async ({
  lab,
  folder,
  page
}, info) => {
  test.setTimeout(300_000);
  await page.clock.setFixedTime(NOW);
  const said = await Said.on(page);
  await page.setViewportSize({ width: 1280, height: 860 });
  await lab.open(folder.write('train.ipynb', notebook(['import pandas, sklearn'])));
  // What a kernel writes into the notebook would be told as not saved.
  await lab.save();
  await lab.sidebar.tab.click();
  await lab.sidebar.resizeTo(320);
  const baselines = await Baselines.of(page, info);
  const title = (name: string) =>
    lab.sidebar.root.getByRole('heading', { name: `${name} Section` });
  for (const name of NAMES) {
    await lab.sidebar.unfold(name);
    for (const other of NAMES.filter(one => one !== name)) {
      if ((await title(other).getAttribute('aria-expanded')) === 'true') {
        await title(other).click();
      }
    }
    const section = lab.sidebar.root.getByRole('region', { name: `${name} Section` });
    const { refresh, confirm, states } = STATES[name];
    for (const state of states) {
      said.say(state);
      await lab.execute(`aidevsecops:${refresh}`);
      if (confirm) {
        await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
      }
      await expect(section.getByText(state.text).first()).toBeVisible();
      // Nothing is pointed at.
      await page.mouse.move(500, 400);
      await baselines.compare(section, `${name.toLowerCase()}-${state.name}-light`);
    }
    const last = states[states.length - 1].name;
    await inThemes(
      page,
      async word => {
        if (word !== 'light') {
          await baselines.compare(section, `${name.toLowerCase()}-${last}-${word}`);
        }
      },
      SHADES_AND_CONTRAST
    );
    await lab.execute('apputils:change-theme', { theme: 'JupyterLab Light' });
    await expect(page.locator('body')).toHaveAttribute(
      'data-jp-theme-name',
      'JupyterLab Light'
    );
  }
});
