import * as path from 'node:path';
import { test } from '@playwright/test';

/** Where a picture goes that the animation of the README is made of. */
export function frame(name: string): string {
  return path.resolve(test.info().outputDir, `${name}.png`);
}

/** Where pictures go; `UI_IMAGES=../docs/images` makes those of the documentation anew. */
export function picture(name: string): string {
  return path.resolve(process.env.UI_IMAGES ?? test.info().outputDir, `${name}.png`);
}
