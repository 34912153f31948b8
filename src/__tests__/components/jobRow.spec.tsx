import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import { JobRow } from '../../components/JobRow';
import type { Job } from '../../tokens';
import { makeJob, makeProblem, trans } from '../doubles';

function setUp(
  change: Partial<Job>,
  now = 1000_000
): {
  job: Job;
  onCancel: unknown;
  onShowLog: unknown;
} {
  const job = makeJob(change);
  const actions = { onCancel: vi.fn(), onShowLog: vi.fn() };
  render(
    <ul>
      <JobRow job={job} now={now} trans={trans} {...actions} />
    </ul>
  );
  return { job, ...actions };
}

describe('JobRow', () => {
  it.each<[Job['state'], string]>([
    ['queued', 'waiting'],
    ['running', 'running'],
    ['cancelling', 'cancelling'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled']
  ])('calls the state %s "%s"', (state, text) => {
    setUp({ state });

    expect(screen.getByText(text)).toBeTruthy();
  });

  it('does not call it a failure when the user had to be asked first', () => {
    const error = makeProblem({ code: 'lock.untrusted-index' });
    setUp({ state: 'failed', error });

    expect(screen.getByText('asked')).toBeTruthy();
    expect(screen.getByRole('listitem').className).not.toContain('jp-mod-failed');
    expect(screen.getByText('It asked whether to trust package indexes.')).toBeTruthy();
  });

  it.each([
    [{ started_at: null }, ''],
    [{ started_at: 1000, ended_at: 1009 }, '9 s'],
    [{ started_at: 1000, ended_at: 1075 }, '1 min 15 s'],
    [{ started_at: 990 }, '10 s'],
    [{ started_at: 1005 }, '0 s']
  ])('tells the time of %j as "%s"', (change, text) => {
    setUp(change);

    expect(document.querySelector('time')?.textContent).toBe(text);
  });

  it('can be cancelled while it waits or runs', async () => {
    const { job, onCancel } = setUp({ state: 'queued' });

    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel Lock train.ipynb' })
    );

    expect(onCancel).toHaveBeenCalledExactlyOnceWith(job);
  });

  it('cannot be cancelled when it has ended', () => {
    setUp({ state: 'succeeded' });

    expect(screen.queryByRole('button', { name: /Cancel/ })).toBeNull();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('has no value on its bar while the fraction is not known', () => {
    setUp({ progress: { message: 'Resolving', fraction: null } });

    expect(screen.getByRole('progressbar').hasAttribute('aria-valuenow')).toBe(false);
  });

  it('shows the log on request', async () => {
    const { job, onShowLog } = setUp({ state: 'failed' });

    await userEvent.click(screen.getByRole('button', { name: /Show log/ }));

    expect(onShowLog).toHaveBeenCalledExactlyOnceWith(job);
  });

  it('says why it failed', () => {
    setUp({ state: 'failed', error: makeProblem() });

    expect(screen.getByText('The requirements contradict each other.')).toBeTruthy();
  });

  it('has words of its own for a job that was lost', () => {
    setUp({ state: 'failed', error: makeProblem({ code: 'job.lost', message: '' }) });

    expect(screen.getByText('The job was lost when the server stopped.')).toBeTruthy();
  });
});
