import { Notification } from '@jupyterlab/apputils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { noteMessages, notifyOutcome, outcomeMessage } from '../../commands/outcome';
import type { LockOutcome } from '../../tokens';
import {
  makeJob,
  makeLockResult,
  makeProblem,
  recordingCommands,
  trans
} from '../doubles';

const BASE = { job: makeJob(), adopted: false, result: makeLockResult() };
const FAILED: LockOutcome = { ...BASE, kind: 'failed', problem: makeProblem() };
const APPLIED: LockOutcome = { ...BASE, kind: 'applied' };

describe('outcomeMessage', () => {
  it('sums up a lock that was applied', () => {
    expect(outcomeMessage(APPLIED, trans)).toMatchObject({
      type: 'success',
      text: 'train.ipynb is locked (12 packages: 1 added). Save it to keep the lock.',
      actions: [
        {
          label: 'Create kernel and use it',
          id: CommandIDs.createKernel,
          args: { path: 'work/train.ipynb' }
        },
        { label: 'Show Log', args: { job_id: 'job-1' } }
      ]
    });
  });

  it('tells what a person should know of a lock that was applied', () => {
    const notes = ['Thoth cannot be reached; uv chose the versions instead.'];
    const result = makeLockResult({ notes });

    const messages = noteMessages({ ...BASE, kind: 'applied', result }, trans);

    expect(messages).toEqual([
      {
        type: 'warning',
        text: notes[0],
        actions: [
          { label: 'Show Log', id: CommandIDs.showJobLog, args: { job_id: 'job-1' } }
        ]
      }
    ]);
    expect(noteMessages({ ...BASE, kind: 'discarded', result }, trans)).toEqual([]);
  });

  it('says that no version has changed', () => {
    const result = makeLockResult({ changed: { added: [], removed: [], updated: [] } });

    const message = outcomeMessage({ ...BASE, kind: 'applied', result }, trans);

    expect(message?.text).toContain('(12 packages, none changed)');
  });

  it('says that nothing has changed to whoever asked, and to nobody else', () => {
    const outcome: LockOutcome = { ...BASE, kind: 'unchanged' };

    expect(outcomeMessage(outcome, trans)?.type).toBe('success');
    expect(outcomeMessage({ ...outcome, adopted: true }, trans)).toBeNull();
  });

  it('offers to open the notebook that a lock waits for', () => {
    expect(outcomeMessage({ ...BASE, kind: 'not-open' }, trans)?.actions[0]).toEqual({
      label: 'Open',
      id: CommandIDs.applyLock,
      args: { job_id: 'job-1' }
    });
  });

  it('says nothing of a lock that a loading page may be about to open', () => {
    expect(
      outcomeMessage({ ...BASE, kind: 'not-open', adopted: true }, trans)
    ).toBeNull();
  });

  it('offers to lock again what has changed meanwhile', () => {
    expect(outcomeMessage({ ...BASE, kind: 'refused' }, trans)?.actions[0]).toEqual({
      label: 'Lock Again',
      id: CommandIDs.lockNotebook,
      args: { path: 'work/train.ipynb' }
    });
  });

  it.each([
    ['unreviewed', 'The new lock of train.ipynb is ready and waits to be reviewed.'],
    ['discarded', 'train.ipynb keeps its lock; the new one was discarded.']
  ] as const)('lets a lock that is %s be reviewed', (kind, text) => {
    const message = outcomeMessage({ ...BASE, kind, result: makeLockResult() }, trans);

    expect(message).toMatchObject({ type: 'info', text });
    expect(message?.actions[0]).toMatchObject({
      id: CommandIDs.applyLock,
      args: { job_id: 'job-1' }
    });
  });

  it('tells the first line of a failure, and leaves the rest to the sidebar', () => {
    const problem = makeProblem({ message: 'No solution.\nBecause of this and that.' });

    const message = outcomeMessage({ ...FAILED, problem } as LockOutcome, trans);

    expect(message?.type).toBe('error');
    expect(message?.text).toBe('train.ipynb could not be locked: No solution.');
  });

  it('leaves an untrusted index to the command that asks, if there is one', () => {
    const problem = makeProblem({ code: 'lock.untrusted-index' });
    const outcome = { ...FAILED, problem } as LockOutcome;

    expect(outcomeMessage(outcome, trans)).toBeNull();
    const adopted = outcomeMessage({ ...outcome, adopted: true }, trans);
    expect(adopted?.actions.map(action => action.label)).toEqual([
      'Lock Again',
      'Show Log'
    ]);
  });

  it('is silent about what the user has cancelled', () => {
    expect(outcomeMessage({ ...BASE, kind: 'cancelled' }, trans)).toBeNull();
  });
});

describe('notifyOutcome', () => {
  it.each([
    ['all', APPLIED, 1],
    ['all', FAILED, 1],
    ['failures', APPLIED, 0],
    ['failures', FAILED, 1],
    ['none', FAILED, 0]
  ] as const)('with the choice "%s" tells of %o %i times', (notify, outcome, count) => {
    onTestFinished(() => Notification.dismiss());
    const { commands } = recordingCommands([]);

    notifyOutcome(outcome, { commands, notify, trans });

    expect(Notification.manager.notifications).toHaveLength(count);
  });

  it.each([
    ['unreviewed', false],
    ['discarded', 20000]
  ] as const)('lets a lock that is %s be closed after %s', (kind, autoClose) => {
    onTestFinished(() => Notification.dismiss());
    const { commands } = recordingCommands([]);
    const outcome = { ...BASE, kind, result: makeLockResult() };

    notifyOutcome(outcome, { commands, notify: 'all', trans });

    const [notification] = Notification.manager.notifications;
    expect(notification.options.autoClose).toBe(autoClose);
  });

  it('starts the command of a button', () => {
    onTestFinished(() => Notification.dismiss());
    const { commands, calls } = recordingCommands([CommandIDs.showJobLog]);
    notifyOutcome(APPLIED, { commands, notify: 'all', trans });

    const [notification] = Notification.manager.notifications;
    notification.options.actions?.at(-1)?.callback(new MouseEvent('click'));

    expect(calls).toEqual([{ id: CommandIDs.showJobLog, args: { job_id: 'job-1' } }]);
  });
});
