import type { Page, Route } from '@playwright/test';

const BASE = '**/aidevsecops-ext/pipelines';
const RUN = 'churn-1121-k1';
const WEB = 'https://kfp.example.org/pipeline';

type State = 'running' | 'succeeded' | 'cancelled';

function step(name: string, change: object): object {
  return {
    id: name,
    name,
    file: `${name}.ipynb`,
    upstream: name === 'train' ? ['load'] : [],
    cached: false,
    reason: '',
    where: 'registry.example.org/team/notebook:v1',
    started_at: null,
    seconds: null,
    cell: 0,
    cell_count: 0,
    notebook: null,
    log: null,
    outputs: [],
    error: null,
    notes: [],
    ran_in: null,
    ...change
  };
}

/**
 * A cluster that the server seems to hand pipelines to: there is no engine on this machine, and what
 * the server makes of a real one's answers is tested there.
 */
export class Cluster {
  private constructor(private readonly _pipeline: string) {}

  /** Have the page believe in one that has a pipeline run, once that is submitted. */
  static async pretend(page: Page, pipeline: string): Promise<Cluster> {
    const cluster = new Cluster(pipeline);
    const routes: [string, (route: Route) => Promise<void>][] = [
      [`${BASE}/runs?*`, route => route.fulfill({ json: { runs: cluster._runs() } })],
      [`${BASE}/runs/${RUN}?*`, route => cluster._answerRun(route)],
      [`${BASE}/runs/${RUN}/retries?*`, route => cluster._become(route, 'running')],
      [`${BASE}/runs/${RUN}/outputs?*`, route => cluster._answerOutputs(route)],
      [`${BASE}/runs/${RUN}/steps/load/log?*`, route => cluster._answerLog(route)],
      [`${BASE}/submissions*`, route => cluster._submit(route)]
    ];
    for (const [address, answer] of routes) {
      await page.route(address, answer);
    }
    return cluster;
  }

  /** What was asked to be submitted. */
  readonly submitted: unknown[] = [];

  /** Let the run be at its end when it is next asked for. */
  finish(): void {
    this._next = 'succeeded';
  }

  private async _submit(route: Route): Promise<void> {
    this.submitted.push(route.request().postDataJSON());
    this._state = 'running';
    await route.fulfill({
      status: 202,
      json: {
        job_id: 'submission',
        url: '/aidevsecops-ext/jobs/submission',
        kind: 'submit-pipeline',
        key: this._pipeline,
        title: 'Submit churn.pipeline',
        state: 'succeeded',
        created_at: 1,
        started_at: 1,
        ended_at: 2,
        progress: null,
        result: null,
        error: null
      }
    });
  }

  private _answerRun(route: Route): Promise<void> {
    if (route.request().method() === 'DELETE') {
      return this._become(route, 'cancelled');
    }
    this._state = this._next ?? this._state;
    return route.fulfill({ json: this._run() });
  }

  private _become(route: Route, state: State): Promise<void> {
    this._state = state;
    return route.fulfill({ status: 202, json: this._run() });
  }

  private _answerOutputs(route: Route): Promise<void> {
    const modified = '2026-11-21T20:00:00Z';
    const files = [
      { name: 'load.ipynb', size: 5120, modified },
      { name: 'numbers.txt', size: 5, modified }
    ];
    return route.fulfill({ json: { run: RUN, url: null, files } });
  }

  private _answerLog(route: Route): Promise<void> {
    const log = { lines: ['loaded 3 numbers'], next_offset: 1, complete: true };
    return route.fulfill({ json: log });
  }

  private _runs(): object[] {
    return this._state === null ? [] : [this._run()];
  }

  private _run(): object {
    const state = this._state ?? 'running';
    const isOver = state !== 'running';
    const train = { running: 'running', succeeded: 'succeeded', cancelled: 'cancelled' };
    return {
      run: RUN,
      pipeline: this._pipeline,
      name: 'churn',
      kind: 'kubeflow',
      state,
      folder: 'runs/churn/1',
      steps: [
        step('load', { state: 'succeeded', started_at: 1000, seconds: 31 }),
        step('train', { state: train[state], started_at: 1031 })
      ],
      started_at: 1000,
      ended_at: isOver ? 1060 : null,
      seconds: isOver ? 60 : null,
      parameters: {},
      only_changed: false,
      from_step: null,
      error: null,
      notes: [],
      links: { run: `${WEB}/#/runs/details/1`, storage: 'https://minio.example.org/runs' }
    };
  }

  private _state: State | null = null;
  private _next: State | null = null;
}
