import { describe, expect, it } from 'vitest';
import { DiagnosisModel } from '../../models/diagnosis';
import { eventually, FakeJobs, FakeServer, makeJob } from '../doubles';
import { makeDiagnosis } from '../setupDoubles';

const ROUTE = 'POST diagnoses';

describe('DiagnosisModel', () => {
  it('lets a job look for what is in the way', async () => {
    const found = makeDiagnosis();
    const job = makeJob({ kind: 'diagnosis', state: 'succeeded', result: { ...found } });
    const server = new FakeServer().on(ROUTE, job);
    const model = new DiagnosisModel(server.request, new FakeJobs());

    expect(await model.examine({ folder: 'project' })).toEqual(found);
    await model.stop();

    expect(server.asked[0].request.body).toEqual({ folder: 'project' });
  });

  it('cancels the job of somebody who has left', async () => {
    const server = new FakeServer().on(ROUTE, makeJob({ kind: 'diagnosis' }));
    const jobs = new FakeJobs();
    const model = new DiagnosisModel(server.request, jobs);
    const looking = model.examine({});
    looking.catch(() => undefined);
    await eventually(() => expect(jobs.jobs).toHaveLength(1));

    await model.stop();
    jobs.track(makeJob({ kind: 'diagnosis', state: 'cancelled' }));

    expect(jobs.cancelled).toEqual(['job-1']);
    await expect(looking).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});
