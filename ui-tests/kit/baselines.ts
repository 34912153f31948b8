import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page, TestInfo } from '@playwright/test';
import { expect } from '@playwright/test';

/** Where the pictures are that others are compared with, and what drew them. */
export const BASELINES = path.resolve(__dirname, '..', 'baselines');
const RECORD = path.join(BASELINES, 'environment.json');

/** Hides what depends on how soon a kernel writes into a notebook. */
const STYLE = path.join(BASELINES, 'stable.css');

/** What decides how the same page is drawn. */
export interface Drawing {
  /** The version of Chromium. */
  chromium: string;
  /** A digest of letters as they are drawn with the fonts of this machine. */
  fonts: string;
}

/** What draws here. */
export async function drawing(page: Page): Promise<Drawing> {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 600;
    canvas.height = 160;
    const context = canvas.getContext('2d');
    const style = getComputedStyle(document.body);
    const families = ['--jp-ui-font-family', '--jp-code-font-family'];
    families.forEach((name, at) => {
      ['', 'bold ', 'italic '].forEach((kind, line) => {
        context!.font = `${kind}13px ${style.getPropertyValue(name)}`;
        context!.fillText(
          'Hamburgefonstiv 0123 … ✓ ✗ – » ·',
          2,
          20 + 25 * (3 * at + line)
        );
      });
    });
    return canvas.toDataURL();
  });
  const fonts = createHash('sha256').update(drawn).digest('hex').slice(0, 16);
  return { chromium: page.context().browser()?.version() ?? '', fonts };
}

/**
 * Compare a part of the page with its picture, where the same Chromium with the same fonts took
 * that; elsewhere nothing can be told of it, which is said, and the picture is kept.
 */
export class Baselines {
  private constructor(
    private readonly _info: TestInfo,
    private readonly _isSame: boolean
  ) {}

  /** The baselines for what draws here; `--update-snapshots` takes them anew. */
  static async of(page: Page, info: TestInfo): Promise<Baselines> {
    const here = await drawing(page);
    const isTaking = ['all', 'changed'].includes(info.config.updateSnapshots);
    if (isTaking) {
      fs.mkdirSync(BASELINES, { recursive: true });
      fs.writeFileSync(RECORD, `${JSON.stringify(here, null, 2)}\n`);
    }
    const taken = JSON.parse(fs.readFileSync(RECORD, 'utf-8')) as Drawing;
    const isSame = taken.chromium === here.chromium && taken.fonts === here.fonts;
    if (!isSame) {
      const said =
        `NOT COMPARED: the baselines were taken by Chromium ${taken.chromium} (fonts ${taken.fonts}), ` +
        `here is ${here.chromium} (${here.fonts}). Pictures are in test-results; UI_COMPARE=1 makes this a failure.`;
      process.stderr.write(`\n${said}\n`);
      info.annotations.push({ type: 'not compared', description: said });
      expect(process.env.UI_COMPARE, said).not.toBe('1');
    }
    return new Baselines(info, isSame);
  }

  /** Compare one part. */
  async compare(part: Locator, name: string): Promise<void> {
    if (this._isSame) {
      await expect.soft(part).toHaveScreenshot(`${name}.png`, {
        animations: 'disabled',
        caret: 'hide',
        scale: 'css',
        stylePath: STYLE,
        maxDiffPixelRatio: 0.0002
      });
    } else {
      const target = this._info.outputPath(`${name}.png`);
      await part.screenshot({ path: target, animations: 'disabled', scale: 'css' });
    }
  }
}
