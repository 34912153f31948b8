import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { kernelCaption } from '../../commands/kernelCaption';
import { kernelMessage } from '../../commands/kernelOutcome';
import type { KernelOutcome } from '../../kernelTokens';
import { FakeDocument, makeProblem, trans } from '../doubles';
import { makeCheck, makeKernelJob, makeResult } from '../kernelDoubles';

const LOG = { label: 'Show Log', id: CommandIDs.showJobLog, args: { job_id: 'job-1' } };

function ended(
  kind: 'used' | 'moved' | 'not-open' | 'refreshed',
  change: Parameters<typeof makeResult>[0] = {}
): KernelOutcome {
  return { kind, job: makeKernelJob(), result: makeResult(change) };
}

describe('kernelMessage', () => {
  it.each([
    [ended('used'), 'success', 'train.ipynb runs in Python (train) (14 packages).'],
    [
      ended('used', { reused: true, packages: 1 }),
      'success',
      'train.ipynb runs in Python (train) (1 package; the environment was there).'
    ],
    [ended('not-open'), 'info', 'Python (train) is ready, but train.ipynb is not open.'],
    [ended('refreshed'), 'success', 'Python (train) was made anew (14 packages).'],
    [
      {
        kind: 'failed',
        job: makeKernelJob(),
        problem: makeProblem({ message: 'No.\nMore.' })
      },
      'error',
      'No kernel for train.ipynb: No.'
    ],
    [
      { kind: 'failed', job: makeKernelJob(), problem: makeProblem({ message: '' }) },
      'error',
      'No kernel for train.ipynb: The job was lost when the server stopped.'
    ]
  ] as [KernelOutcome, string, string][])('tells of %j', (outcome, type, text) => {
    expect(kernelMessage(outcome, [], trans)).toEqual({ type, text, actions: [LOG] });
  });

  it('has nothing to tell of what the user has cancelled', () => {
    const outcome: KernelOutcome = { kind: 'cancelled', job: makeKernelJob() };

    expect(kernelMessage(outcome, [], trans)).toBeNull();
  });

  it('offers a kernel that was overtaken', () => {
    const message = kernelMessage(ended('moved'), [], trans);

    expect(message?.actions[0]).toEqual({
      label: 'Use it',
      id: CommandIDs.useKernel,
      args: { kernel: 'train', path: 'work/train.ipynb' }
    });
  });

  it('offers the notebooks that run in a kernel to start it anew', () => {
    const users = ['a/one.ipynb', 'two.ipynb', 'three.ipynb'].map(
      path => new FakeDocument(path)
    );

    const message = kernelMessage(ended('refreshed'), users, trans);

    expect(message?.actions.map(({ label }) => label)).toEqual([
      'Restart one.ipynb with it',
      'Restart two.ipynb with it',
      'Show Log'
    ]);
    expect(message?.actions[0].args).toEqual({ kernel: 'train', panel_id: users[0].id });
  });
});

describe('kernelCaption', () => {
  it('names a few packages and counts the others', () => {
    const differences = [
      { name: 'a', locked: '1', installed: null },
      { name: 'b', locked: null, installed: '2' },
      { name: 'c', locked: '3', installed: '4' },
      { name: 'd', locked: '5', installed: '6' },
      { name: 'e', locked: '7', installed: '8' },
      { name: 'f', locked: '7', installed: '8' }
    ];

    expect(kernelCaption(makeCheck({ differences }), trans).split('\n')).toEqual([
      'The kernel does not match the lock',
      'a: 1 locked, not installed',
      'b: not locked, 2 installed',
      'c: 3 locked, 4 installed',
      'd: 5 locked, 6 installed',
      'and 2 more'
    ]);
  });

  it('says why a kernel is broken', () => {
    const check = makeCheck({
      state: 'broken',
      matches: null,
      differences: [],
      reason: 'Its Python is gone.'
    });

    expect(kernelCaption(check, trans)).toBe('The kernel is broken\nIts Python is gone.');
  });
});
