import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import { KernelChecks } from '../../models/kernelChecks';
import {
  eventually,
  FakeDocument,
  FakeNotebooks,
  FakeServer,
  makeProblem
} from '../doubles';
import { FakeRunning, makeCheck } from '../kernelDoubles';

const ROUTE = 'POST notebooks/kernels';
const LOCKED = { requirements_lock: '{"default":{}}' };

function setUp(...documents: FakeDocument[]): {
  server: FakeServer;
  running: FakeRunning;
  notebooks: FakeNotebooks;
  checks: KernelChecks;
} {
  const server = new FakeServer().on(ROUTE, makeCheck());
  const running = new FakeRunning();
  const notebooks = new FakeNotebooks(...documents);
  const checks = new KernelChecks(server.request, notebooks, running, 0);
  return { server, running, notebooks, checks };
}

/** Let everything happen that is due. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setTimeout(resolve));
  }
}

describe('KernelChecks', () => {
  it('compares the kernel that runs, without sending the cells', async () => {
    const document = new FakeDocument('work/train.ipynb', {
      ...LOCKED,
      kernelspec: { name: 'another' }
    });
    const { server, running, checks } = setUp(document);

    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('ready'));

    expect(server.body(ROUTE)).toEqual({
      path: 'work/train.ipynb',
      notebook: {
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {
          kernelspec: { name: 'python3', display_name: 'Python (python3)' },
          ...LOCKED
        },
        cells: []
      }
    });
    expect(checks.difference(document)).toEqual(makeCheck());
  });

  it('asks nobody where there is no lock or no kernel', async () => {
    const unlocked = new FakeDocument('a.ipynb');
    const idle = new FakeDocument('b.ipynb', LOCKED);
    const { server, running, checks } = setUp(unlocked, idle);

    running.start(unlocked, 'python3');
    idle.contentChanged.emit();
    await settle();

    expect(server.asked).toEqual([]);
    expect(checks.state(idle)).toEqual({ kind: 'none' });
  });

  it('does not ask again while lock and kernel stay as they are', async () => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { server, running, checks } = setUp(document);
    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('ready'));

    document.cells.push('import numpy');
    document.contentChanged.emit();
    document.metadata = { ...document.metadata, custom: 1 };
    document.contentChanged.emit();
    running.start(document, 'python3');
    await settle();

    expect(server.count(ROUTE)).toBe(1);
  });

  it('does not ask again what could not be answered', async () => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { server, running, checks } = setUp(document);
    server.on(ROUTE, () => {
      throw new ApiError(makeProblem(), 502);
    });

    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('error'));
    document.contentChanged.emit();
    await settle();

    expect(server.count(ROUTE)).toBe(1);
    expect(checks.difference(document)).toBeNull();
  });

  it.each([
    [
      'another lock',
      (document: FakeDocument) => {
        document.metadata = { requirements_lock: '{"default":{"numpy":{}}}' };
        document.contentChanged.emit();
      }
    ],
    [
      'another kernel',
      (document: FakeDocument, running: FakeRunning) => running.start(document, 'train')
    ],
    [
      'the same kernel started anew',
      (document: FakeDocument, running: FakeRunning) =>
        running.start(document, 'python3', 'another-id')
    ]
  ])('asks again for %s', async (_, change) => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { server, running } = setUp(document);
    running.start(document, 'python3');
    await eventually(() => expect(server.count(ROUTE)).toBe(1));

    change(document, running);

    await eventually(() => expect(server.count(ROUTE)).toBe(2));
  });

  it('forgets the answer when the kernel is gone', async () => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { running, checks } = setUp(document);
    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('ready'));

    running.start(document, null);

    await eventually(() => expect(checks.state(document).kind).toBe('none'));
  });

  it('waits with a notebook that is out of sight until it is in front', async () => {
    const front = new FakeDocument('a.ipynb');
    const behind = new FakeDocument('b.ipynb', LOCKED);
    behind.isVisible = false;
    const { server, running, notebooks } = setUp(front, behind);

    running.start(behind, 'python3');
    await settle();
    expect(server.count(ROUTE)).toBe(0);
    notebooks.activate(behind);

    await eventually(() => expect(server.count(ROUTE)).toBe(1));
  });

  it('drops an answer that was overtaken', async () => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { server, running, checks } = setUp(document);
    let answer: (value: unknown) => void = () => undefined;
    server.on(ROUTE, () => new Promise(resolve => (answer = resolve)));
    running.start(document, 'python3');
    await eventually(() => expect(server.count(ROUTE)).toBe(1));
    const late = answer;
    server.on(ROUTE, makeCheck({ matches: true, differences: [] }));

    await checks.refresh(document);
    late(makeCheck());
    await settle();

    expect(checks.difference(document)).toBeNull();
  });

  it.each([
    [makeCheck({ matches: true, state: 'stale' }), false],
    [makeCheck({ matches: null }), false],
    [makeCheck({ matches: null, state: 'broken' }), true],
    [makeCheck({ matches: false }), true]
  ])('tells whether %j is worth a warning', async (check, isWorth) => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { server, running, checks } = setUp(document);
    server.on(ROUTE, check);

    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('ready'));

    expect(checks.difference(document) !== null).toBe(isWorth);
  });

  it('knows nothing of a notebook that was closed', async () => {
    const document = new FakeDocument('work/train.ipynb', LOCKED);
    const { running, checks } = setUp(document);
    running.start(document, 'python3');
    await eventually(() => expect(checks.state(document).kind).toBe('ready'));

    document.dispose();
    await checks.refresh(document);

    expect(checks.state(document)).toEqual({ kind: 'none' });
  });
});
