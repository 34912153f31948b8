import type { Page } from '@playwright/test';
import * as fs from 'node:fs';
import type { Folder } from '../kit/folder';
import type { Taken } from '../kit/interactions';
import { Interactions } from '../kit/interactions';
import { queueJobs, SIZES, wideTree, writeLargeProject } from '../kit/largeProject';
import { notebook } from '../kit/notebooks';
import type { Server } from '../kit/server';
import { expect, test } from '../kit/test';
import type { Lab } from '../pages/Lab';
import { TreeDialog } from '../pages/environments';

/** A busy machine may take long for what is not measured. */
const PATIENCE = { timeout: 300_000 };
const ROUNDS = Number(process.env.UI_ROUNDS ?? 1);
const SECTIONS = ['Project', 'Dependencies', 'Overlays', 'Pipelines', 'Release', 'Jobs'];

/** What each interaction took, in each round, by the part of the page that it is in. */
type Found = Record<string, Record<string, Taken[]>>;

/** Goes through the page, and notes what each interaction takes. */
class Walk {
  readonly found: Found = {};

  constructor(
    readonly lab: Lab,
    readonly page: Page,
    private readonly _interactions: Interactions
  ) {}

  /** Do something that belongs to a part of the page. */
  async take(part: string, what: string, act: () => Promise<void>): Promise<void> {
    const taken = await this._interactions.measure(`${part} ${what}`, act);
    ((this.found[part] ??= {})[what] ??= []).push(taken);
  }

  /** Fold a section and unfold it. */
  async fold(name: string): Promise<void> {
    const title = this.lab.sidebar.title(name);
    await this.take(name, 'fold', async () => {
      await title.click();
      await expect(title).toHaveAttribute('aria-expanded', 'false');
    });
    await this.take(name, 'unfold', async () => {
      await title.click();
      await expect(title).toHaveAttribute('aria-expanded', 'true');
    });
  }

  /** Scroll a section to its end and back. */
  async scroll(name: string): Promise<void> {
    const section = this.lab.sidebar.root.getByRole('region', {
      name: `${name} Section`
    });
    await this.take(name, 'scroll', async () => {
      await section.hover();
      for (const way of [900, 900, 900, -900, -900, -900]) {
        await this.page.mouse.wheel(0, way);
      }
    });
  }
}

/** A large project, with all of it on the page. */
async function open(lab: Lab, folder: Folder, server: Server, page: Page): Promise<void> {
  writeLargeProject(folder);
  folder.write('small.ipynb', notebook(['import idna']));
  await queueJobs(server, folder, SIZES.jobs, 'before');
  await expect
    .poll(
      async () => (await server.jobStates()).filter(it => it === 'succeeded').length,
      PATIENCE
    )
    .toBeGreaterThanOrEqual(SIZES.jobs - 20);
  await page.route(/notebooks\/trees/, route =>
    route.fulfill({ status: 202, json: wideTree(folder.path('wide.ipynb')) })
  );
  await page.setViewportSize({ width: 1280, height: 1400 });
  await lab.open(folder.path('small.ipynb'));
  await lab.openAnother(folder.path('wide.ipynb'));
  await lab.waitUntilOpen();
  await lab.sidebar.tab.click();
  for (const name of SECTIONS) {
    await lab.sidebar.unfold(name);
  }
  const { sidebar } = lab;
  await expect(sidebar.table).toHaveAttribute(
    'aria-rowcount',
    `${SIZES.requirements + 1}`
  );
  await expect(sidebar.root).toContainText(`of ${SIZES.notebooks + 2} notebooks locked`);
}

async function walkSections(walk: Walk): Promise<void> {
  for (const name of SECTIONS) {
    await walk.fold(name);
    await walk.scroll(name);
  }
}

async function walkDependencies({ lab, page, take }: Bound): Promise<void> {
  const { sidebar, requirementDialog, lockDialog } = lab;
  await take('Dependencies', 'open the dialog of a requirement', async () => {
    await sidebar.row('package-003').getByRole('button', { name: /^edit/i }).click();
    await expect(requirementDialog.root).toBeVisible();
  });
  await take('Dependencies', 'type in it', async () => {
    await requirementDialog.specifier.press('End');
    await page.keyboard.type(',<2');
  });
  await take('Dependencies', 'close it', async () => {
    await page.keyboard.press('Escape');
    await expect(requirementDialog.root).toBeHidden();
  });
  await take('Dependencies', 'select the cell of a requirement', async () => {
    await sidebar
      .row('package-003')
      .getByRole('button', { name: /^go to cell 1$/i })
      .click();
  });
  await take('Dependencies', 'open the options of the lock', async () => {
    const menu = await lab.openMenu();
    await menu
      .getByRole('menuitem', { name: /^Lock Dependencies with Options…/ })
      .click();
    await expect(lockDialog.root).toBeVisible();
  });
  await take('Dependencies', 'close them', async () => {
    await page.keyboard.press('Escape');
    await expect(lockDialog.root).toBeHidden();
  });
}

async function walkTree({ lab, page, take }: Bound): Promise<void> {
  const dialog = new TreeDialog(page);
  await take('Dependency tree', 'open', async () => {
    await lab.sidebar.row('package-003').getByRole('button', { name: /why/i }).click();
    await expect(dialog.root).toContainText('The notebook itself asks for');
  });
  await take('Dependency tree', 'type in its filter', async () => {
    await dialog.package.press('Control+a');
    await page.keyboard.press('Delete');
    await expect(dialog.root).toContainText('What the notebook asks for');
    await page.keyboard.type('package-4');
  });
  await take('Dependency tree', 'unfold a package', async () => {
    await dialog.package.press('Control+a');
    await page.keyboard.press('Delete');
    await dialog.rows('What the notebook asks for').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
  });
  await take('Dependency tree', 'close', async () => {
    await dialog
      .button(/^close$/i)
      .last()
      .click();
    await expect(dialog.root).toBeHidden();
  });
}

async function walkJobs({ lab, page, take }: Bound): Promise<void> {
  const log = page.getByRole('dialog').filter({ has: page.getByRole('log') });
  await take('Jobs', 'open a log', async () => {
    await lab.sidebar.jobs
      .getByRole('button', { name: /^show log/i })
      .first()
      .click();
    await expect(log).toBeVisible();
  });
  await take('Jobs', 'close it', async () => {
    await page.keyboard.press('Escape');
    await expect(log).toBeHidden();
  });
}

async function walkLab({ lab, page, take }: Bound): Promise<void> {
  await take('Notebooks', 'switch to a small one', async () => {
    await lab.documentTab('small.ipynb').click();
    await expect(lab.sidebar.row('idna')).toBeVisible();
  });
  await take('Notebooks', 'switch to one of 500 requirements', async () => {
    await lab.documentTab('wide.ipynb').click();
    await expect(lab.sidebar.row('package-003')).toBeVisible();
  });
  await take('Notebooks', 'type in a cell', async () => {
    await lab.cell(1).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nnumber = 12');
    await expect.poll(() => lab.isDirty()).toBe(true);
  });
  await take('Notebooks', 'save', async () => {
    await page.keyboard.press('Control+s');
    await expect.poll(() => lab.isDirty()).toBe(false);
  });
  await take('Menus', 'open ours', async () => {
    await lab.openMenu();
  });
  await take('Menus', 'close ours', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });
  await take('Menus', 'find a command in the palette', async () => {
    await page.keyboard.press('Control+Shift+KeyC');
    await page.keyboard.type('Lock Dep');
  });
  await take('Menus', 'close the palette', async () => {
    await page.keyboard.press('Escape');
  });
  // What JupyterLab does without us, for comparison.
  await take('JupyterLab itself', 'open a menu', async () => {
    await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  });
  await take('JupyterLab itself', 'close it', async () => {
    await page.keyboard.press('Escape');
  });
  await take('JupyterLab itself', 'show the file browser', async () => {
    await page.getByRole('tab', { name: /^File Browser/ }).click();
  });
  await take('The sidebar', 'hide', async () => {
    await lab.sidebar.tab.click();
    await expect(lab.sidebar.dependencies).toBeHidden();
  });
  await take('JupyterLab itself', 'switch to a small notebook', async () => {
    await lab.documentTab('small.ipynb').click();
  });
  await take('JupyterLab itself', 'switch to another notebook', async () => {
    await lab.documentTab('wide.ipynb').click();
  });
  await take('JupyterLab itself', 'type in a cell', async () => {
    await lab.cell(1).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nletters = 12');
  });
  await take('The sidebar', 'show', async () => {
    await lab.sidebar.tab.click();
    await expect(lab.sidebar.dependencies).toBeVisible();
  });
}

async function walkStorm(
  walk: Walk,
  round: number,
  server: Server,
  folder: Folder
): Promise<void> {
  const { lab, page } = walk;
  const take = walk.take.bind(walk);
  let isOver = false;
  const storm = queueJobs(server, folder, SIZES.jobs, `storm-${round}`).then(
    async ids => {
      await expect
        .poll(
          async () => (await server.jobStates()).some(it => /queued|running/.test(it)),
          PATIENCE
        )
        .toBe(false);
      isOver = true;
      return ids;
    }
  );
  const title = lab.sidebar.title('Jobs');
  await lab.cell(1).click();
  do {
    await take('200 jobs that begin and end', 'fold and unfold', async () => {
      await title.click();
      await title.click();
    });
    await take('200 jobs that begin and end', 'type in a cell', async () => {
      await lab.cell(1).click();
      await page.keyboard.type('a = 1\n');
    });
  } while (!isOver);
  await storm;
}

/** What a walk offers to its parts. */
interface Bound {
  lab: Lab;
  page: Page;
  take: Walk['take'];
}

test('how long the page takes to answer', async ({ lab, folder, page, server }) => {
  const interactions = await Interactions.of(page);
  await open(lab, folder, server, page);
  const walk = new Walk(lab, page, interactions);
  const bound = { lab, page, take: walk.take.bind(walk) };
  for (let round = 0; round < ROUNDS; round += 1) {
    await walkSections(walk);
    await walkDependencies(bound);
    await walkTree(bound);
    await walkJobs(bound);
    await walkLab(bound);
    await walkStorm(walk, round, server, folder);
  }
  for (const [part, all] of Object.entries(walk.found)) {
    for (const [what, taken] of Object.entries(all)) {
      const [response, task] = (['response', 'task'] as const).map(kind =>
        taken.map(one => Math.round(one[kind])).join(' ')
      );
      console.log(`${part.padEnd(28)} ${what.padEnd(36)} ${response} / ${task}`);
    }
  }
  const { UI_FINDINGS } = process.env;
  if (UI_FINDINGS) {
    fs.writeFileSync(UI_FINDINGS, JSON.stringify(walk.found));
  }
});
