import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import type { JobHint } from '../../models/jobs';
import { JobsModel } from '../../models/jobs';
import type { Job } from '../../tokens';
import { FakeServer, makeJob, makeProblem, eventually } from '../doubles';

const PACE = { shortest: 5, longest: 40 };
const EVENT = 'https://schema.aidevsecops.example/job/v1';
const DONE = makeJob({ state: 'succeeded', ended_at: 1009 });

function hints(): Signal<object, JobHint> {
  return new Signal<object, JobHint>({});
}

describe('JobsModel', () => {
  it('lists the newest job first', async () => {
    const server = new FakeServer().on('GET jobs', {
      jobs: [
        makeJob({ job_id: 'old', state: 'failed', created_at: 1 }),
        makeJob({ job_id: 'new', state: 'failed', created_at: 2 })
      ]
    });
    const model = new JobsModel(server.request, null, PACE);

    await model.refresh();

    expect(model.isReady).toBe(true);
    expect(model.jobs.map(job => job.job_id)).toEqual(['new', 'old']);
    expect(model.active).toEqual([]);
  });

  it('shows a preview as long as it runs', async () => {
    const preview = makeJob({ state: 'succeeded', preview: true });
    const server = new FakeServer().on('GET jobs', { jobs: [preview] });
    const model = new JobsModel(server.request, null, PACE);

    model.track(makeJob({ state: 'running', preview: true }));
    const shown = model.jobs.map(job => job.state);
    await model.refresh();

    expect(shown).toEqual(['running']);
    expect(model.jobs).toEqual([]);
    expect(model.get('job-1')?.state).toBe('succeeded');
  });

  it('re-reads a job when its event arrives', async () => {
    const stream = hints();
    const server = new FakeServer().on('GET jobs/job-1', DONE);
    const model = new JobsModel(server.request, stream, PACE);

    stream.emit({ schema_id: EVENT, job_id: 'job-1', state: 'running' });

    await eventually(() => expect(model.get('job-1')?.state).toBe('succeeded'));
    expect(server.asked.map(one => one.route)).toEqual(['GET jobs/job-1']);
  });

  it('leaves the events of other extensions alone', async () => {
    const stream = hints();
    const server = new FakeServer();
    new JobsModel(server.request, stream, PACE);

    stream.emit({ schema_id: 'https://other.example/job', job_id: 'job-1' });
    await Promise.resolve();

    expect(server.asked).toEqual([]);
  });

  it('polls while a job is active, until it has ended, without any event', async () => {
    let round = 0;
    const server = new FakeServer().on('GET jobs', () => {
      round += 1;
      return { jobs: [round < 4 ? makeJob() : DONE] };
    });
    const model = new JobsModel(server.request, null, PACE);
    model.track(makeJob());

    const job = await model.ended('job-1');

    expect(job.state).toBe('succeeded');
    expect(round).toBe(4);
  });

  it('goes on polling after a failure, and tells it meanwhile', async () => {
    let round = 0;
    const problems: (string | undefined)[] = [];
    const server = new FakeServer().on('GET jobs', () => {
      round += 1;
      if (round === 1) {
        throw new ApiError(makeProblem({ code: 'server.unreachable' }), 0);
      }
      return { jobs: [DONE] };
    });
    const model = new JobsModel(server.request, null, PACE);
    model.jobsChanged.connect(() => problems.push(model.problem?.code));
    model.track(makeJob());

    await model.ended('job-1');

    expect(problems).toContain('server.unreachable');
    await eventually(() => expect(model.problem).toBeNull());
  });

  it('resolves at once for a job that has ended already', async () => {
    const model = new JobsModel(new FakeServer().request, null, PACE);
    model.track(DONE);

    await expect(model.ended('job-1')).resolves.toEqual(DONE);
  });

  it('does not take an answer that was overtaken by the end of the job', () => {
    const model = new JobsModel(new FakeServer().request, null, PACE);
    model.track(DONE);

    model.track(makeJob());

    expect(model.get('job-1')?.state).toBe('succeeded');
  });

  it('calls a running job lost that the server no longer knows', async () => {
    const server = new FakeServer().on('GET jobs', { jobs: [] });
    const model = new JobsModel(server.request, null, PACE);
    model.track(makeJob());

    const job = await model.ended('job-1');

    expect(job.state).toBe('failed');
    expect(job.error?.code).toBe('job.lost');
    expect(model.jobs).toEqual([]);
  });

  it('reads a result that the list has left out, once', async () => {
    const server = new FakeServer().on('GET jobs/job-1', {
      ...DONE,
      result: { hash: 'a' }
    });
    const model = new JobsModel(server.request, null, PACE);
    model.track(DONE);

    await model.read('job-1');
    const job = await model.read('job-1');

    expect(job.result).toEqual({ hash: 'a' });
    expect(server.count('GET jobs/job-1')).toBe(1);
    expect(model.get('job-1')?.result).toEqual({ hash: 'a' });
  });

  it('keeps a result that it has read when the list leaves it out', async () => {
    const server = new FakeServer().on('GET jobs', { jobs: [DONE] });
    const model = new JobsModel(server.request, null, PACE);
    model.track({ ...DONE, result: { hash: 'a' } });

    await model.refresh();

    expect(model.get('job-1')?.result).toEqual({ hash: 'a' });
  });

  it('takes up the answer of a cancel', async () => {
    const cancelled = makeJob({ state: 'cancelled', ended_at: 1005 });
    const server = new FakeServer().on('DELETE jobs/job-1', cancelled);
    const changed: Job[] = [];
    const model = new JobsModel(server.request, null, PACE);
    model.jobChanged.connect((_, job) => changed.push(job));

    await model.cancel('job-1');

    expect(changed).toEqual([cancelled]);
  });

  it('forgets the ended jobs and reads the list again', async () => {
    const server = new FakeServer()
      .on('DELETE jobs', undefined)
      .on('GET jobs', { jobs: [] });
    const model = new JobsModel(server.request, null, PACE);
    model.track(DONE);

    await model.clear();

    expect(model.jobs).toEqual([]);
    expect(server.asked.map(one => one.route)).toEqual(['DELETE jobs', 'GET jobs']);
  });

  it('asks for the lines of a log from an offset on', async () => {
    const server = new FakeServer().on('GET jobs/job-1/log', {
      lines: ['b'],
      next_offset: 2,
      complete: true
    });
    const model = new JobsModel(server.request, null, PACE);

    const log = await model.readLog('job-1', 1);

    expect(log.lines).toEqual(['b']);
    expect(server.asked[0].request.query).toEqual({ offset: 1 });
  });
});
