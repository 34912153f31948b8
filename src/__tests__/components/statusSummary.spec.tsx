import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { IStatusSummaryProps } from '../../components/StatusSummary';
import { StatusSummary } from '../../components/StatusSummary';
import { statusIcon } from '../../icons';
import type { NotebookStatus } from '../../tokens';
import { makeDependencies, makeJob, trans } from '../doubles';

function setUp(change: Partial<IStatusSummaryProps> = {}): IStatusSummaryProps {
  const props: IStatusSummaryProps = {
    path: 'work/train.ipynb',
    status: 'unlocked',
    icon: statusIcon('unlocked'),
    dependencies: makeDependencies(),
    job: null,
    trans,
    onLock: vi.fn(),
    onLockWithOptions: vi.fn(),
    onCancel: vi.fn(),
    onShowLog: vi.fn(),
    ...change
  };
  render(<StatusSummary {...props} />);
  return props;
}

describe('StatusSummary', () => {
  it.each<[NotebookStatus, string]>([
    ['unlocked', 'Not locked'],
    ['stale', 'The lock is stale'],
    ['drifted', 'The lock has drifted from the imports'],
    ['fresh', 'Locked'],
    ['locking', 'Locking…'],
    ['loading', 'Loading the notebook…'],
    ['unsupported', 'Not a Python notebook'],
    ['error', 'The dependencies could not be read']
  ])('announces the state %s as "%s"', (status, text) => {
    setUp({ status });

    expect(screen.getByRole('status').textContent).toBe(text);
  });

  it('says how much is locked, for which Python and by which engine', () => {
    setUp({
      status: 'fresh',
      dependencies: makeDependencies({
        engine: 'uv',
        lock: { packages: 12, hash: 'a', python_version: '3.11' }
      })
    });

    expect(
      screen.getByText('12 packages locked for Python 3.11. Engine: uv.')
    ).toBeTruthy();
  });

  it('uses the singular for one package', () => {
    setUp({
      status: 'fresh',
      dependencies: makeDependencies({
        lock: { packages: 1, hash: 'a', python_version: null }
      })
    });

    expect(screen.getByText('1 package locked.')).toBeTruthy();
  });

  it.each<[NotebookStatus, string]>([
    ['unlocked', 'Lock Dependencies'],
    ['stale', 'Lock Again'],
    ['drifted', 'Lock Again']
  ])('offers to lock when the notebook is %s', async (status, name) => {
    const { onLock } = setUp({ status });

    await userEvent.click(screen.getByRole('button', { name }));

    expect(onLock).toHaveBeenCalledOnce();
  });

  it('offers the options of a lock', async () => {
    const { onLockWithOptions } = setUp({ status: 'fresh' });

    await userEvent.click(screen.getByRole('button', { name: 'Options…' }));

    expect(onLockWithOptions).toHaveBeenCalledOnce();
  });

  it.each<NotebookStatus>(['unsupported', 'loading', 'error'])(
    'offers nothing when the notebook is %s',
    status => {
      setUp({ status });

      expect(screen.queryAllByRole('button')).toEqual([]);
    }
  );

  it('shows the progress of the lock, and can cancel it and show its log', async () => {
    const job = makeJob({ progress: { message: 'Resolving', fraction: 0.25 } });
    const { onCancel, onShowLog } = setUp({ status: 'locking', job });

    const bar = screen.getByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(bar.getAttribute('aria-valuetext')).toBe('Resolving');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show Log' }));

    expect(onCancel).toHaveBeenCalledExactlyOnceWith(job);
    expect(onShowLog).toHaveBeenCalledExactlyOnceWith(job);
  });

  it('cannot cancel twice', () => {
    setUp({ status: 'locking', job: makeJob({ state: 'cancelling' }) });

    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Cancelling…' });
    expect(button.disabled).toBe(true);
  });
});
