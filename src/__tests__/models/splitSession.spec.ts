import { describe, expect, it, onTestFinished } from 'vitest';
import type { IRequest } from '../../api/request';
import { ApiError } from '../../api/request';
import { SplitSession } from '../../models/splitSession';
import type { SplitPreview } from '../../splitTokens';
import { eventually, FakeServer, makeProblem } from '../doubles';
import { makeCells, makePreview, SplitDocument } from '../splitDoubles';

const ROUTE = 'POST splits/previews';
const QUICK = { changeMs: 0, typingMs: 0 };

type Body = {
  by: string;
  level: number | null;
  steps?: { name: string; cells: number[] }[];
};

/** A server that cuts by hand as it is told, and else between the second and the third cell. */
function answer({ body }: IRequest): SplitPreview {
  const { steps = [] } = body as Body;
  const of = (cell: number): string =>
    steps
      .find(({ cells }) => cells.includes(cell))
      ?.name.toLowerCase()
      .replace(' ', '_') ?? '-';
  return steps.length > 0
    ? makePreview(makeCells(of(0), `#${of(2)}`, of(2), of(3)), {
        by: 'hand',
        level: null
      })
    : makePreview();
}

async function setUp(): Promise<{
  document: SplitDocument;
  server: FakeServer;
  session: SplitSession;
}> {
  const document = new SplitDocument();
  const server = new FakeServer().on(ROUTE, answer);
  const session = new SplitSession(document, server.request, QUICK);
  onTestFinished(() => session.dispose());
  await ready(session);
  return { document, server, session };
}

function ready(session: SplitSession): Promise<void> {
  return eventually(() => expect(session.state.kind).toBe('ready'));
}

function shape(session: SplitSession): [string | null, number[]][] {
  return session.runs.map(({ step, cells }) => [step, cells.map(({ index }) => index)]);
}

const FIRST = [
  ['load', [0]],
  ['train', [1, 2, 3]]
];

describe('SplitSession', () => {
  it('asks for what the notebook suggests when it begins', async () => {
    const { server, session } = await setUp();

    expect(server.body(ROUTE)).toMatchObject({
      path: 'work/train.ipynb',
      by: 'auto',
      level: null,
      overlays: true,
      module: false,
      out: null
    });
    expect(shape(session)).toEqual(FIRST);
    expect(session.ids).toEqual(['a', '#b', 'c', 'd']);
  });

  it('cuts at another level', async () => {
    const { server, session } = await setUp();

    session.cut({ by: 'heading', level: 1 });
    await ready(session);

    expect(server.body(ROUTE)).toMatchObject({ by: 'heading', level: 1 });
    expect(session.by).toBe('heading');
  });

  it('shows a boundary where it was moved to before the server has answered', async () => {
    const { server, session } = await setUp();

    session.shiftBoundary(1, 1);

    expect(session.by).toBe('hand');
    expect(shape(session)).toEqual([
      ['load', [0, 1, 2]],
      ['train', [3]]
    ]);
    await ready(session);
    expect(server.body<Body>(ROUTE).steps).toEqual([
      { name: 'load', cells: [0, 2] },
      { name: 'train', cells: [3] }
    ]);
  });

  it('asks once for several changes in a row, and for the last one', async () => {
    const { server, session } = await setUp();

    session.splitAt(3);
    session.rename('train_2', 'Score it');
    session.merge(1);
    await ready(session);

    expect(server.count(ROUTE)).toBe(2);
    expect(server.body<Body>(ROUTE).steps).toEqual([
      { name: 'load', cells: [0, 2] },
      { name: 'Score it', cells: [3] }
    ]);
    expect(shape(session).map(([step]) => step)).toEqual(['load', 'score_it']);
  });

  it.each([
    [' ', 'split.name-missing'],
    ['Load', 'split.name-taken']
  ])('says why a step cannot be called %j', async (name, code) => {
    const { session } = await setUp();

    expect(session.rename('train', name)?.code).toBe(code);
    expect(session.canUndo).toBe(false);
    expect(session.rename('train', ' train ')).toBeNull();
    expect(session.canUndo).toBe(false);
  });

  it('goes on looking at a step that gets another name', async () => {
    const { session } = await setUp();
    session.select('train');

    session.rename('train', 'fit');

    expect(session.selected).toBe('fit');
  });

  it('takes changes back and makes them again', async () => {
    const { server, session } = await setUp();
    session.shiftBoundary(1, 1);
    await ready(session);

    session.undo();
    await ready(session);

    expect(shape(session)).toEqual(FIRST);
    expect(server.body(ROUTE)).toMatchObject({ by: 'auto' });
    expect([session.canUndo, session.canRedo]).toEqual([false, true]);
    session.redo();
    await ready(session);
    expect(shape(session)).not.toEqual(FIRST);
    session.merge(1);
    expect(session.canRedo).toBe(false);
  });

  it('has nothing to take back when nothing could be done', async () => {
    const { session } = await setUp();

    session.merge(0);
    session.splitAt(0);
    session.shiftBoundary(0, 1);
    session.undo();
    session.redo();

    expect([session.canUndo, session.canRedo]).toEqual([false, false]);
  });

  it('asks again when the notebook has changed, but not when it is the same', async () => {
    const { document, server, session } = await setUp();

    document.contentChanged.emit();
    document.cells[0] = 'import numpy';
    document.contentChanged.emit();
    await eventually(() => expect(server.count(ROUTE)).toBe(2));

    await ready(session);
    document.contentChanged.emit();
    await new Promise(resolve => setTimeout(resolve));
    expect(server.count(ROUTE)).toBe(2);
  });

  it('keeps a cut by hand when cells are put in above it', async () => {
    const { document, server, session } = await setUp();
    session.shiftBoundary(1, 1);
    await ready(session);

    document.ids = ['new', 'a', '#b', 'c', 'd'];
    document.contentChanged.emit();

    await eventually(() =>
      expect(server.body<Body>(ROUTE).steps).toEqual([
        { name: 'load', cells: [0, 1, 3] },
        { name: 'train', cells: [4] }
      ])
    );
  });

  it('asks again for options that change what is written, and for no others', async () => {
    const { server, session } = await setUp();

    session.choose({ verify: true, force: true });
    expect(session.state.kind).toBe('ready');
    expect(session.isBehind).toBe(false);
    session.choose({ module: true, out: 'steps', prune: true });
    expect(session.isBehind).toBe(true);
    await ready(session);
    expect(session.isBehind).toBe(false);

    expect(server.count(ROUTE)).toBe(2);
    expect(server.body(ROUTE)).toMatchObject({
      module: true,
      out: 'steps',
      prune: true
    });
    expect(session.options).toMatchObject({ verify: true, force: true, overlays: true });
  });

  it('is behind a change by hand, and not where it is only looked at again', async () => {
    const { session } = await setUp();

    session.refresh();
    expect([session.state.kind, session.isBehind]).toEqual(['loading', false]);
    await session.settled();
    session.splitAt(3);
    expect([session.state.kind, session.isBehind]).toEqual(['loading', true]);
    await session.settled();

    expect([session.state.kind, session.isBehind]).toEqual(['ready', false]);
  });

  it('keeps nobody waiting when it ends', async () => {
    const { session } = await setUp();
    session.refresh();

    const settled = session.settled();
    session.dispose();

    await settled;
    expect(session.state.kind).toBe('loading');
  });

  it('keeps the last preview when the next one cannot be had', async () => {
    const { server, session } = await setUp();
    server.on(ROUTE, () => {
      throw new ApiError(makeProblem(), 422);
    });

    session.refresh();
    await eventually(() => expect(session.state.kind).toBe('error'));

    expect(session.preview).toEqual(makePreview());
    expect(shape(session)).toEqual(FIRST);
  });

  it('forgets a problem at the next change', async () => {
    const { session } = await setUp();
    session.report(makeProblem());
    expect(session.problem).toEqual(makeProblem());

    session.splitAt(3);

    expect(session.problem).toBeNull();
  });

  it('leaves no marks in the notebook when it ends', async () => {
    const { document, session } = await setUp();
    document.marks = [{ id: 'a', title: 'load', label: '', className: '' }];

    session.dispose();

    expect(document.marks).toEqual([]);
  });
});
