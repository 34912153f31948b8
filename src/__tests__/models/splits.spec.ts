import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { OverlaysModel } from '../../models/overlays';
import { SplitsModel } from '../../models/splits';
import type { SplitOutcome, SplitResult } from '../../splitTokens';
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
const PENDING = 'aidevsecops:pending-splits';
const DONE: Partial<Job> = { state: 'succeeded', ended_at: 1009 };

/** A storage that outlives a page. */
class FakeStorage {
  readonly texts = new Map<string, string>();

  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.texts.set(key, text);
  }
}

function setUp(isOpen = true): {
  document: SplitDocument;
  server: FakeServer;
  jobs: FakeJobs;
  notebooks: FakeNotebooks;
  storage: FakeStorage;
  splits: SplitsModel;
  outcomes: SplitOutcome[];
} {
  const document = new SplitDocument();
  const server = new FakeServer().on(PREVIEW, makePreview()).on(APPLY, makeSplitJob());
  const jobs = new FakeJobs();
  const notebooks = new FakeNotebooks(...(isOpen ? [document] : []));
  const storage = new FakeStorage();
  const readPage = (path: string): Promise<string> => Promise.resolve(`<p>${path}</p>`);
  const quiet = { changeMs: 0, typingMs: 0 };
  const { request } = server;
  const options = { storage, quiet };
  const splits = new SplitsModel(request, notebooks, jobs, readPage, options);
  const outcomes: SplitOutcome[] = [];
  splits.finished.connect((_, outcome) => outcomes.push(outcome));
  onTestFinished(() => splits.end(document));
  return { document, server, jobs, notebooks, storage, splits, outcomes };
}

/** A split that has recorded where the notebook is cut. */
function cutResult(): SplitResult {
  const tags = [{ index: 0, id: null, base: [], tags: ['step:load'] }];
  return makeSplitResult({ edit: { metadata: {}, tags } });
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

    const applying = splits.apply(document, ['https://index.example']);
    await end(jobs, { ...DONE, result: cutResult() });
    const outcome = await applying;

    expect(server.body(APPLY)).toMatchObject({
      by: 'auto',
      preview_digest: 'digest-1',
      verify: true,
      force: false,
      prune: false,
      notebook: { cells: [{ attachments: {} }, {}, {}, {}] },
      trust_indexes: ['https://index.example']
    });
    expect(JSON.stringify(server.body(PREVIEW))).not.toContain('attachments');
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

  it('waits for a preview that is on its way, and applies it if it is the same', async () => {
    const setting = setUp();
    const { document, server, jobs, splits } = setting;
    await shown(setting);
    splits.session(document)?.refresh();

    const applying = splits.apply(document, []);
    expect(await splits.apply(document, [])).toBeNull();
    await end(jobs, { ...DONE, result: makeSplitResult() });

    expect(await applying).toMatchObject({ kind: 'done' });
    expect(server.asked.map(({ route }) => route).slice(0, 3)).toEqual([
      PREVIEW,
      PREVIEW,
      APPLY
    ]);
    expect(server.count(APPLY)).toBe(1);
  });

  it('does not apply a preview that came after the user had agreed to another', async () => {
    const setting = setUp();
    const { document, server, splits } = setting;
    await shown(setting);
    server.on(PREVIEW, makePreview(undefined, { digest: 'digest-2' }));
    const session = splits.session(document);
    session?.refresh();

    expect(await splits.apply(document, [])).toBeNull();

    expect(session?.problem?.code).toBe('split.preview-outdated');
    expect(session?.state.kind).toBe('ready');
    expect(server.count(APPLY)).toBe(0);
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

  it.each([
    [[], true],
    [['work/train-load.ipynb'], false]
  ])('has one stand until a step is written anew: %j', async (written, stands) => {
    const { document, jobs, splits } = setUp();
    const verification = makeVerification();
    jobs.track(makeSplitJob({ ...DONE, result: makeSplitResult({ verification }) }));
    const result = makeSplitResult({ written });
    jobs.track(makeSplitJob({ ...DONE, job_id: 'job-2', result }));

    const found = await splits.standing(document.path);

    expect(found).toEqual(stands ? verification : null);
    expect(await splits.standing('other.ipynb')).toBeNull();
  });
});

describe('a split that was under way when the page was loaded', () => {
  it('is recorded in the notebook when it has ended', async () => {
    const { document, jobs, splits, outcomes, storage } = setUp();
    jobs.track(makeSplitJob({ state: 'running' }));

    const adopting = splits.adopt();
    expect(storage.getItem(PENDING)).toBe('["job-1"]');
    await end(jobs, { ...DONE, result: cutResult() });
    await adopting;

    expect(document.tags[0]).toEqual(['step:load']);
    expect(outcomes).toMatchObject([{ kind: 'done', tags: 'applied' }]);
    expect(storage.getItem(PENDING)).toBe('[]');
  });

  it('is recorded although it ended before', async () => {
    const { document, jobs, splits, storage } = setUp();
    storage.setItem(PENDING, '["job-1", "job-of-long-ago"]');
    jobs.track(makeSplitJob({ ...DONE, result: cutResult() }));
    jobs.track(makeSplitJob({ ...DONE, job_id: 'job-2', result: makeSplitResult() }));

    await splits.adopt();

    expect(document.tags[0]).toEqual(['step:load']);
    expect(storage.getItem(PENDING)).toBe('[]');
  });

  it.each([
    [undefined, { cut: { level: 3 } }, 'applied'],
    [{ kept: 1, cut: { level: 2 } }, { kept: 1, cut: { level: 3 } }, 'applied'],
    [{ cut: { level: 2 } }, null, 'applied'],
    [{ kept: 2 }, { kept: 1, cut: { level: 3 } }, 'refused']
  ])('records the level beside what is there: %j, %j', async (now, value, tags) => {
    const { document, jobs, splits, outcomes, storage } = setUp();
    document.metadata = now ? { aidevsecops: now } : {};
    storage.setItem(PENDING, '["job-1"]');
    const result = makeSplitResult({ edit: { metadata: { aidevsecops: value } } });
    jobs.track(makeSplitJob({ ...DONE, result }));

    await splits.adopt();

    expect(outcomes).toMatchObject([{ kind: 'done', tags }]);
  });

  it('waits for its notebook to be opened, and is told then', async () => {
    const { document, jobs, notebooks, splits, outcomes, storage } = setUp(false);
    storage.setItem(PENDING, '["job-1"]');
    jobs.track(makeSplitJob({ ...DONE, result: cutResult() }));

    await splits.adopt();
    expect(outcomes).toEqual([]);
    expect(storage.getItem(PENDING)).toBe('["job-1"]');
    notebooks.activate(new SplitDocument('work/other.ipynb'));
    notebooks.activate(document);

    await eventually(() => expect(outcomes).toHaveLength(1));
    expect(document.tags[0]).toEqual(['step:load']);
    expect(storage.getItem(PENDING)).toBe('[]');
  });

  it('is kept when the jobs could not be listed', async () => {
    const { jobs, splits, storage } = setUp();
    storage.setItem(PENDING, '["job-1"]');
    jobs.isReady = false;

    await splits.adopt();

    expect(storage.getItem(PENDING)).toBe('["job-1"]');
  });

  it('waits for a notebook that was closed meanwhile to be opened anew', async () => {
    const setting = setUp();
    const { document, jobs, notebooks, splits, outcomes } = setting;
    await shown(setting);

    const applying = splits.apply(document, []);
    await eventually(() => expect(jobs.get('job-1')).toBeDefined());
    notebooks.documents = [];
    document.dispose();
    await end(jobs, { ...DONE, result: cutResult() });
    expect(await applying).toMatchObject({ kind: 'done', tags: null });
    const anew = new SplitDocument();
    notebooks.activate(anew);

    await eventually(() => expect(outcomes).toHaveLength(2));
    expect(anew.tags[0]).toEqual(['step:load']);
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

  it('checks what there is', async () => {
    const { server, model } = overlays();
    const checks = [{ overlay: makeOverlay(), details: [], serves: null }];
    server.on('GET overlays/checks', { checks, problems: ['A folder is empty.'] });

    await model.check();

    expect(model.state).toEqual({
      kind: 'ready',
      answer: {
        overlays: [makeOverlay()],
        problems: ['A folder is empty.'],
        checks
      }
    });
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
