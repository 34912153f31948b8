import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { JobLogModel } from '../../models/jobLog';
import { FakeJobs, makeJob, eventually } from '../doubles';

describe('JobLogModel', () => {
  it('reads on from where it was until the log is complete', async () => {
    const jobs = new FakeJobs(makeJob());
    jobs.log = [
      { lines: ['a', 'b'], next_offset: 2, complete: false },
      { lines: ['c'], next_offset: 3, complete: true }
    ];
    const model = new JobLogModel(jobs, 'job-1', 1);

    await eventually(() => expect(model.isComplete).toBe(true));

    expect(model.lines).toEqual(['a', 'b', 'c']);
    expect(jobs.offsets).toEqual([0, 2]);
  });

  it('tells a problem and tries again', async () => {
    const jobs = new FakeJobs(makeJob());
    const model = new JobLogModel(jobs, 'job-1', 1);
    await eventually(() => expect(model.problem?.code).toBe('job.not-found'));

    jobs.log = [{ lines: ['a'], next_offset: 1, complete: true }];

    await eventually(() => expect(model.lines).toEqual(['a']));
    expect(model.problem).toBeNull();
  });

  it('tells that its job has changed, but not that others have', () => {
    const jobs = new FakeJobs(makeJob());
    const model = new JobLogModel(jobs, 'job-1', 1);
    let count = 0;
    model.changed.connect(() => (count += 1));

    jobs.track(makeJob({ job_id: 'other' }));
    jobs.track(makeJob({ state: 'cancelling' }));

    expect(count).toBe(1);
    expect(model.job?.state).toBe('cancelling');
    model.dispose();
  });

  it('stops reading when nobody looks any more', async () => {
    const jobs = new FakeJobs(makeJob());
    jobs.log = [{ lines: ['a'], next_offset: 1, complete: false }];
    const model = new JobLogModel(jobs, 'job-1', 1);
    await eventually(() => expect(model.lines).toEqual(['a']));

    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());

    model.dispose();
    const count = jobs.offsets.length;
    await vi.advanceTimersByTimeAsync(1000);

    expect(jobs.offsets).toHaveLength(count);
    expect(model.isDisposed).toBe(true);
  });
});
