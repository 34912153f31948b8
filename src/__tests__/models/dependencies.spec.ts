import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError } from '../../api/request';
import { DependenciesModel } from '../../models/dependencies';
import {
  FakeDocument,
  FakeLocks,
  FakeNotebooks,
  FakeServer,
  makeDependencies,
  makeJob,
  makeProblem,
  eventually
} from '../doubles';

const ROUTE = 'POST notebooks/dependencies';

function setUp(...documents: FakeDocument[]): {
  server: FakeServer;
  notebooks: FakeNotebooks;
  locks: FakeLocks;
  model: DependenciesModel;
} {
  const server = new FakeServer().on(ROUTE, makeDependencies());
  const notebooks = new FakeNotebooks(...documents);
  const locks = new FakeLocks();
  const model = new DependenciesModel(server.request, notebooks, locks, 5);
  return { server, notebooks, locks, model };
}

describe('DependenciesModel', () => {
  it('reads a notebook when it has been loaded', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    expect(model.status(document)).toBe('loading');

    await eventually(() => expect(model.state(document).kind).toBe('ready'));

    expect(model.status(document)).toBe('unlocked');
    expect(server.body(ROUTE)).toEqual({
      path: 'work/train.ipynb',
      notebook: { metadata: {}, cells: ['import pandas'] }
    });
  });

  it('asks once for many changes', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));

    for (const text of ['i', 'im', 'import numpy']) {
      document.cells = [text];
      document.contentChanged.emit();
    }
    await eventually(() => expect(server.count(ROUTE)).toBe(2));

    expect(server.body(ROUTE)).toMatchObject({ notebook: { cells: ['import numpy'] } });
  });

  it('does not ask again when nothing but outputs has changed', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());

    document.contentChanged.emit();
    await vi.advanceTimersByTimeAsync(1000);

    expect(server.count(ROUTE)).toBe(1);
  });

  it('reads a hidden notebook only when it comes to the front', async () => {
    const front = new FakeDocument('front.ipynb');
    const hidden = new FakeDocument('hidden.ipynb');
    hidden.isVisible = false;
    const { server, notebooks, model } = setUp(front, hidden);
    await eventually(() => expect(model.state(front).kind).toBe('ready'));
    expect(server.count(ROUTE)).toBe(1);

    notebooks.activate(hidden);

    await eventually(() => expect(model.state(hidden).kind).toBe('ready'));
  });

  it('keeps what it knew beside the problem when reading fails', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));
    const problem = makeProblem({ code: 'lock.index-unreachable' });
    server.on(ROUTE, () => Promise.reject(new ApiError(problem, 502)));

    await model.refresh(document);

    expect(model.state(document)).toEqual({
      kind: 'error',
      problem,
      dependencies: makeDependencies()
    });
    expect(model.status(document)).toBe('error');
  });

  it('drops an answer that was overtaken', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));
    let answerFirst: (value: unknown) => void = () => undefined;
    server.on(ROUTE, () => new Promise(resolve => (answerFirst = resolve)));
    const first = model.refresh(document);
    await eventually(() => expect(server.count(ROUTE)).toBe(2));
    server.on(ROUTE, makeDependencies({ status: 'fresh' }));
    await model.refresh(document);

    answerFirst(makeDependencies({ status: 'stale' }));
    await first;

    expect(model.status(document)).toBe('fresh');
  });

  it('says that a notebook is being locked while its job is active', async () => {
    const document = new FakeDocument();
    const { locks, model } = setUp(document);

    locks.job = makeJob({ key: document.path });

    expect(model.status(document)).toBe('locking');
  });

  it('applies the edit of changed requirements and reads again', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    server.on('POST notebooks/requirements', {
      edit: { metadata: { requirements: '{"packages":{"pandas":"*"}}' } }
    });

    const outcome = await model.edit(document, { add: [{ name: 'pandas' }] });

    expect(outcome).toBe('applied');
    expect(document.metadata).toEqual({ requirements: '{"packages":{"pandas":"*"}}' });
    expect(server.body('POST notebooks/requirements')).toMatchObject({
      path: 'work/train.ipynb',
      add: [{ name: 'pandas' }]
    });
    expect(server.body(ROUTE)).toMatchObject({
      notebook: { metadata: document.metadata }
    });
  });

  it('refuses the edit when the requirements have changed while it was asked for', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    server.on('POST notebooks/requirements', () => {
      document.metadata = { requirements: 'newer' };
      return { edit: { metadata: { requirements: 'older' } } };
    });

    const outcome = await model.edit(document, { remove: ['pandas'] });

    expect(outcome).toBe('refused');
    expect(document.metadata).toEqual({ requirements: 'newer' });
  });

  it('forgets a notebook that was closed', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));

    document.dispose();
    await model.refresh(document);

    expect(server.count(ROUTE)).toBe(1);
    expect(model.state(document).kind).toBe('loading');
  });

  it('asks for the runtime environments of the notebook', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp(document);
    const targets = { path: '.thoth.yaml', environments: [], problems: [] };
    server.on('GET notebooks/targets', targets);

    await expect(model.targets(document)).resolves.toEqual(targets);
  });
});
