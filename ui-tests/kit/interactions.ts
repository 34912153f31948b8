import type { CDPSession, Page } from '@playwright/test';
import * as fs from 'node:fs';

/** What one interaction took, in milliseconds. */
export interface Taken {
  /** From the event until the next picture that shows what it did, of the slowest of its events. */
  response: number;
  /** The longest task of the page meanwhile. */
  task: number;
}

/** What the page notes of itself. */
interface Noted {
  events: { id: number; name: string; duration: number }[];
  tasks: number[];
}

/** Below that the browser does not tell how long an event took. */
const THRESHOLD = 16;

/** Measures how long a page takes to answer clicks and keys, as the browser itself counts that. */
export class Interactions {
  private constructor(
    private readonly _page: Page,
    private readonly _session: CDPSession
  ) {}

  /** Have every document that the page loads from now on note its events and long tasks. */
  static async of(page: Page): Promise<Interactions> {
    await page.addInitScript(threshold => {
      const noted: Noted = { events: [], tasks: [] };
      Object.assign(window, { noted });
      new PerformanceObserver(list => {
        for (const entry of list.getEntries() as PerformanceEventTiming[]) {
          const { interactionId } = entry as unknown as { interactionId: number };
          if (interactionId) {
            const { name, duration } = entry;
            noted.events.push({ id: interactionId, name, duration });
          }
        }
      }).observe({
        type: 'event',
        durationThreshold: threshold
      } as PerformanceObserverInit);
      new PerformanceObserver(list =>
        list.getEntries().forEach(({ duration }) => noted.tasks.push(duration))
      ).observe({ type: 'longtask' });
    }, THRESHOLD);
    return new Interactions(page, await page.context().newCDPSession(page));
  }

  /**
   * Do something, and tell what it took; `UI_PROFILE` names a folder for a profile of each.
   */
  async measure(name: string, act: () => Promise<void>): Promise<Taken> {
    await this._settle();
    await this._page.evaluate(() => {
      const { noted } = window as unknown as { noted: Noted };
      noted.events.length = noted.tasks.length = 0;
    });
    const folder = process.env.UI_PROFILE;
    if (folder) {
      await this._session.send('Profiler.enable');
      await this._session.send('Profiler.start');
    }
    await act();
    await this._settle();
    if (folder) {
      const { profile } = await this._session.send('Profiler.stop');
      fs.mkdirSync(folder, { recursive: true });
      const file = `${folder}/${name.replace(/\W+/g, '-')}.cpuprofile`;
      fs.writeFileSync(file, JSON.stringify(profile));
    }
    const { events, tasks } = await this._page.evaluate(
      () => (window as unknown as { noted: Noted }).noted
    );
    return {
      response: Math.max(THRESHOLD, ...events.map(({ duration }) => duration)),
      task: Math.max(0, ...tasks)
    };
  }

  /** Wait until the page has nothing to do, and has told what it did. */
  private async _settle(): Promise<void> {
    await this._page.evaluate(async () => {
      for (let quiet = 0; quiet < 3;) {
        const started = performance.now();
        await new Promise(resolve => requestIdleCallback(resolve));
        await new Promise(resolve => requestAnimationFrame(resolve));
        quiet = performance.now() - started < 40 ? quiet + 1 : 0;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    });
  }
}
