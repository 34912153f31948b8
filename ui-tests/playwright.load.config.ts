import { defineConfig } from '@playwright/test';
import type { Options } from './kit/test';
import base from './playwright.config';

/** The measurements of the benchmarks: one after the other, and none of them twice. */
export default defineConfig<Options>({
  ...base,
  testDir: 'load',
  workers: 1,
  retries: 0,
  timeout: 600_000
});
