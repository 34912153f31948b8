import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { JobsSection } from '../../panels/JobsSection';
import { FakeJobs, makeJob, makeProblem, recordingCommands, trans } from '../doubles';

function setUp(jobs: FakeJobs): ReturnType<typeof recordingCommands> {
  const recorded = recordingCommands(Object.values(CommandIDs));
  render(<JobsSection jobs={jobs} commands={recorded.commands} trans={trans} />);
  return recorded;
}

describe('JobsSection', () => {
  it('says that there are no jobs', () => {
    setUp(new FakeJobs());

    expect(screen.getByText('No jobs.')).toBeTruthy();
  });

  it('says that it reads the list before it is there', () => {
    const jobs = new FakeJobs();
    jobs.isReady = false;

    setUp(jobs);

    expect(screen.getByText('Loading the jobs…')).toBeTruthy();
  });

  it('tells why there is no list, and tries again', async () => {
    const jobs = new FakeJobs();
    jobs.isReady = false;
    jobs.problem = makeProblem();
    setUp(jobs);

    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(jobs.refreshCount).toBe(1);
  });

  it('shows a job as soon as it is there', () => {
    const jobs = new FakeJobs();
    setUp(jobs);

    act(() => jobs.track(makeJob()));

    expect(screen.getByRole('listitem', { name: 'Lock train.ipynb' })).toBeTruthy();
  });

  it('draws again only what goes on when a second passes', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const ended = Array.from({ length: 199 }, (_, number) =>
      makeJob({
        job_id: `ended-${number}`,
        title: `Lock ${number}.ipynb`,
        state: 'succeeded',
        ended_at: 9
      })
    );
    setUp(new FakeJobs(makeJob({ state: 'running' }), ...ended));
    const drawn = vi.spyOn(trans, '__');
    onTestFinished(() => {
      drawn.mockRestore();
    });

    act(() => {
      vi.advanceTimersByTime(1000);
    });

    const titles = new Set(drawn.mock.calls.map(([, title]) => title));
    expect(titles).toContain('Lock train.ipynb');
    expect(titles).not.toContain('Lock 7.ipynb');
  });

  it('starts its actions as commands', async () => {
    const { calls } = setUp(new FakeJobs(makeJob()));

    await userEvent.click(screen.getByRole('button', { name: /Show log/ }));
    await userEvent.click(screen.getByRole('button', { name: /Cancel/ }));

    expect(calls).toEqual([
      { id: CommandIDs.showJobLog, args: { job_id: 'job-1' } },
      { id: CommandIDs.cancelJob, args: { job_id: 'job-1' } }
    ]);
  });

  it('counts the seconds while a job runs', async () => {
    vi.useFakeTimers({ now: 1004_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    setUp(new FakeJobs(makeJob()));
    expect(screen.getByText('3 s')).toBeTruthy();

    await act(() => vi.advanceTimersByTimeAsync(2000));

    expect(screen.getByText('5 s')).toBeTruthy();
  });
});
