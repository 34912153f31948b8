import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addLockCommands } from '../../commands/lock';
import { busyIcon, freshIcon, unlockedIcon, unsupportedIcon } from '../../icons';
import type { LockOutcome } from '../../tokens';
import { makeJob, makeLockResult, makeProblem } from '../doubles';
import { CommandSetting } from './setting';

const APPLIED: LockOutcome = {
  kind: 'applied',
  job: makeJob(),
  adopted: false,
  result: makeLockResult()
};

const UNTRUSTED = makeProblem({
  code: 'lock.untrusted-index',
  details: { indexes: [{ name: 'extra', url: 'https://index.example/simple' }] }
});

function failed(problem = makeProblem()): LockOutcome {
  return { kind: 'failed', job: makeJob(), adopted: false, problem };
}

function setUp(): CommandSetting {
  const setting = new CommandSetting();
  addLockCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

describe('addLockCommands', () => {
  it.each([
    ['unlocked', unlockedIcon, 'Lock dependencies: record exact versions and hashes'],
    ['fresh', freshIcon, 'Dependencies are locked; lock again'],
    ['locking', busyIcon, 'Locking dependencies; show the log'],
    [
      'unsupported',
      unsupportedIcon,
      'Not a Python notebook: dependencies cannot be locked'
    ]
  ] as const)('tells the state %s by icon and tooltip', (status, icon, caption) => {
    const { commands, dependencies } = setUp();

    dependencies.word = status;

    expect(commands.icon(CommandIDs.lockNotebook)).toBe(icon);
    expect(commands.caption(CommandIDs.lockNotebook)).toBe(caption);
  });

  it('can lock only a Python notebook', () => {
    const { commands, dependencies, notebooks } = setUp();
    expect(commands.isEnabled(CommandIDs.lockNotebook)).toBe(true);

    dependencies.word = 'unsupported';
    expect(commands.isEnabled(CommandIDs.lockNotebook)).toBe(false);
    dependencies.word = 'unlocked';
    notebooks.current = null;

    expect(commands.isEnabled(CommandIDs.lockNotebook)).toBe(false);
  });

  it('locks with the preferred engine and target', async () => {
    const { commands, locks, preferences } = setUp();
    preferences.engine = 'thoth';
    preferences.target = { environment: 'ubi8' };
    locks.outcomes = [APPLIED];

    await commands.execute(CommandIDs.lockNotebook);

    expect(locks.asked).toEqual([
      { engine: 'thoth', target: { environment: 'ubi8' }, upgrade: false }
    ]);
  });

  it('upgrades', async () => {
    const { commands, locks } = setUp();
    locks.outcomes = [APPLIED];

    await commands.execute(CommandIDs.upgradeLock);

    expect(locks.asked).toEqual([{ target: {}, upgrade: true }]);
  });

  it.each([
    ['changes', true, 'old', true],
    ['changes', true, null, false],
    ['always', true, null, true],
    ['always', false, 'old', false],
    ['never', true, 'old', false]
  ] as const)(
    'with the settings %s and %s and the lock %j compares advisories: %s',
    async (reviewLock, compareAdvisories, lock, isCompared) => {
      const { commands, document, locks, preferences } = setUp();
      Object.assign(preferences, { reviewLock, compareAdvisories });
      document.metadata = { requirements_lock: lock };
      locks.outcomes = [APPLIED];

      await commands.execute(CommandIDs.lockNotebook);

      expect(locks.asked[0].advisories ?? false).toBe(isCompared);
    }
  );

  it('shows the log instead of locking what is being locked already', async () => {
    const { commands, document, locks } = setUp();
    const shown: unknown[] = [];
    commands.addCommand(CommandIDs.showJobLog, { execute: args => shown.push(args) });
    locks.job = makeJob({ key: document.path });

    await commands.execute(CommandIDs.lockNotebook);

    expect(shown).toEqual([{ job_id: 'job-1' }]);
    expect(locks.asked).toEqual([]);
  });

  it('tells why a lock could not even be started', async () => {
    const { commands, locks } = setUp();
    locks.outcomes = [new ApiError(makeProblem(), 422)];

    await commands.execute(CommandIDs.lockNotebook);

    expect(Notification.manager.notifications.map(one => one.message)).toEqual([
      'The requirements contradict each other.\nLoosen one of them.'
    ]);
  });

  it.each([
    ['the job', failed(UNTRUSTED)],
    ['the request', new ApiError(UNTRUSTED, 422)]
  ])(
    'asks whether to trust the indexes when %s is refused for them',
    async (_, first) => {
      const { commands, locks } = setUp();
      locks.outcomes = [first, APPLIED];

      const locking = commands.execute(CommandIDs.lockNotebook);
      expect(await screen.findByText('https://index.example/simple')).toBeTruthy();
      await userEvent.click(screen.getByRole('button', { name: 'Trust and Lock' }));
      await locking;

      expect(locks.asked.map(options => options.trust_indexes)).toEqual([
        undefined,
        ['https://index.example/simple']
      ]);
    }
  );

  it('asks for those of the repository after those of the notebook, and keeps both', async () => {
    const { commands, locks } = setUp();
    const url = 'https://repository.example/simple';
    const details = { indexes: [{ name: '', url }] };
    locks.outcomes = [failed(UNTRUSTED), failed({ ...UNTRUSTED, details }), APPLIED];

    const locking = commands.execute(CommandIDs.lockNotebook);
    await screen.findByText('https://index.example/simple');
    await userEvent.click(screen.getByRole('button', { name: 'Trust and Lock' }));
    await screen.findByText(url);
    await userEvent.click(screen.getByRole('button', { name: 'Trust and Lock' }));
    await locking;

    expect(locks.asked.at(-1)?.trust_indexes).toEqual([
      'https://index.example/simple',
      url
    ]);
  });

  it('does not lock when the indexes are not trusted', async () => {
    const { commands, locks } = setUp();
    locks.outcomes = [failed(UNTRUSTED)];

    const locking = commands.execute(CommandIDs.lockNotebook);
    await screen.findByText('https://index.example/simple');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await locking;

    expect(locks.asked).toHaveLength(1);
  });

  it('does not ask for ever when trust does not help', async () => {
    const { commands, locks } = setUp();
    locks.outcomes = [failed(UNTRUSTED), failed(UNTRUSTED)];

    const locking = commands.execute(CommandIDs.lockNotebook);
    await screen.findByText('https://index.example/simple');
    await userEvent.click(screen.getByRole('button', { name: 'Trust and Lock' }));
    await locking;

    expect(locks.asked).toHaveLength(2);
    expect(Notification.manager.notifications).toHaveLength(1);
  });

  it('shows first what it will do when the user wants that', async () => {
    const { commands, locks, preferences } = setUp();
    preferences.confirmLock = true;
    locks.outcomes = [APPLIED];

    const locking = commands.execute(CommandIDs.lockNotebook);
    expect(await screen.findByText('1 requirement will be locked')).toBeTruthy();
    expect(locks.asked).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await locking;

    expect(locks.asked).toEqual([{ target: {}, upgrade: false }]);
  });

  it('asks for options, and keeps the dialog open while they are not valid', async () => {
    const { commands, locks } = setUp();
    locks.outcomes = [APPLIED];

    const locking = commands.execute(CommandIDs.lockNotebookWithOptions);
    await userEvent.click(await screen.findByRole('radio', { name: 'Every platform' }));
    const python = screen.getByRole('textbox', { name: 'Python version' });
    await userEvent.type(python, '4');
    await userEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    expect(locks.asked).toEqual([]);
    await userEvent.clear(python);
    await userEvent.type(python, '3.12');
    await userEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await locking;

    expect(locks.asked).toEqual([
      { target: { universal: true, python_version: '3.12' }, upgrade: false }
    ]);
  });

  it('does nothing when the user gives up', async () => {
    const { commands, locks } = setUp();

    const locking = commands.execute(CommandIDs.lockNotebookWithOptions);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await locking;

    expect(locks.asked).toEqual([]);
  });
});
