import { describe, expect, it } from 'vitest';
import { EnginesModel, fits } from '../../models/engines';
import { ProjectFiles } from '../../models/projectFiles';
import type { IFileChoice } from '../../pipelineTokens';
import type { Job } from '../../tokens';
import { eventually, FakeJobs, FakeServer, makeProblem } from '../doubles';
import { FakeStore } from '../environmentDoubles';
import {
  makeEntry,
  makeExport,
  makeImage,
  makeRunJob,
  makeRuntime
} from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';
const CHOICE: IFileChoice = {
  runtime: 'my_kfp',
  parameters: { rate: '1' },
  secret: ' keys ',
  format: 'py',
  out: ' deploy/churn.py '
};

class Setting {
  readonly server = new FakeServer();
  readonly jobs = new FakeJobs();
  readonly store = new FakeStore();
  readonly model = new EnginesModel(
    this.server.request,
    this.jobs,
    new ProjectFiles(this.store)
  );
}

describe('runtime configurations', () => {
  it('are read, added with their secrets apart, and tested by name', async () => {
    const { server, model } = new Setting();
    server
      .on('GET runtimes', { runtimes: [makeRuntime()] })
      .on('POST runtimes', makeRuntime({ name: 'new' }))
      .on('POST runtimes/tests', { name: 'new', passed: true, checks: [] });
    expect(model.runtimes.kind).toBe('idle');
    await model.readRuntimes();
    expect(model.runtimes).toMatchObject({ answer: [{ name: 'my_kfp' }] });
    expect(await model.findRuntimes()).toHaveLength(1);

    const wanted = { name: 'New', kind: 'kfp', settings: {}, secrets: {}, force: false };
    const added = await model.add({ ...wanted, kind: 'kfp' });
    expect(model.tested(added.name).kind).toBe('idle');
    await model.test(added.name);
    await model.test(added.name);

    expect(server.body('POST runtimes')).toEqual(wanted);
    expect(server.body('POST runtimes/tests')).toEqual({ name: 'new' });
    expect(model.tested('new')).toMatchObject({
      kind: 'ready',
      answer: { passed: true }
    });
    await eventually(() => expect(server.count('GET runtimes')).toBe(3));
  });

  it.each([
    ['', 'kfp', true],
    ['', 'airflow', true],
    ['KUBEFLOW_PIPELINES', 'kfp', true],
    ['KUBEFLOW_PIPELINES', 'airflow', false],
    ['APACHE_AIRFLOW', 'kfp', false]
  ] as const)('fit a pipeline for its engine: %s on %s', (type, kind, isFit) => {
    const entry = makeEntry({ runtime_type: type });

    expect(fits(entry, makeRuntime({ kind }))).toBe(isFit);
  });
});

it('images are listed, and registered of overlays', async () => {
  const { server, model } = new Setting();
  server
    .on('GET runtime-images', { images: [makeImage()] })
    .on('POST runtime-images', makeImage())
    .on('GET overlays', { overlays: [{ folder: 'overlays/train' }], problems: [] });
  await model.readImages();
  expect(model.images).toMatchObject({ answer: [{ name: 'train' }] });

  expect(await model.overlays()).toEqual(['overlays/train']);
  await model.register({
    overlay: 'overlays/train',
    image: null,
    name: '',
    description: '',
    pull_policy: null,
    pull_secret: '',
    force: false
  });

  expect(server.body('POST runtime-images')).toMatchObject({ overlay: 'overlays/train' });
});

describe('an export', () => {
  const job = makeRunJob({ kind: 'export-pipeline', job_id: 'e1' });

  it('is followed until its file is there', async () => {
    const { server, jobs, model } = new Setting();
    server.on('POST pipelines/exports', job);
    const seen: string[] = [];
    const onProgress = ({ state }: Job): void => void seen.push(state);
    const made = model.export(PATH, CHOICE, {
      onProgress,
      signal: new AbortController().signal
    });
    await eventually(() => expect(jobs.get('e1')).toBeTruthy());
    jobs.track(makeRunJob({ job_id: 'other' }));
    jobs.results.set('e1', { ...job, state: 'succeeded', result: makeExport() });
    jobs.track({ ...job, state: 'succeeded' });

    expect((await made).path).toBe('work/churn.yaml');
    expect(server.body('POST pipelines/exports')).toMatchObject({
      path: PATH,
      runtime: 'my_kfp',
      secret: 'keys',
      out: 'deploy/churn.py',
      format: 'py',
      parameters: { rate: '1' }
    });
    expect(seen).toContain('succeeded');
  });

  it('is stopped when nobody waits for it, and tells why it failed', async () => {
    const { server, jobs, model } = new Setting();
    server.on('POST pipelines/exports', job);
    const stop = new AbortController();
    const made = model.export(
      PATH,
      { ...CHOICE, secret: '', out: '' },
      { onProgress: () => undefined, signal: stop.signal }
    );
    const failed = expect(made).rejects.toMatchObject({
      problem: { message: 'Elyra is not installed.' }
    });
    await eventually(() => expect(jobs.get('e1')).toBeTruthy());

    stop.abort();
    const error = makeProblem({ message: 'Elyra is not installed.' });
    jobs.track({ ...job, state: 'failed', error });

    await failed;
    expect(jobs.cancelled).toEqual(['e1']);
    expect(server.body('POST pipelines/exports')).toMatchObject({
      secret: null,
      out: null
    });
  });

  it('is stopped also where nobody waits already', async () => {
    const { server, jobs, model } = new Setting();
    server.on('POST pipelines/exports', { ...job, state: 'cancelled' });

    const made = model.export(PATH, CHOICE, {
      onProgress: () => undefined,
      signal: AbortSignal.abort()
    });

    await expect(made).rejects.toMatchObject({ problem: { code: 'job.cancelled' } });
    expect(jobs.cancelled).toEqual(['e1']);
  });

  it('is written where it was said to be, but over nothing that came meanwhile', async () => {
    const { store, model } = new Setting();
    await model.write(makeExport());
    expect(store.entries['work/churn.yaml']).toBe('kind: Workflow\n');

    await expect(model.write(makeExport({ text: 'other' }))).rejects.toMatchObject({
      problem: { code: 'export.files-changed' }
    });
    await model.write(makeExport({ state: 'unchanged', text: 'other' }));
    expect(store.entries['work/churn.yaml']).toBe('kind: Workflow\n');
    await model.write(makeExport({ state: 'replaced', text: 'other' }));
    expect(store.entries['work/churn.yaml']).toBe('other');
  });
});
