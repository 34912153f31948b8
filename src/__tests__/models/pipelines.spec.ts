import { describe, expect, it } from 'vitest';
import { PipelinesModel } from '../../models/pipelines';
import { ProjectFiles } from '../../models/projectFiles';
import type { PipelineEntry, PipelineRun } from '../../pipelineTokens';
import { SUBMIT_JOB } from '../../pipelineTokens';
import { eventually, FakeJobs, FakeServer, makeProblem } from '../doubles';
import { FakeStore } from '../environmentDoubles';
import { makeDraft, makeEntry, makeRun, makeRunJob } from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';
const INDEX = 'https://index.example.org/simple';
const CHOICE = {
  onlyChanged: true,
  fromStep: 'train',
  parameters: { rate: '0.5' },
  trusted: [INDEX]
};

class Setting {
  readonly server = new FakeServer();
  readonly jobs = new FakeJobs();
  readonly kept = new Map<string, string>();
  readonly store = new FakeStore();
  entries: PipelineEntry[] = [makeEntry(), makeEntry({ path: 'other.pipeline' })];
  listed: PipelineRun[] = [];

  constructor() {
    this.server
      .on('GET pipelines', () => ({ pipelines: this.entries }))
      .on('GET pipelines/runs', () => ({ runs: this.listed }));
  }

  model(): PipelinesModel {
    return new PipelinesModel(this.server.request, this.jobs, {
      pauseMs: 1,
      remotePauseMs: 2,
      files: new ProjectFiles(this.store),
      storage: {
        getItem: key => this.kept.get(key) ?? null,
        setItem: (key, value) => void this.kept.set(key, value)
      }
    });
  }
}

describe('pipelines', () => {
  it('are read with the runs of the first, until another is chosen and kept', async () => {
    const setting = new Setting();
    setting.listed = [makeRun()];
    const model = setting.model();
    expect(model.current).toBeNull();

    await model.refresh();

    expect(model.current?.path).toBe(PATH);
    expect(model.shown?.run).toBe('r1');
    model.choose('other.pipeline');
    expect(model.runs.kind).not.toBe('ready');
    await eventually(() => expect(model.runs.kind).toBe('ready'));
    const again = setting.model();
    await again.refresh();
    expect(again.current?.path).toBe('other.pipeline');
  });

  it('show the one that runs where none was chosen', async () => {
    const setting = new Setting();
    setting.jobs.jobs = [makeRunJob({ key: 'other.pipeline' })];
    const model = setting.model();

    await model.refresh();

    expect(model.current?.path).toBe('other.pipeline');
  });

  it('have no runs where there are no pipelines', async () => {
    const setting = new Setting();
    setting.entries = [];
    const model = setting.model();

    await model.refresh();

    expect(model.current).toBeNull();
    expect(model.runs.kind).toBe('idle');
    expect(setting.server.count('GET pipelines/runs')).toBe(0);
  });

  it('are run with what was chosen, and the newest run is shown', async () => {
    const setting = new Setting();
    setting.listed = [makeRun(), makeRun({ run: 'r0' })];
    setting.server.on('POST pipelines/runs', makeRunJob());
    const model = setting.model();
    await model.refresh();
    model.show('r0');
    expect(model.shown?.run).toBe('r0');

    await model.run(PATH, CHOICE);

    expect(model.shown?.run).toBe('r1');
    expect(model.activeJob(PATH)?.job_id).toBe('job-1');
    expect(setting.server.body('POST pipelines/runs')).toMatchObject({
      path: PATH,
      only_changed: true,
      from_step: 'train',
      parameters: { rate: '0.5' }
    });
  });

  it('tell why a job failed that came to no run, and not of one that did', () => {
    const setting = new Setting();
    const model = setting.model();
    const error = makeProblem({ code: 'run.going-on' });
    setting.jobs.track(makeRunJob({ state: 'failed', error }));
    expect(model.failure(PATH)?.error).toEqual(error);

    const details = { run: 'r1' };
    setting.jobs.track(makeRunJob({ state: 'failed', error: makeProblem({ details }) }));

    expect(model.failure(PATH)).toBeNull();
  });
});

describe('making pipelines', () => {
  const choice = {
    names: ['a.ipynb'],
    path: ' b.pipeline ',
    order: 'files',
    image: ' example.org/a:v1 '
  } as const;

  it('shows them before, and looks at the one that was written', async () => {
    const setting = new Setting();
    const draft = makeDraft();
    setting.server.on('POST pipelines/drafts', draft).on('POST pipelines', draft);
    const model = setting.model();

    expect(await model.draft(choice)).toBe(draft);
    await model.create(choice, 'rev');

    const names = ['a.ipynb'];
    const image = 'example.org/a:v1';
    const body = { names, path: 'b.pipeline', order: 'files', image };
    expect(setting.server.body('POST pipelines/drafts')).toMatchObject(body);
    const written = { ...body, revision: 'rev' };
    expect(setting.server.body('POST pipelines')).toMatchObject(written);
    await eventually(() => expect(model.current?.path).toBe(PATH));
  });

  it('brings older ones to the present version, first as a preview', async () => {
    const setting = new Setting();
    setting.server.on('POST pipelines/imports', makeDraft());
    const model = setting.model();
    await model.previewImport(PATH);
    expect(setting.server.body('POST pipelines/imports')).toMatchObject({ write: false });

    await model.import(PATH, 'rev');

    const written = { path: PATH, write: true, revision: 'rev' };
    expect(setting.server.body('POST pipelines/imports')).toMatchObject(written);
  });

  it('checks them, until the user has seen enough or looks at another', async () => {
    const setting = new Setting();
    setting.server.on('POST pipelines/validations', { valid: true, findings: [] });
    const model = setting.model();
    await model.refresh();
    await model.check(PATH);
    expect(model.report.kind).toBe('ready');
    model.forgetReport();
    expect(model.report.kind).toBe('idle');
    await model.check(PATH);

    model.choose('other.pipeline');

    expect(model.report.kind).toBe('idle');
  });
});

describe('a run that goes on', () => {
  it('is read again while somebody looks, by itself, until it ends', async () => {
    const setting = new Setting();
    const before = makeRun({ run: 'r0' });
    setting.listed = [makeRun({ state: 'running' }), before];
    let asked = 0;
    setting.server.on('GET pipelines/runs/r1', () => {
      asked += 1;
      return makeRun({ state: asked < 3 ? 'running' : 'succeeded' });
    });
    const model = setting.model();

    model.watch(true);

    await eventually(() => expect(model.shown?.state).toBe('succeeded'));
    expect(asked).toBe(3);
    expect(setting.server.count('GET pipelines/runs')).toBe(1);
    expect(model.runs).toMatchObject({ kind: 'ready', answer: [{ run: 'r1' }, before] });
    model.watch(false);
  });

  it('is read when its job says something, but not while nobody looks', async () => {
    const setting = new Setting();
    const model = setting.model();
    await model.refresh();
    setting.jobs.track(makeRunJob({ state: 'succeeded' }));
    expect(setting.server.count('GET pipelines/runs')).toBe(1);
    model.watch(true);
    await eventually(() => expect(setting.server.count('GET pipelines/runs')).toBe(2));
    setting.listed = [makeRun()];

    setting.jobs.track(makeRunJob({ job_id: 'job-2', state: 'succeeded' }));

    await eventually(() => expect(model.shown?.run).toBe('r1'));
    model.watch(false);
  });

  it('is stopped, compared and its logs read by its name and its pipeline', async () => {
    const setting = new Setting();
    setting.server
      .on('DELETE pipelines/runs/r1', makeRun())
      .on('GET pipelines/runs/r1/comparison', { same: true })
      .on('GET pipelines/runs/r1/steps/a%20b/log', { lines: ['x'] });
    const model = setting.model();
    await model.refresh();

    await model.cancel(PATH, 'r1');
    await model.compare(PATH, 'r0', 'r1');
    await model.readLog(makeRun(), 'a b', 7);

    const queries = setting.server.asked.slice(-3).map(({ request }) => request.query);
    expect(queries).toEqual([
      { path: PATH },
      { path: PATH, with: 'r0' },
      { path: PATH, offset: 7 }
    ]);
    expect(setting.server.count('DELETE pipelines/runs/r1')).toBe(1);
  });
});

describe('a run elsewhere', () => {
  const remote = (change: Partial<PipelineRun> = {}): PipelineRun =>
    makeRun({ run: 'k1', kind: 'kubeflow', state: 'running', ...change });

  it('is followed to its end, also beneath a run here, unless nobody knows how it is', async () => {
    const setting = new Setting();
    const airflow = remote({ run: 'a1', kind: 'airflow', state: 'unknown' });
    setting.listed = [makeRun({ state: 'running' }), remote(), airflow];
    let asked = 0;
    setting.server
      .on('GET pipelines/runs/r1', makeRun())
      .on('GET pipelines/runs/k1', () => {
        asked += 1;
        return remote({ state: asked < 3 ? 'running' : 'failed' });
      });
    const model = setting.model();

    model.watch(true);

    await eventually(() =>
      expect(model.runs).toMatchObject({
        answer: [{ state: 'succeeded' }, { state: 'failed' }, { state: 'unknown' }]
      })
    );
    expect(setting.server.count('GET pipelines/runs/a1')).toBe(0);
    expect(setting.server.count('GET pipelines/runs')).toBe(1);
    model.watch(false);
  });

  it('does not keep a run that begins here from being seen', async () => {
    const setting = new Setting();
    setting.listed = [remote()];
    setting.server
      .on('GET pipelines/runs/k1', remote())
      .on('GET pipelines/runs/r1', makeRun());
    const model = setting.model();
    model.watch(true);
    await eventually(() => expect(model.shown?.run).toBe('k1'));

    setting.listed = [makeRun({ state: 'running' }), remote()];
    setting.jobs.track(makeRunJob());

    await eventually(() => expect(model.shown?.run).toBe('r1'));
    model.watch(false);
  });

  it('is submitted, tried again and asked for its files', async () => {
    const setting = new Setting();
    const job = makeRunJob({ kind: SUBMIT_JOB });
    setting.server
      .on('POST pipelines/submissions', job)
      .on('POST pipelines/runs/k1/retries', remote())
      .on('GET pipelines/runs/k1/outputs', { run: 'k1', url: null, files: [] });
    const model = setting.model();
    await model.refresh();
    const choice = { runtime: 'my_kfp', parameters: { a: '1' }, secret: ' keys ' };

    await model.submit(PATH, choice);

    expect(model.submission(PATH)?.job_id).toBe(job.job_id);
    expect(model.activeJob(PATH)).toBeNull();
    expect(setting.server.body('POST pipelines/submissions')).toMatchObject({
      ...choice,
      path: PATH,
      secret: 'keys'
    });
    await model.submit(PATH, { ...choice, secret: '' });
    expect(setting.server.body('POST pipelines/submissions')).toMatchObject({
      secret: null
    });
    await model.retry(PATH, 'k1');
    expect((await model.outputs(PATH, 'k1')).files).toEqual([]);

    const error = makeProblem({ message: 'Nobody answers.' });
    setting.jobs.track(makeRunJob({ kind: SUBMIT_JOB, state: 'failed', error }));
    expect(model.failure(PATH)?.error?.message).toBe('Nobody answers.');
    expect(model.submission(PATH)).toBeNull();
  });

  it('is looked at when it has been submitted', async () => {
    const setting = new Setting();
    const model = setting.model();
    model.watch(true);
    await eventually(() => expect(model.runs.kind).toBe('ready'));
    setting.listed = [remote({ kind: 'airflow', state: 'unknown' })];

    setting.jobs.track(makeRunJob({ kind: SUBMIT_JOB, state: 'succeeded' }));

    await eventually(() => expect(model.shown?.run).toBe('k1'));
    model.watch(false);
  });
});

it('Elyra is asked what it finds where somebody wants that', async () => {
  const setting = new Setting();
  setting.server.on('POST pipelines/validations', { valid: true, findings: [] });
  const model = setting.model();

  await model.check(PATH, true);

  expect(setting.server.body('POST pipelines/validations')).toEqual({
    path: PATH,
    elyra: true
  });
});
