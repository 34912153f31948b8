import { defineConfig } from '@playwright/test';
import type { Options } from './kit/test';

/** Chromium as a container's root user can start it, and without calls of its own. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  snapshotPathTemplate: 'baselines/{arg}{ext}',
  // Each worker has a server of its own; more would only wait for each other.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  // A browser on a busy machine may miss a beat; what fails twice has failed.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    // JupyterLab's scripts stay in the browser's cache; cookies, storage and pages do not stay.
    reuseContext: true,
    // Recording costs a third of the time: UI_TRACE=1 where a failure needs it.
    trace: process.env.UI_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM_ARGUMENTS
    }
  }
});
