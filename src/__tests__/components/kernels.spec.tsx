import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { kernelIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ageText, sizeText } from '../../components/amounts';
import { KernelSummary } from '../../components/KernelSummary';
import { KernelTable } from '../../components/KernelTable';
import { checkText } from '../../components/kernelText';
import type { KernelCheckState, KernelRecord } from '../../kernelTokens';
import type { Job } from '../../tokens';
import { makeProblem, trans } from '../doubles';
import { makeCheck, makeKernel, makeKernelJob } from '../kernelDoubles';

describe('amounts', () => {
  it.each([
    [999, '999 B'],
    [48_600, '49 kB'],
    [48_600_000, '49 MB'],
    [1_260_000_000, '1.3 GB']
  ])('says %d bytes in words', (bytes, words) => {
    expect(sizeText(bytes, trans)).toBe(words);
  });

  it.each([
    [-5, 'just now'],
    [59, 'just now'],
    [60, '1 minute'],
    [7300, '2 hours'],
    [86400 * 3 + 5, '3 days']
  ])('says %d seconds in words', (seconds, words) => {
    expect(ageText(1000, 1000 + seconds, trans)).toBe(words);
  });
});

describe('checkText', () => {
  it.each([
    [makeCheck(), 'Python 3 differs from the lock in 1 package'],
    [makeCheck({ matches: true, display_name: null }), 'python3 holds what is locked'],
    [makeCheck({ matches: null }), 'Python 3 could not be compared with the lock'],
    [
      makeCheck({ state: 'broken', display_name: null, kernel: null }),
      'The kernel is broken'
    ]
  ])('says what %j means', (check, words) => {
    expect(checkText(check, trans)).toBe(words);
  });
});

function summary(
  state: KernelCheckState,
  change: { isDifferent?: boolean; job?: Job; kernelName?: string } = {}
): { onCreate: () => void; onCompare: () => void; onCancel: () => void } {
  const actions = {
    onCreate: vi.fn(),
    onCompare: vi.fn(),
    onManage: vi.fn(),
    onCancel: vi.fn(),
    onShowLog: vi.fn()
  };
  render(
    <KernelSummary
      state={state}
      isDifferent={change.isDifferent ?? false}
      kernelName={change.kernelName ?? ''}
      icon={kernelIcon}
      job={change.job ?? null}
      trans={trans}
      {...actions}
    />
  );
  return actions;
}

describe('KernelSummary', () => {
  it.each<[KernelCheckState, string]>([
    [{ kind: 'none' }, 'No kernel runs'],
    [{ kind: 'loading', check: null }, 'Comparing the kernel with the lock…'],
    [{ kind: 'loading', check: makeCheck() }, checkText(makeCheck(), trans)],
    [
      { kind: 'error', problem: makeProblem({ message: 'No answer.' }) },
      'The kernel could not be compared with the lock: No answer.'
    ]
  ])('tells %j', (state, words) => {
    summary(state);

    expect(screen.getByRole('status').textContent).toBe(words);
  });

  it('names a kernel that nothing is compared with', () => {
    summary({ kind: 'none' }, { kernelName: 'Python 3' });

    expect(screen.getByRole('status').textContent).toBe('Python 3');
  });

  it('leads from a kernel that differs to what differs and to one that does not', async () => {
    const state = { kind: 'ready', check: makeCheck({ reason: 'Why.' }) } as const;
    const { onCreate, onCompare } = summary(state, { isDifferent: true });

    await userEvent.click(screen.getByRole('button', { name: /^Create Kernel/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Compare' }));

    screen.getByText('Why.');
    expect(onCreate).toHaveBeenCalledOnce();
    expect(onCompare).toHaveBeenCalledOnce();
  });

  it('offers no other kernel where this one holds what is locked', () => {
    summary({ kind: 'ready', check: makeCheck({ matches: true, state: 'ok' }) });

    expect(screen.queryByRole('button', { name: /^Create Kernel/ })).toBeNull();
    screen.getByRole('button', { name: /^Manage Kernels/ });
  });

  it('shows the job while a kernel is made', async () => {
    const job = makeKernelJob({ progress: { message: 'Installing', fraction: 0.5 } });
    const { onCancel } = summary({ kind: 'none' }, { job });

    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
    expect(onCancel).toHaveBeenCalledWith(job);
  });

  it('cancels once', () => {
    summary({ kind: 'none' }, { job: makeKernelJob({ state: 'cancelling' }) });

    const button = screen.getByRole('button', { name: 'Cancelling…' });
    expect((button as HTMLButtonElement).disabled).toBe(true);
  });
});

interface IShown {
  kernels: KernelRecord[];
  asking?: string | null;
  job?: Job;
  users?: string[];
}

function Table(
  props: IShown & Partial<React.ComponentProps<typeof KernelTable>>
): React.JSX.Element {
  const { kernels, asking, job, users, ...actions } = props;
  const nothing = (): void => undefined;
  return (
    <KernelTable
      kernels={kernels}
      asking={asking ?? null}
      jobOf={() => job ?? null}
      usersOf={() => users ?? []}
      now={1000 + 86400}
      trans={trans}
      onRefresh={nothing}
      onAsk={nothing}
      onDelete={nothing}
      onOpen={nothing}
      onCancel={nothing}
      onShowLog={nothing}
      {...actions}
    />
  );
}

describe('KernelTable', () => {
  it('tells name, state, Python, size, age and notebook', () => {
    const kernel = makeKernel({
      state: 'broken',
      reason: 'Its Python is gone.',
      shared_with: ['other'],
      python_version: null
    });
    render(<Table kernels={[kernel]} users={['work/train.ipynb', 'b.ipynb']} />);

    const cells = within(screen.getAllByRole('row')[1]).getAllByRole('cell');
    expect(screen.getByRole('rowheader').textContent).toBe('Python (train)train');
    expect(cells.map(cell => cell.textContent)).toEqual([
      'brokenIts Python is gone.',
      '–',
      '49 MBshared with other',
      '1 day',
      'work/train.ipynbrunsruns in b.ipynb',
      ''
    ]);
  });

  it.each(['ok', 'stale', 'broken', 'foreign'] as const)('has a word for %s', state => {
    render(<Table kernels={[makeKernel({ state })]} />);

    screen.getByText(state);
  });

  it('does not refresh from a notebook that is elsewhere', () => {
    render(<Table kernels={[makeKernel({ notebook: null })]} />);

    const button = screen.getByRole('button', { name: 'Refresh Python (train)' });
    expect((button as HTMLButtonElement).disabled).toBe(true);
    screen.getByText('elsewhere');
  });

  it('asks before it deletes, and says what hangs on it', async () => {
    const onDelete = vi.fn();
    const kernel = makeKernel();
    const shown = { kernels: [kernel], users: ['b.ipynb'], onDelete };
    render(<Table {...shown} asking="train" />);
    const question = screen.getByRole('alertdialog', { name: /Delete the kernel/ });
    expect(question.textContent).toContain('49 MB, is deleted with it');
    expect(question.textContent).toContain('It runs in b.ipynb');
    expect(document.activeElement?.textContent).toBe('Cancel');

    const button = within(question).getByRole('button', { name: 'Delete' });
    expect(button.classList).toContain('jp-mod-warn');
    await userEvent.click(button);

    expect(onDelete).toHaveBeenCalledWith(kernel);
  });

  it('says for whom an environment is kept', () => {
    render(<Table kernels={[makeKernel({ shared_with: ['b'] })]} asking="train" />);

    expect(screen.getByRole('alertdialog').textContent).toContain('is kept for b');
  });

  it('gives the focus back to the button that asked', () => {
    const kernels = [makeKernel()];
    const { rerender } = render(<Table kernels={kernels} asking="train" />);

    rerender(<Table kernels={kernels} />);

    expect(document.activeElement?.getAttribute('aria-label')).toBe(
      'Delete Python (train)'
    );
  });

  it('shows the job that works on a kernel, and can stop it', async () => {
    const onCancel = vi.fn();
    const job = makeKernelJob();
    render(<Table kernels={[makeKernel()]} job={job} onCancel={onCancel} />);

    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

    screen.getByRole('progressbar', { name: job.title });
    expect(onCancel).toHaveBeenCalledWith(job);
  });
});
