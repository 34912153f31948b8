import { describe, expect, it } from 'vitest';
import { LockModel } from '../../models/lock';
import type { Job, LockOutcome } from '../../tokens';
import {
  FakeDocument,
  FakeJobs,
  FakeNotebooks,
  FakeReview,
  FakeServer,
  makeJob,
  makeLockResult,
  makeProblem
} from '../doubles';

class FakeStorage {
  values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
}

const DONE: Partial<Job> = {
  state: 'succeeded',
  ended_at: 1009,
  result: makeLockResult()
};

function setUp(options: { jobs?: Job[]; documents?: FakeDocument[] } = {}): {
  server: FakeServer;
  jobs: FakeJobs;
  storage: FakeStorage;
  notebooks: FakeNotebooks;
  review: FakeReview;
  model: LockModel;
  outcomes: LockOutcome[];
} {
  const server = new FakeServer().on('POST notebooks/locks', makeJob());
  const jobs = new FakeJobs(...(options.jobs ?? []));
  const storage = new FakeStorage();
  const notebooks = new FakeNotebooks(...(options.documents ?? []));
  const review = new FakeReview();
  const model = new LockModel(server.request, notebooks, jobs, storage, review);
  const outcomes: LockOutcome[] = [];
  model.finished.connect((_, outcome) => outcomes.push(outcome));
  return { server, jobs, storage, notebooks, review, model, outcomes };
}

/** Let the promises that are settled already be dealt with. */
async function settle(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve));
}

describe('LockModel', () => {
  it('attends to a notebook once at a time, and says when it is over', async () => {
    const document = new FakeDocument();
    const { model } = setUp({ documents: [document] });
    const over: unknown[] = [];
    model.attended.connect((_, which) => over.push(which));
    const started: string[] = [];
    let answer: (outcome: LockOutcome | null) => void = () => undefined;
    const ask = (name: string): Promise<LockOutcome | null> => {
      started.push(name);
      return new Promise(resolve => (answer = resolve));
    };

    const first = model.attend(document, () => ask('first'));
    const second = model.attend(document, () => ask('second'));
    expect(model.isAttended(document)).toBe(true);
    expect(over).toEqual([]);
    answer(null);

    expect(await Promise.all([first, second])).toEqual([null, null]);
    expect(started).toEqual(['first']);
    expect(model.isAttended(document)).toBe(false);
    expect(over).toEqual([document]);
  });

  it('sends the notebook of this moment and applies the result', async () => {
    const document = new FakeDocument();
    const { server, jobs, model, outcomes } = setUp({ documents: [document] });

    const locking = model.lock(document, { upgrade: true, target: { universal: true } });
    await settle();
    expect(model.activeJob(document.path)?.job_id).toBe('job-1');
    jobs.track(makeJob(DONE));
    const outcome = await locking;

    expect(server.body('POST notebooks/locks')).toMatchObject({
      path: 'work/train.ipynb',
      notebook: { cells: ['import pandas'] },
      upgrade: true,
      target: { universal: true }
    });
    expect(outcome.kind).toBe('applied');
    expect(document.metadata).toEqual({ requirements_lock: '{"default":{}}' });
    expect(outcomes).toEqual([outcome]);
    expect(model.activeJob(document.path)).toBeNull();
  });

  it('gives each request a key of its own', async () => {
    const documents = [new FakeDocument('a.ipynb'), new FakeDocument('b.ipynb')];
    const { server, model } = setUp({ documents });

    documents.forEach(document => void model.lock(document, {}));
    await settle();

    const keys = server.asked.map(
      ({ request }) => (request.body as { idempotency_key: string }).idempotency_key
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('asks once for a double click, and again when the first has ended', async () => {
    const document = new FakeDocument();
    const { server, jobs, model } = setUp({ documents: [document] });

    const first = model.lock(document, {});
    const second = model.lock(document, {});
    await settle();
    jobs.track(makeJob(DONE));
    expect(await second).toBe(await first);
    expect(server.count('POST notebooks/locks')).toBe(1);
    void model.lock(document, {});
    await settle();

    expect(server.count('POST notebooks/locks')).toBe(2);
  });

  it('refuses the result when a key that it writes has changed meanwhile', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ documents: [document] });

    const locking = model.lock(document, {});
    await settle();
    document.metadata = { requirements_lock: 'newer' };
    jobs.track(makeJob(DONE));

    expect((await locking).kind).toBe('refused');
    expect(document.metadata).toEqual({ requirements_lock: 'newer' });
  });

  it('applies the result to a notebook that was renamed meanwhile', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ documents: [document] });

    const locking = model.lock(document, {});
    await settle();
    document.path = 'work/renamed.ipynb';
    jobs.track(makeJob(DONE));

    expect((await locking).kind).toBe('applied');
  });

  it('says that the notebook is not open when it was closed meanwhile', async () => {
    const document = new FakeDocument();
    const { jobs, model, notebooks } = setUp({ documents: [document] });

    const locking = model.lock(document, {});
    await settle();
    document.dispose();
    notebooks.documents = [];
    jobs.track(makeJob(DONE));

    expect((await locking).kind).toBe('not-open');
  });

  it('reads the result where the list has left it out', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ documents: [document] });
    jobs.results.set('job-1', makeJob(DONE));

    const locking = model.lock(document, {});
    await settle();
    jobs.track(makeJob({ ...DONE, result: null }));

    expect((await locking).kind).toBe('applied');
  });

  it('tells why the result cannot be read', async () => {
    const { jobs, model } = setUp({ documents: [new FakeDocument()] });
    jobs.ended = () => Promise.resolve(makeJob({ ...DONE, result: null }));

    expect(await model.apply('job-1')).toMatchObject({
      kind: 'failed',
      problem: { code: 'job.not-found' }
    });
  });

  it('tells why a job has failed and leaves the notebook as it was', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ documents: [document] });
    const error = makeProblem();

    const locking = model.lock(document, {});
    await settle();
    jobs.track(makeJob({ state: 'failed', ended_at: 1009, error }));

    expect(await locking).toMatchObject({ kind: 'failed', problem: error });
    expect(document.metadata).toEqual({});
  });

  it('says that a job was cancelled', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ documents: [document] });

    const locking = model.lock(document, {});
    await settle();
    jobs.track(makeJob({ state: 'cancelled', ended_at: 1009 }));

    expect((await locking).kind).toBe('cancelled');
  });

  it('passes on the refusal of a request', async () => {
    const document = new FakeDocument();
    const { server, model } = setUp({ documents: [document] });
    server.on('POST notebooks/locks', () => Promise.reject(new Error('no')));

    await expect(model.lock(document, {})).rejects.toThrow('no');
  });

  it('takes up a lock that runs when the page is loaded', async () => {
    const document = new FakeDocument();
    const { jobs, model } = setUp({ jobs: [makeJob()], documents: [document] });

    const adopting = model.adopt();
    jobs.track(makeJob(DONE));
    await adopting;

    expect(document.metadata).toEqual({ requirements_lock: '{"default":{}}' });
  });

  it('takes up its own lock that ended while the page was loaded', async () => {
    const document = new FakeDocument();
    const { jobs, storage, model, notebooks } = setUp({ documents: [document] });
    void model.lock(document, {});
    await settle();
    const reloaded = new LockModel(
      new FakeServer().request,
      notebooks,
      new FakeJobs(makeJob(DONE)),
      storage,
      new FakeReview()
    );

    await reloaded.adopt();

    expect(jobs.active).toHaveLength(1);
    expect(document.metadata).toEqual({ requirements_lock: '{"default":{}}' });
  });

  it('applies what ended before its notebook was open as soon as it is opened', async () => {
    const document = new FakeDocument();
    const { model, notebooks, jobs, outcomes, storage } = setUp({ jobs: [makeJob()] });
    const adopting = model.adopt();
    jobs.track(makeJob(DONE));
    await adopting;
    expect(storage.getItem('aidevsecops:pending-locks')).toBe('["job-1"]');

    notebooks.activate(document);
    await settle();

    expect(document.metadata).toEqual({ requirements_lock: '{"default":{}}' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['not-open', 'applied']);
    expect(storage.getItem('aidevsecops:pending-locks')).toBe('[]');
  });

  it('does not take up the locks of former days', async () => {
    const document = new FakeDocument();
    const { model, outcomes } = setUp({ jobs: [makeJob(DONE)], documents: [document] });

    await model.adopt();

    expect(document.metadata).toEqual({});
    expect(outcomes).toEqual([]);
  });

  it('does not take up a lock twice', async () => {
    const document = new FakeDocument();
    const { jobs, storage, model } = setUp({ documents: [document] });
    const locking = model.lock(document, {});
    await settle();
    jobs.track(makeJob(DONE));
    await locking;

    expect(storage.getItem('aidevsecops:pending-locks')).toBe('[]');
  });

  it('waits for the notebook to be loaded before it applies', async () => {
    const document = new FakeDocument();
    let load: () => void = () => undefined;
    document.ready = new Promise(resolve => (load = resolve));
    const { model } = setUp({ jobs: [makeJob(DONE)], documents: [document] });

    const applying = model.apply('job-1');
    await settle();
    expect(document.metadata).toEqual({});
    load();

    expect((await applying).kind).toBe('applied');
  });

  it('shows the changes first where the user wants to see them', async () => {
    const document = new FakeDocument();
    const { review, model } = setUp({ jobs: [makeJob(DONE)], documents: [document] });
    review.isWanted = true;
    let agree: (answer: boolean) => void = () => undefined;
    review.answer = new Promise(resolve => (agree = resolve));

    const applying = model.apply('job-1');
    await settle();
    expect(review.asked).toEqual([DONE.result]);
    expect(document.metadata).toEqual({});
    agree(true);

    expect((await applying).kind).toBe('applied');
    expect(document.metadata).toEqual({ requirements_lock: '{"default":{}}' });
  });

  it('leaves the notebook as it is when the user does not want the changes', async () => {
    const document = new FakeDocument();
    const { review, model, storage } = setUp({
      jobs: [makeJob(DONE)],
      documents: [document]
    });
    review.isWanted = true;
    review.answer = false;

    expect((await model.apply('job-1')).kind).toBe('discarded');

    expect(document.metadata).toEqual({});
    expect(storage.getItem('aidevsecops:pending-locks')).toBe('[]');
  });

  it('refuses what does not fit any more when the user has agreed', async () => {
    const document = new FakeDocument();
    const { review, model } = setUp({ jobs: [makeJob(DONE)], documents: [document] });
    review.isWanted = true;
    let agree: (answer: boolean) => void = () => undefined;
    review.answer = new Promise(resolve => (agree = resolve));

    const applying = model.apply('job-1');
    await settle();
    document.metadata = { requirements_lock: 'newer' };
    agree(true);

    expect((await applying).kind).toBe('refused');
    expect(document.metadata).toEqual({ requirements_lock: 'newer' });
  });

  it('does not show changes that do not fit any more', async () => {
    const document = new FakeDocument('work/train.ipynb', { requirements_lock: 'newer' });
    const { review, model } = setUp({ jobs: [makeJob(DONE)], documents: [document] });
    review.isWanted = true;

    expect((await model.apply('job-1')).kind).toBe('refused');

    expect(review.asked).toEqual([]);
  });

  it('lets changes of a notebook out of sight wait, and shows them when asked to', async () => {
    const document = new FakeDocument();
    const { jobs, notebooks, review, model, storage } = setUp({ documents: [document] });
    review.isWanted = true;
    document.isVisible = false;
    notebooks.current = null;

    const locking = model.lock(document, {});
    await settle();
    jobs.track(makeJob(DONE));
    expect((await locking).kind).toBe('unreviewed');
    expect(review.asked).toEqual([]);
    expect(storage.getItem('aidevsecops:pending-locks')).toBe('["job-1"]');
    notebooks.current = document;

    expect((await model.apply('job-1')).kind).toBe('applied');
    expect(storage.getItem('aidevsecops:pending-locks')).toBe('[]');
  });

  it('keeps the changes of a notebook that was closed while they were shown', async () => {
    const document = new FakeDocument();
    const { review, model } = setUp({ jobs: [makeJob(DONE)], documents: [document] });
    review.isWanted = true;
    let agree: (answer: boolean) => void = () => undefined;
    review.answer = new Promise(resolve => (agree = resolve));

    const applying = model.apply('job-1');
    await settle();
    document.dispose();
    agree(true);

    expect((await applying).kind).toBe('not-open');
    expect(document.metadata).toEqual({});
  });
});
