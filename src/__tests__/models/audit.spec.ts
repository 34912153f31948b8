import { describe, expect, it } from 'vitest';
import { AuditModel } from '../../models/audit';
import type { AuditResult, INotebookDocument, Job } from '../../tokens';
import {
  FakeDocument,
  FakeJobs,
  FakeNotebooks,
  FakeServer,
  eventually,
  makeAdvisory,
  makeJob
} from '../doubles';

const PATH = 'work/train.ipynb';
const LOCK = JSON.stringify({ default: { holey: { version: '==1.0' } } });
const UPGRADED = JSON.stringify({ default: { holey: { version: '==1.1' } } });

function makeAudit(change: Partial<AuditResult> = {}): AuditResult {
  const packages = [{ name: 'holey', version: '1.0', advisories: [makeAdvisory()] }];
  return {
    notebook: PATH,
    packages,
    unchecked: [],
    ignored: [],
    expired: [],
    ...change
  };
}

function auditJob(change: Partial<Job> = {}): Job {
  return makeJob({ kind: 'audit', title: 'Audit train.ipynb', ...change });
}

function done(result: AuditResult | null = makeAudit()): Job {
  return auditJob({ state: 'succeeded', ended_at: 1009, result });
}

function setUp(options: { jobs?: Job[]; documents?: FakeDocument[] } = {}): {
  server: FakeServer;
  jobs: FakeJobs;
  notebooks: FakeNotebooks;
  document: FakeDocument;
  model: AuditModel;
  changed: INotebookDocument[];
} {
  const document = new FakeDocument(PATH, { requirements_lock: LOCK });
  const server = new FakeServer().on('POST notebooks/audits', auditJob());
  const jobs = new FakeJobs(...(options.jobs ?? []));
  const notebooks = new FakeNotebooks(...(options.documents ?? [document]));
  const model = new AuditModel(server.request, notebooks, jobs);
  const changed: INotebookDocument[] = [];
  model.reportChanged.connect((_, which) => changed.push(which));
  return { server, jobs, notebooks, document, model, changed };
}

describe('AuditModel', () => {
  it('sends the notebook of this moment and keeps what is found', async () => {
    const { server, jobs, document, model, changed } = setUp();
    expect(model.report(document)).toBeNull();

    const auditing = model.audit(document);
    await eventually(() => expect(model.activeJob(PATH)?.job_id).toBe('job-1'));
    jobs.track(done());
    const job = await auditing;

    expect(server.body('POST notebooks/audits')).toMatchObject({
      path: PATH,
      notebook: { metadata: { requirements_lock: LOCK } }
    });
    expect(job.state).toBe('succeeded');
    expect(model.report(document)?.vulnerable).toEqual(makeAudit().packages);
    expect(changed).toEqual([document]);
    expect(model.activeJob(PATH)).toBeNull();
  });

  it('joins the audit that is under way', async () => {
    const { server, jobs, document, model } = setUp({ jobs: [auditJob()] });

    const auditing = model.audit(document);
    jobs.track(done());
    await auditing;

    expect(server.count('POST notebooks/audits')).toBe(0);
    expect(model.report(document)).not.toBeNull();
  });

  it('says of another lock only what holds for it', async () => {
    const { jobs, document, model } = setUp();
    const auditing = model.audit(document);
    await eventually(() => expect(model.activeJob(PATH)).not.toBeNull());
    jobs.track(done());
    await auditing;

    document.metadata = { requirements_lock: UPGRADED };

    expect(model.report(document)).toMatchObject({
      vulnerable: [],
      checkedCount: 0,
      unasked: [{ name: 'holey', version: '1.1' }]
    });
  });

  it('takes up the last audit of a notebook that is opened', async () => {
    const document = new FakeDocument(PATH, { requirements_lock: LOCK });
    const { jobs, notebooks, model } = setUp({
      jobs: [done(null), makeJob({ job_id: 'other' })],
      documents: []
    });
    jobs.results.set('job-1', done());

    notebooks.activate(document);

    await eventually(() => expect(model.report(document)).not.toBeNull());
    expect(model.report(document)?.endedAt).toBe(1009);
  });

  it('takes up what another window has started, and the newest of all', async () => {
    const { jobs, document, model } = setUp();
    const newer = makeAudit({ packages: [] });

    jobs.track({ ...done(newer), job_id: 'newer', created_at: 2000 });
    jobs.track(done());

    await eventually(() => expect(model.report(document)).not.toBeNull());
    expect(model.report(document)?.vulnerable).toEqual([]);
  });

  it('knows nothing when the server has forgotten what was found', async () => {
    const { jobs, document, model, changed } = setUp();
    jobs.read = () => Promise.reject(new Error('gone'));

    jobs.track(done(null));

    await eventually(() => expect(changed).toEqual([document]));
    expect(model.report(document)).toBeNull();
  });

  it('knows nothing after an audit that has failed', async () => {
    const { jobs, document, model } = setUp();

    const auditing = model.audit(document);
    await eventually(() => expect(model.activeJob(PATH)).not.toBeNull());
    jobs.track(auditJob({ state: 'failed', ended_at: 1009 }));

    expect((await auditing).state).toBe('failed');
    expect(model.report(document)).toBeNull();
  });

  it('keeps what is found for a notebook that was renamed meanwhile', async () => {
    const { jobs, document, model } = setUp();

    const auditing = model.audit(document);
    await eventually(() => expect(model.activeJob(PATH)).not.toBeNull());
    document.path = 'work/renamed.ipynb';
    jobs.track(done());
    await auditing;

    expect(model.report(document)).not.toBeNull();
  });

  it('forgets a notebook that is closed', async () => {
    const { jobs, document, model, changed } = setUp();
    jobs.track(done());
    await eventually(() => expect(changed).toEqual([document]));

    document.dispose();

    expect(model.report(document)).toBeNull();
  });
});
