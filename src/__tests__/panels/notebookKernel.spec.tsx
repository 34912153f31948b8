import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { NotebookKernel } from '../../panels/NotebookKernel';
import { FakeDocument, FakeJobs, makeProblem, trans } from '../doubles';
import { FakeChecks, FakeMaker, FakeRunning, makeKernelJob } from '../kernelDoubles';

function setUp(metadata = { requirements_lock: '{}' } as object): {
  notebook: FakeDocument;
  running: FakeRunning;
  maker: FakeMaker;
  checks: FakeChecks;
  calls: unknown[];
  show: () => void;
} {
  const notebook = new FakeDocument('work/train.ipynb', { ...metadata });
  const running = new FakeRunning();
  const maker = new FakeMaker();
  const checks = new FakeChecks();
  const calls: unknown[] = [];
  const show = (): void => {
    render(
      <NotebookKernel
        notebook={notebook}
        running={running}
        maker={maker}
        checks={checks}
        jobs={new FakeJobs()}
        trans={trans}
        run={(id, args) => calls.push([id, args])}
      />
    );
  };
  return { notebook, running, maker, checks, calls, show };
}

describe('NotebookKernel', () => {
  it('says nothing of a notebook without a lock', () => {
    setUp({}).show();

    expect(screen.queryByRole('region', { name: 'Kernel' })).toBeNull();
  });

  it('follows the kernel and what is known of it', () => {
    const { notebook, running, checks, show } = setUp();
    show();

    act(() => running.start(notebook, 'python3'));
    expect(screen.getByRole('status').textContent).toBe('Python (python3)');
    checks.differ();
    act(() => checks.stateChanged.emit(notebook));

    expect(screen.getByRole('status').textContent).toContain('differs from the lock');
  });

  it.each([
    ['Create Kernel and Use It…', CommandIDs.createKernel],
    ['Compare', CommandIDs.compareKernel],
    ['Manage Kernels…', CommandIDs.manageKernels]
  ])('has a button for %s', async (name, id) => {
    const { checks, calls, show } = setUp();
    checks.differ();
    show();

    await userEvent.click(screen.getByRole('button', { name }));

    expect(calls).toEqual([[id, undefined]]);
  });

  it.each([
    ['Cancel', CommandIDs.cancelJob],
    ['Show Log', CommandIDs.showJobLog]
  ])('has a button for %s while a kernel is made', async (name, id) => {
    const { maker, calls, show } = setUp();
    maker.job = makeKernelJob();
    show();

    await userEvent.click(screen.getByRole('button', { name }));

    expect(calls).toEqual([[id, { job_id: 'job-1' }]]);
  });

  it('says why no kernel was made, and leads to the log', async () => {
    const { maker, calls, show } = setUp();
    maker.failed = makeKernelJob({ state: 'failed', error: makeProblem() });
    show();

    await userEvent.click(screen.getByRole('button', { name: 'Show Log' }));

    screen.getByText('The requirements contradict each other.');
    expect(calls).toEqual([[CommandIDs.showJobLog, { job_id: 'job-1' }]]);
  });
});
