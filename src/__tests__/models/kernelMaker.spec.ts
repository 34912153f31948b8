import { describe, expect, it } from 'vitest';
import type { KernelOutcome } from '../../kernelTokens';
import { KernelMaker } from '../../models/kernelMaker';
import { PendingJobs } from '../../models/pendingJobs';
import type { Job } from '../../tokens';
import {
  eventually,
  FakeDocument,
  FakeJobs,
  FakeNotebooks,
  FakeServer,
  makeProblem
} from '../doubles';
import { FakeRunning, makeKernelJob, makeResult } from '../kernelDoubles';

const DONE: Partial<Job> = { state: 'succeeded', ended_at: 1009, result: makeResult() };
const PYTHON = { kernelspec: { name: 'python3' } };

function setUp(documents: FakeDocument[] = []): {
  server: FakeServer;
  jobs: FakeJobs;
  running: FakeRunning;
  pending: PendingJobs;
  maker: KernelMaker;
  outcomes: KernelOutcome[];
} {
  const server = new FakeServer().on('POST kernels', makeKernelJob());
  const jobs = new FakeJobs();
  const running = new FakeRunning();
  const values = new Map<string, string>();
  const storage = {
    getItem: (key: string): string | null => values.get(key) ?? null,
    setItem: (key: string, value: string): void => void values.set(key, value)
  };
  const pending = new PendingJobs(storage, 'key');
  const notebooks = new FakeNotebooks(...documents);
  const maker = new KernelMaker(server.request, notebooks, running, jobs, pending);
  const outcomes: KernelOutcome[] = [];
  maker.finished.connect((_, outcome) => outcomes.push(outcome));
  return { server, jobs, running, pending, maker, outcomes };
}

/** Wait until the job is followed, then let it end. */
async function end(jobs: FakeJobs, change: Partial<Job>): Promise<void> {
  await eventually(() => expect(jobs.get('job-1')).toBeDefined());
  jobs.track(makeKernelJob(change));
}

describe('KernelMaker', () => {
  it('sends the notebook of this moment and switches it to the new kernel', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { server, jobs, running, pending, maker, outcomes } = setUp([document]);

    const making = maker.make(document, { display_name: 'Mine' });
    await eventually(() => expect(maker.activeJob(document.path)).not.toBeNull());
    expect(pending.ids).toEqual(['job-1']);
    await end(jobs, DONE);
    const outcome = await making;

    expect(server.body('POST kernels')).toMatchObject({
      path: 'work/train.ipynb',
      notebook: { metadata: PYTHON },
      display_name: 'Mine'
    });
    expect(outcome.kind).toBe('used');
    expect(outcomes).toEqual([outcome]);
    expect(running.used).toEqual([[document, 'train']]);
    expect(pending.ids).toEqual([]);
    expect(maker.activeJob(document.path)).toBeNull();
  });

  it('leaves a notebook alone that got another kernel meanwhile', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, running, maker } = setUp([document]);

    const making = maker.make(document, {});
    document.metadata = { kernelspec: { name: 'ir' } };
    await end(jobs, DONE);

    expect((await making).kind).toBe('moved');
    expect(running.used).toEqual([]);
    expect(running.offerCount).toBe(1);
  });

  it.each([
    ['names it already', { kernelspec: { name: 'train' } }, makeResult()],
    [
      'named it when it was asked for',
      { kernelspec: { name: 'train', display_name: 'Other' } },
      makeResult({ base: {}, edit: { metadata: {} } })
    ]
  ])('switches a notebook that %s', async (_, metadata, result) => {
    const document = new FakeDocument('work/train.ipynb', metadata);
    const { jobs, running, maker } = setUp([document]);

    const making = maker.make(document, {});
    await end(jobs, { ...DONE, result });

    expect((await making).kind).toBe('used');
    expect(running.used).toEqual([[document, 'train']]);
  });

  it('offers the kernel although its notebook was closed', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, running, maker } = setUp();

    const making = maker.make(document, {});
    document.dispose();
    await end(jobs, DONE);

    expect((await making).kind).toBe('not-open');
    expect(running.offerCount).toBe(1);
  });

  it('keeps why a kernel was not made, until the next one is asked for', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, maker } = setUp([document]);

    const making = maker.make(document, {});
    await end(jobs, { state: 'failed', error: makeProblem() });

    expect(await making).toMatchObject({ kind: 'failed', problem: makeProblem() });
    expect(maker.failure(document.path)?.error).toEqual(makeProblem());
    void maker.make(document, {});
    await eventually(() => expect(maker.failure(document.path)).toBeNull());
  });

  it('tells that a kernel does not start', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, running, maker } = setUp([document]);
    running.failure = new Error('it died');

    const making = maker.make(document, {});
    await end(jobs, DONE);

    expect(await making).toMatchObject({
      kind: 'failed',
      problem: { message: 'it died' }
    });
  });

  it('is done without a word when the job is cancelled', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, running, maker } = setUp([document]);

    const making = maker.make(document, {});
    await end(jobs, { state: 'cancelled' });

    expect((await making).kind).toBe('cancelled');
    expect(running.used).toEqual([]);
  });

  it('previews without touching anything', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { server, jobs, running, pending, maker, outcomes } = setUp([document]);

    const looking = maker.preview(document, { force: true });
    await eventually(() => expect(jobs.get('job-1')).toBeDefined());
    expect(maker.activeJob(document.path)).toBeNull();
    await end(jobs, DONE);

    expect(await looking).toEqual(makeResult());
    expect(server.body('POST kernels')).toMatchObject({ dry_run: true, force: true });
    expect([running.used, pending.ids, outcomes]).toEqual([[], [], []]);
  });

  it.each([
    [{ state: 'failed', error: makeProblem() } as const, 'lock.unsatisfiable'],
    [{ state: 'cancelled' } as const, 'job.cancelled']
  ])('throws what keeps a kernel from being made: %j', async (change, code) => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, maker } = setUp([document]);

    const looking = maker.preview(document, {});
    const caught = looking.catch((error: unknown) => error);
    await end(jobs, change);

    expect(await caught).toMatchObject({ code });
  });

  it('makes a kernel anew for no notebook in particular', async () => {
    const { server, jobs, running, maker, outcomes } = setUp();
    server.on('POST kernels/train', makeKernelJob());

    const refreshing = maker.refresh('train');
    await end(jobs, DONE);

    expect((await refreshing).kind).toBe('refreshed');
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refreshed']);
    expect(running.used).toEqual([]);
    expect(running.offerCount).toBe(1);
  });

  it('takes up after a reload what this window had asked for', async () => {
    const document = new FakeDocument('work/train.ipynb', PYTHON);
    const { jobs, running, pending, maker } = setUp([document]);
    pending.add('job-1');
    pending.add('forgotten');
    jobs.track(makeKernelJob(DONE));

    await maker.adopt();

    expect(running.used).toEqual([[document, 'train']]);
    expect(pending.ids).toEqual(['forgotten']);
  });
});
