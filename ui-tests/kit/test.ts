import type { Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import { Classic } from '../pages/Classic';
import { Lab } from '../pages/Lab';
import { AdvisoryService } from './advisoryService';
import { Folder } from './folder';
import { LocalIndex } from './localIndex';
import type { ServerKind } from './server';
import { MAIN, Server, START_MS } from './server';

/** What a test file or project can choose. */
export interface Options {
  /** The server that its tests run against. */
  serverKind: ServerKind;
}

interface OfTest {
  /** A folder of its own below the server's root. */
  folder: Folder;
  /** A package index that the notebooks of the folder are locked with, besides the user's own. */
  index: LocalIndex;
  /** What all servers of the worker ask for advisories; it knows none at the start of a test. */
  advisories: AdvisoryService;
  /** JupyterLab. */
  lab: Lab;
  /** JupyterLab in the browser of somebody else. */
  colleague: Lab;
  /** Notebook 7. */
  classic: Classic;
}

interface OfWorker {
  /** The advisory service of all tests of the worker. */
  advisoryService: AdvisoryService;
  /** The servers by kind, each started when it is first asked for. */
  servers: (kind: ServerKind) => Promise<Server>;
}

/** Playwright's `test` with a JupyterLab, a folder and, where wanted, a package index. */
export const test = base.extend<Options & OfTest & { server: Server }, OfWorker>({
  serverKind: [MAIN, { option: true }],

  advisoryService: [
    // Playwright reads from the pattern what a fixture needs: nothing.
    async ({}, use) => {
      const service = await AdvisoryService.start();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' }
  ],

  servers: [
    async ({ advisoryService }, use) => {
      const started = new Map<string, Promise<Server>>();
      await use(kind => {
        const server = started.get(kind.name) ?? Server.start(kind, advisoryService.url);
        started.set(kind.name, server);
        return server;
      });
      await Promise.all([...started.values()].map(async server => (await server).stop()));
    },
    { scope: 'worker' }
  ],

  server: [
    async ({ servers, serverKind }, use, info) => {
      const server = await servers(serverKind);
      await use(server);
      if (info.status !== info.expectedStatus) {
        await info.attach('server.log', { body: server.log });
      }
      await server.tidy();
    },
    // The first test of a worker waits for the server to start: that is not its own time.
    { timeout: START_MS + 30_000 }
  ],

  folder: async ({ server }, use, info) => {
    await use(new Folder(server.root, info.testId.slice(-8)));
  },

  index: async ({ folder }, use) => {
    const index = await LocalIndex.start();
    folder.writeText('uv.toml', index.configuration);
    await use(index);
    await index.stop();
  },

  advisories: async ({ advisoryService }, use) => {
    advisoryService.forget();
    await use(advisoryService);
    advisoryService.forget();
  },

  lab: async ({ page, server, folder }, use) => {
    await use(new Lab(page, server, folder.name));
    await leave(page);
  },

  colleague: async ({ browser, server, folder }, use) => {
    const context = await browser.newContext();
    await use(new Lab(await context.newPage(), server, `${folder.name}-colleague`));
    await context.close();
  },

  classic: async ({ page, server, folder }, use) => {
    await use(new Classic(page, server, folder.name));
    await leave(page);
  }
});

/** The page outlives the test; what it shows must not act while the server is tidied. */
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}

export { expect } from '@playwright/test';
