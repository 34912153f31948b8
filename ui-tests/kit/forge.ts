import type { Page, Route } from '@playwright/test';

/** What the server is made to say of a forge. */
const BASE = '**/aidevsecops-ext/releases';
const WEB = 'https://git.example.org/jo/churn';
const CREATED = '2026-11-20T10:00:00Z';

/** An issue as the server tells of it. */
function issue(number: number, title: string): Record<string, unknown> {
  const url = `${WEB}/issues/${number}`;
  return { number, title, author: 'jo', url, is_open: true, created_at: CREATED };
}

/**
 * A forge that the server seems to know of the repository `churn`: nothing but git runs on this
 * machine, and what the server makes of real answers is tested there.
 */
export class Forge {
  private constructor(private readonly _repository: string) {}

  /** Have the page believe in one, with an issue that a bot has answered. */
  static async pretend(page: Page, repository: string): Promise<Forge> {
    const forge = new Forge(repository);
    await page.route(`${BASE}/builds?*`, route => forge._answer(route, forge._builds()));
    await page.route(`${BASE}/requests?*`, route => forge._requests(route));
    await page.route(`${BASE}/requests/*`, route =>
      forge._answer(route, forge._followed())
    );
    return forge;
  }

  /** The titles of the issues that were opened. */
  readonly opened: string[] = [];

  private _answer(route: Route, json: object): Promise<void> {
    return route.fulfill({ json: { repository: this._repository, ...json } });
  }

  private _builds(): object {
    return {
      forge: WEB,
      tag: 'v1.2.0',
      commit: 'c0ffee',
      builds: [
        { name: 'ci / test (3.12)', state: 'passed', url: `${WEB}/ci/1` },
        { name: 'image of overlays/training', state: 'failed', url: `${WEB}/ci/2` },
        { name: 'docs', state: 'running', url: '' }
      ],
      note: '',
      wants_token: false
    };
  }

  private _requests(route: Route): Promise<void> {
    const request = route.request();
    if (request.method() === 'GET') {
      const opened = this.opened.map((title, index) => issue(9 + index, title));
      return this._answer(route, {
        requests: [issue(7, 'New patch release'), ...opened]
      });
    }
    const asked = request.postDataJSON() as { dry_run: boolean; tag: string };
    const title = asked.tag ? 'Deliver Container Image' : 'Kebechet update';
    if (!asked.dry_run) {
      this.opened.push(title);
    }
    return this._answer(route, {
      dry_run: asked.dry_run,
      title,
      body: `Hey, AICoE-CI!\n\n${asked.tag ? `Tag: ${asked.tag}` : ''}`,
      labels: ['bot'],
      assignees: ['sesheta'],
      template: '',
      forge: WEB,
      is_open_already: false,
      issue: asked.dry_run ? null : issue(9, title)
    });
  }

  private _followed(): object {
    return {
      ...issue(7, 'New patch release'),
      comments: [{ author: 'kebechet', body: 'On it.', created_at: CREATED }],
      pull_request: {
        number: 8,
        title: 'Release of version 1.2.1',
        url: `${WEB}/pulls/8`,
        state: 'open',
        merge_commit: null
      },
      tag: '',
      builds: []
    };
  }
}
