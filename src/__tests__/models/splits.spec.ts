import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { OverlaysModel } from '../../models/overlays';
import { SplitsModel } from '../../models/splits';
import type { SplitOutcome } from '../../splitTokens';
import type { Job } from '../../tokens';
import { eventually, FakeJobs, FakeNotebooks, FakeServer, makeProblem } from '../doubles';
import {
  makeOverlay,
  makePreview,
  makeSplitJob,
  makeSplitResult,
  makeVerification,
  SplitDocument
} from '../splitDoubles';

const PREVIEW = 'POST splits/previews';
const APPLY = 'POST splits';
const VERIFY = 'POST splits/verifications';
const DONE: Partial<Job> = { state: 'succeeded', ended_at: 1009 };

function setUp(): {
  document: SplitDocument;
  server: FakeServer;
  jobs: FakeJobs;
  splits: SplitsModel;
  outcomes: SplitOutcome[];
} {
  const document = new SplitDocument();
  const server = new FakeServer().on(PREVIEW, makePreview()).on(APPLY, makeSplitJob());
  const jobs = new FakeJobs();
  const notebooks = new FakeNotebooks(document);
  const readPage = (path: string): Promise<string> => Promise.resolve(`<p>${path}</p>`);
  const quiet = { changeMs: 0, typingMs: 0 };
  const splits = new SplitsModel(server.request, notebooks, jobs, readPage, quiet);
  const outcomes: SplitOutcome[] = [];
  splits.finished.connect((_, outcome) => outcomes.push(outcome));
  onTestFinished(() => splits.end(document));
  return { document, server, jobs, splits, outcomes };
}

async function shown({ document, splits }: ReturnType<typeof setUp>): Promise<void> {
  const session = splits.begin(document);
  await eventually(() => expect(session.state.kind).toBe('ready'));
}

/** Wait until the job is followed, then let it end. */
async function end(jobs: FakeJobs, change: Partial<Job>): Promise<void> {
  const { job_id: id = 'job-1' } = change;
  await eventually(() => expect(jobs.get(id)).toBeDefined());
  jobs.track(makeSplitJob(change));
}

describe('SplitsModel', () => {
  it('has one preview for a notebook, until that is closed', () => {
    const { document, splits } = setUp();
    const told: unknown[] = [];
    splits.sessionsChanged.connect((_, changed) => told.push(changed));

    const session = splits.begin(document);
    expect(splits.begin(document)).toBe(session);
    document.dispose();

    expect(splits.session(document)).toBeNull();
    expect(told).toEqual([document, document]);
  });

  it('applies what is shown and records the cut in the notebook', async () => {
    const setting = setUp();
    const { document, server, jobs, splits, outcomes } = setting;
    await shown(setting);
    splits.session(document)?.choose({ verify: true });
    const tags = [{ index: 0, id: null, base: [], tags: ['step:load'] }];
    const result = makeSplitResult({ edit: { metadata: {}, tags } });

    const applying = splits.apply(document, ['https://index.example']);
    await end(jobs, { ...DONE, result });
    const outcome = await applying;

    expect(server.body(APPLY)).toMatchObject({
      by: 'auto',
      preview_digest: 'digest-1',
      verify: true,
      force: false,
      trust_indexes: ['https://index.example']
    });
    expect(outcome).toMatchObject({ kind: 'done', tags: 'applied' });
    expect(document.tags[0]).toEqual(['step:load']);
    expect(outcomes).toEqual([outcome]);
  });

  it('previews anew what is no longer what was shown', async () => {
    const setting = setUp();
    const { document, server, splits, outcomes } = setting;
    await shown(setting);
    const problem = makeProblem({ code: 'split.preview-outdated' });
    server.on(APPLY, () => {
      throw new ApiError(problem, 409);
    });

    expect(await splits.apply(document, [])).toBeNull();

    const session = splits.session(document);
    expect(session?.problem).toEqual(problem);
    await eventually(() => expect(session?.state.kind).toBe('ready'));
    expect(server.count(PREVIEW)).toBe(2);
    expect(outcomes).toEqual([]);
  });

  it.each([
    [makeProblem(), 'lock.unsatisfiable', true],
    [makeProblem(), 'split.not-shown', false]
  ])(
    'throws what else keeps it from being applied: %#',
    async (problem, code, isShown) => {
      const setting = setUp();
      const { document, server, splits } = setting;
      if (isShown) {
        await shown(setting);
      }
      server.on(APPLY, () => {
        throw new ApiError(problem, 422);
      });

      await expect(splits.apply(document, [])).rejects.toMatchObject({ code });
    }
  );

  it.each([
    [{ state: 'failed', error: makeProblem() } as const, 'failed'],
    [{ state: 'failed' } as const, 'failed'],
    [{ state: 'cancelled' } as const, 'cancelled']
  ])('tells that a job has come to nothing: %j', async (change, kind) => {
    const setting = setUp();
    const { document, jobs, splits } = setting;
    await shown(setting);

    const applying = splits.apply(document, []);
    await eventually(() => expect(splits.activeJob(document.path)).not.toBeNull());
    await end(jobs, change);

    expect((await applying)?.kind).toBe(kind);
    expect(splits.activeJob(document.path)).toBeNull();
    expect(splits.failure(document.path) !== null).toBe('error' in change);
  });

  it('leaves the tags alone when the notebook was closed meanwhile', async () => {
    const setting = setUp();
    const { document, jobs, splits } = setting;
    await shown(setting);

    const applying = splits.apply(document, []);
    await end(jobs, { ...DONE, result: makeSplitResult() });

    expect(await applying).toMatchObject({ kind: 'done', tags: 'unchanged' });
  });

  it('verifies, and remembers what was found', async () => {
    const { document, server, jobs, splits } = setUp();
    server.on(VERIFY, makeSplitJob({ kind: 'verify-split' }));
    expect(await splits.verification(document.path)).toBeNull();

    const verifying = splits.verify(document);
    const result = makeVerification({ verified: false });
    await end(jobs, { ...DONE, kind: 'verify-split', result });

    expect(await verifying).toMatchObject({ kind: 'verified', result });
    expect(await splits.verification(document.path)).toEqual(result);
  });

  it('finds the verification that a split has made', async () => {
    const { document, jobs, splits } = setUp();
    const verification = makeVerification();
    jobs.track(makeSplitJob({ ...DONE, result: makeSplitResult({ verification }) }));
    jobs.track(makeSplitJob({ ...DONE, job_id: 'job-2', result: makeSplitResult() }));

    expect(await splits.verification(document.path)).toEqual(verification);
  });
});

describe('the page of a verification', () => {
  it('is read where there is one', async () => {
    const { splits } = setUp();

    expect(await splits.reportPage(makeVerification())).toBeNull();
    expect(await splits.reportPage(makeVerification({ report: 'a b' }))).toBe(
      '<p>splits/verifications/a%20b</p>'
    );
  });
});

describe('OverlaysModel', () => {
  function overlays(): { server: FakeServer; jobs: FakeJobs; model: OverlaysModel } {
    const server = new FakeServer();
    const jobs = new FakeJobs();
    return { server, jobs, model: new OverlaysModel(server.request, jobs) };
  }

  it('lists what there is', async () => {
    const { server, model } = overlays();
    const answer = { overlays: [makeOverlay()], problems: [] };
    server.on('GET overlays', answer);
    expect(model.state.kind).toBe('idle');

    await model.refresh();

    expect(model.state).toEqual({ kind: 'ready', answer });
  });

  it('previews and extracts, and reads the list again', async () => {
    const { server, jobs, model } = overlays();
    server.on('GET overlays', { overlays: [], problems: [] });
    server.on('POST overlays', makeSplitJob({ kind: 'overlay' }));
    const document = new SplitDocument();
    const choice = { name: ' mine ', force: true, trusted: ['https://index.example'] };

    const looking = model.preview(document, { ...choice, name: ' ' });
    await end(jobs, { ...DONE, kind: 'overlay', result: { dry_run: true } });
    expect(await looking).toEqual({ dry_run: true });
    expect(server.body('POST overlays')).toMatchObject({ name: null, dry_run: true });
    expect(server.count('GET overlays')).toBe(0);
    server.on('POST overlays', makeSplitJob({ kind: 'overlay', job_id: 'job-2' }));
    const extracting = model.extract(document, choice);
    const done = { ...DONE, kind: 'overlay', result: { dry_run: false } };
    await end(jobs, { ...done, job_id: 'job-2' });
    await extracting;

    expect(server.body('POST overlays')).toMatchObject({
      name: 'mine',
      force: true,
      dry_run: false,
      trust_indexes: ['https://index.example']
    });
    await eventually(() => expect(server.count('GET overlays')).toBe(1));
  });

  it.each([
    [{ state: 'failed', error: makeProblem() } as const, 'lock.unsatisfiable'],
    [{ state: 'cancelled' } as const, 'job.cancelled']
  ])('throws what keeps an overlay from being extracted: %j', async (change, code) => {
    const { server, jobs, model } = overlays();
    server.on('POST overlays', makeSplitJob({ kind: 'overlay' }));

    const looking = model.preview(new SplitDocument(), {
      name: '',
      force: false,
      trusted: []
    });
    const caught = looking.catch((error: unknown) => error);
    await end(jobs, change);

    expect(await caught).toMatchObject({ code });
  });
});
