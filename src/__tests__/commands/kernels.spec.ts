import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addKernelCommands } from '../../commands/kernels';
import { makeProblem } from '../doubles';
import { makeCheck, makeKernel, makeKernelJob } from '../kernelDoubles';
import { KernelSetting } from './kernelSetting';

const UNTRUSTED = makeProblem({
  code: 'lock.untrusted-index',
  message: 'The lock names an index.',
  details: { indexes: [{ name: 'extra', url: 'https://index.example/simple' }] }
});

function setUp(): KernelSetting {
  const setting = new KernelSetting();
  setting.dependencies.word = 'fresh';
  addKernelCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

/** What was told that no dialog shows. */
function told(): string[] {
  return Notification.manager.notifications.map(one => one.message);
}

describe('createKernel', () => {
  it('is there for a notebook with a lock only', () => {
    const { commands, document, dependencies, notebooks } = setUp();
    expect(commands.isEnabled(CommandIDs.createKernel)).toBe(true);

    dependencies.word = 'locking';
    expect(commands.isEnabled(CommandIDs.createKernel)).toBe(false);
    dependencies.word = 'fresh';
    document.metadata = {};
    expect(commands.isEnabled(CommandIDs.createKernel)).toBe(false);
    notebooks.current = null;

    expect(commands.isEnabled(CommandIDs.createKernel)).toBe(false);
  });

  it('shows what will be made, and makes it with the name that the user gave', async () => {
    const { commands, maker, running, document } = setUp();
    running.start(document, 'python3');
    const done = commands.execute(CommandIDs.createKernel);
    await screen.findByText('14 packages');
    screen.getByText(/Python \(python3\), is stopped/);
    const name = screen.getByRole('textbox', { name: 'Display name' });
    expect((name as HTMLInputElement).value).toBe('Python (train)');

    await userEvent.clear(name);
    await userEvent.type(name, ' Mine ');
    await userEvent.click(screen.getByRole('button', { name: 'Create and Use' }));
    await done;

    expect(maker.previewed).toEqual([{}]);
    expect(maker.asked).toEqual([{ display_name: 'Mine' }]);
  });

  it('leaves the name to the server when the user does not touch it', async () => {
    const { commands, maker, dependencies } = setUp();
    dependencies.word = 'stale';
    const done = commands.execute(CommandIDs.createKernel, { force: true });
    await screen.findByText(/The lock is not up to date/);

    await userEvent.click(screen.getByRole('button', { name: 'Create and Use' }));
    await done;

    expect(maker.asked).toEqual([{ force: true }]);
  });

  it('makes nothing when the user gives up', async () => {
    const { commands, maker } = setUp();
    const done = commands.execute(CommandIDs.createKernel);

    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await done;

    expect(maker.asked).toEqual([]);
  });

  it('stays open with the reason when no kernel can be made', async () => {
    const { commands, maker } = setUp();
    maker.previews = [
      new ApiError(makeProblem({ message: 'There is no Python 3.9.' }), 424)
    ];
    const done = commands.execute(CommandIDs.createKernel);
    await screen.findByText('There is no Python 3.9.');

    await userEvent.click(screen.getByRole('button', { name: 'Create and Use' }));

    await screen.findByText('There is no Python 3.9.');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await done;
    expect(maker.asked).toEqual([]);
  });

  it('asks whether to trust the indexes of the lock, and looks again', async () => {
    const { commands, maker } = setUp();
    maker.previews = [new ApiError(UNTRUSTED, 422)];
    const done = commands.execute(CommandIDs.createKernel);
    await screen.findByText('https://index.example/simple');
    expect(screen.queryByRole('alert')).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: 'Create and Use' }));
    await screen.findByText('The lock names an index.');
    await userEvent.click(screen.getByRole('checkbox', { name: /^Trust them/ }));
    await screen.findByText('14 packages');
    await userEvent.click(screen.getByRole('button', { name: 'Create and Use' }));
    await done;

    const trusting = { trust_indexes: ['https://index.example/simple'] };
    expect(maker.previewed).toEqual([{}, trusting]);
    expect(maker.asked).toEqual([trusting]);
  });

  it('shows the log of the kernel that is being made already', async () => {
    const { commands, maker, document } = setUp();
    const shown: unknown[] = [];
    commands.addCommand(CommandIDs.showJobLog, { execute: args => shown.push(args) });
    maker.job = makeKernelJob({ key: document.path });

    await commands.execute(CommandIDs.createKernel);

    expect(shown).toEqual([{ job_id: 'job-1' }]);
    expect(maker.previewed).toEqual([]);
  });

  it('tells why a kernel could not even be asked for', async () => {
    const { commands, maker } = setUp();
    maker.outcome = new ApiError(makeProblem({ message: 'Not now.', hint: '' }), 409);
    const done = commands.execute(CommandIDs.createKernel);

    await userEvent.click(await screen.findByRole('button', { name: 'Create and Use' }));
    await done;

    expect(told()).toEqual(['Not now.']);
  });
});

describe('compareKernel', () => {
  it('is in a toolbar only while the kernel differs, and says how', () => {
    const { commands, checks, running, document } = setUp();
    const args = { only_differing: true };
    running.start(document, 'python3');
    expect(commands.isVisible(CommandIDs.compareKernel)).toBe(true);
    expect(commands.isVisible(CommandIDs.compareKernel, args)).toBe(false);

    checks.differ();

    expect(commands.isVisible(CommandIDs.compareKernel, args)).toBe(true);
    expect(commands.caption(CommandIDs.compareKernel, args)).toBe(
      'The kernel does not match the lock\npandas: 2.3.1 locked, 2.2.3 installed'
    );
  });

  it('is in no toolbar where the user does not want to be warned', () => {
    const { commands, checks, preferences } = setUp();
    checks.differ();

    preferences.warnKernel = false;

    const args = { only_differing: true };
    expect(commands.isVisible(CommandIDs.compareKernel, args)).toBe(false);
    expect(commands.isVisible(CommandIDs.compareKernel)).toBe(true);
  });

  it('can be used only where a kernel runs', () => {
    const { commands, running, document } = setUp();
    expect(commands.isEnabled(CommandIDs.compareKernel)).toBe(false);

    running.start(document, 'python3');

    expect(commands.isEnabled(CommandIDs.compareKernel)).toBe(true);
  });

  it('compares anew, shows what differs and leads to a kernel that matches', async () => {
    const { commands, checks, maker, document } = setUp();
    checks.differ();
    const done = commands.execute(CommandIDs.compareKernel);
    const row = await screen.findByRole('row', { name: /pandas/ });
    within(row).getByText('2.2.3');
    expect(checks.refreshed).toEqual([document]);

    await userEvent.click(screen.getByRole('button', { name: /^Create Kernel/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Create and Use' }));
    await done;

    expect(maker.asked).toEqual([{}]);
  });

  it('builds anew what was changed by hand', async () => {
    const { commands, checks, maker } = setUp();
    checks.differ(makeCheck({ state: 'ok', kernel: 'train' }));
    const done = commands.execute(CommandIDs.compareKernel);

    await userEvent.click(await screen.findByRole('button', { name: /^Refresh Kernel/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Create and Use' }));
    await done;

    expect(maker.asked).toEqual([{ force: true }]);
  });

  it('says that a kernel matches, and then offers nothing', async () => {
    const { commands, checks, maker } = setUp();
    const check = makeCheck({ matches: true, differences: [], state: 'ok' });
    checks.current = { kind: 'ready', check };
    const done = commands.execute(CommandIDs.compareKernel);
    await screen.findByText('Python 3 holds what is locked.');
    expect(screen.queryByRole('button', { name: /kernel/ })).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await done;

    expect(maker.previewed).toEqual([]);
  });

  it('tells why nothing could be compared', async () => {
    const { commands, checks } = setUp();
    checks.current = { kind: 'error', problem: makeProblem({ hint: '' }) };

    await commands.execute(CommandIDs.compareKernel);

    expect(told()).toEqual(['The requirements contradict each other.']);
  });
});

describe('useKernel', () => {
  it('switches the notebook', async () => {
    const { commands, running, document } = setUp();

    await commands.execute(CommandIDs.useKernel, { kernel: 'train' });

    expect(running.used).toEqual([[document, 'train']]);
    expect(commands.isEnabled(CommandIDs.useKernel)).toBe(false);
  });

  it('tells why the kernel does not start', async () => {
    const { commands, running } = setUp();
    running.failure = new Error('it died');

    await commands.execute(CommandIDs.useKernel, { kernel: 'train' });

    expect(told()).toEqual(['it died']);
  });
});

describe('manageKernels', () => {
  it('comes back to the list after a log', async () => {
    const { commands, kernels, maker } = setUp();
    const shown: unknown[] = [];
    commands.addCommand(CommandIDs.showJobLog, { execute: args => shown.push(args) });
    kernels.show({ kind: 'ready', kernels: [makeKernel()] });
    maker.job = makeKernelJob({ key: 'work/train.ipynb' });
    const done = commands.execute(CommandIDs.manageKernels);

    await userEvent.click(await screen.findByRole('button', { name: 'Show Log' }));
    await waitFor(() => expect(kernels.refreshCount).toBe(2));
    await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
    await done;

    expect(shown).toEqual([{ job_id: 'job-1' }]);
  });

  it('opens the notebook of a kernel', async () => {
    const { commands, kernels } = setUp();
    const opened: unknown[] = [];
    commands.addCommand('docmanager:open', { execute: args => opened.push(args) });
    kernels.show({ kind: 'ready', kernels: [makeKernel()] });
    const done = commands.execute(CommandIDs.manageKernels);

    await userEvent.click(
      await screen.findByRole('button', { name: 'work/train.ipynb' })
    );
    await done;

    expect(opened).toEqual([{ path: 'work/train.ipynb' }]);
  });
});
