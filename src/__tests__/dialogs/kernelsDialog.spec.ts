import { Dialog } from '@jupyterlab/apputils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import type { KernelsExit } from '../../dialogs/KernelsBody';
import { showKernels } from '../../dialogs/KernelsDialog';
import { FakeDocument, FakeJobs, makeProblem, trans } from '../doubles';
import {
  FakeChecks,
  FakeKernels,
  FakeMaker,
  FakeRunning,
  makeCheck,
  makeKernel,
  makeKernelJob,
  makeResult
} from '../kernelDoubles';

function setUp(): {
  kernels: FakeKernels;
  maker: FakeMaker;
  running: FakeRunning;
  checks: FakeChecks;
  show: () => Promise<KernelsExit>;
} {
  const kernels = new FakeKernels();
  const maker = new FakeMaker();
  const running = new FakeRunning();
  const checks = new FakeChecks();
  const jobs = new FakeJobs();
  onTestFinished(() => Dialog.flush());
  const show = (): Promise<KernelsExit> => {
    const shown = showKernels({ kernels, maker, running, checks, jobs, trans });
    // What a test leaves open is flushed, which rejects.
    shown.catch(() => undefined);
    return shown;
  };
  return { kernels, maker, running, checks, show };
}

const ONE = { kind: 'ready', kernels: [makeKernel({ state: 'stale' })] } as const;

describe('showKernels', () => {
  it('reads the list, and says so while it does', async () => {
    const { kernels, show } = setUp();
    kernels.state = { kind: 'loading', kernels: [] };
    void show();
    await screen.findByText('Loading the kernels…');

    kernels.show(ONE);

    await screen.findByText('1 kernel made from a lock');
    expect(kernels.refreshCount).toBe(1);
  });

  it('says how to have a kernel where there is none', async () => {
    const { show } = setUp();

    void show();

    await screen.findByText('No kernel was made from a lock yet.');
  });

  it('shows what went wrong, and tries again', async () => {
    const { kernels, show } = setUp();
    kernels.state = { kind: 'error', kernels: [], problem: makeProblem() };
    void show();

    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));

    expect(kernels.refreshCount).toBe(2);
  });

  it('deletes what the user agrees to by keyboard, and keeps the focus', async () => {
    const { kernels, show } = setUp();
    kernels.state = ONE;
    void show();
    (await screen.findByRole('button', { name: /^Delete Python/ })).focus();

    await userEvent.keyboard('{Enter}');
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');

    await screen.findByText('No kernel was made from a lock yet.');
    expect(kernels.deleted).toEqual(['train']);
    expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
  });

  it('takes Escape for an answer to the question first', async () => {
    const { kernels, show } = setUp();
    kernels.state = ONE;
    const done = show();
    await userEvent.click(await screen.findByRole('button', { name: /^Delete Python/ }));
    screen.getByRole('alertdialog');

    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    screen.getByRole('table');
    await userEvent.keyboard('{Escape}');

    expect(await done).toBeNull();
    expect(kernels.deleted).toEqual([]);
  });

  it('shows why a kernel could not be deleted', async () => {
    const { kernels, show } = setUp();
    kernels.state = ONE;
    kernels.failure = new ApiError(makeProblem({ message: 'It is in use.' }), 502);
    void show();

    await userEvent.click(await screen.findByRole('button', { name: /^Delete Python/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));

    await screen.findByText('It is in use.');
  });

  it('refreshes a kernel and reads the list again', async () => {
    const { kernels, maker, show } = setUp();
    kernels.state = ONE;
    maker.outcome = { kind: 'refreshed', job: makeKernelJob(), result: makeResult() };
    void show();

    await userEvent.click(await screen.findByRole('button', { name: /^Refresh Python/ }));

    await waitFor(() => expect(kernels.refreshCount).toBe(2));
    expect(maker.refreshed).toEqual(['train']);
  });

  it('says that a lock has to be saved before a kernel is refreshed from it', async () => {
    const { kernels, maker, running, show } = setUp();
    kernels.state = ONE;
    running.start(new FakeDocument(), 'train');
    const problem = makeProblem({ code: 'kernel.unlocked', message: 'No lock.' });
    maker.outcome = { kind: 'failed', job: makeKernelJob(), problem };
    void show();

    await userEvent.click(await screen.findByRole('button', { name: /^Refresh Python/ }));

    await screen.findByText(/^Save the notebook first/);
  });

  it('judges the kernel of an open notebook by what that holds now', async () => {
    const { kernels, running, checks, show } = setUp();
    kernels.state = ONE;
    running.start(new FakeDocument(), 'train');
    checks.current = { kind: 'ready', check: makeCheck({ state: 'ok', matches: true }) };

    void show();

    await screen.findByText('ok');
  });

  it('leaves for the log of a job', async () => {
    const { kernels, maker, show } = setUp();
    kernels.state = ONE;
    maker.job = makeKernelJob();
    const done = show();

    await userEvent.click(await screen.findByRole('button', { name: 'Show Log' }));

    expect(await done).toEqual({ showLog: 'job-1' });
  });
});
