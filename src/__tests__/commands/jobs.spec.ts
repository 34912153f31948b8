import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { addJobCommands } from '../../commands/jobs';
import { makeJob, makeLockResult } from '../doubles';
import { CommandSetting } from './setting';

const ARGS = { job_id: 'job-1' };

function setUp(): CommandSetting {
  const setting = new CommandSetting();
  addJobCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

describe('addJobCommands', () => {
  it('cancels a job', async () => {
    const { commands, jobs } = setUp();

    await commands.execute(CommandIDs.cancelJob, ARGS);

    expect(jobs.cancelled).toEqual(['job-1']);
  });

  it('tells why a job cannot be cancelled', async () => {
    const { commands, jobs } = setUp();
    jobs.cancel = () => Promise.reject(new Error('No such job.'));

    await commands.execute(CommandIDs.cancelJob, ARGS);

    const messages = Notification.manager.notifications.map(one => one.message);
    expect(messages).toEqual(['No such job.']);
  });

  it('clears only when a job has ended', async () => {
    const { commands, jobs } = setUp();
    jobs.jobs = [makeJob()];
    expect(commands.isEnabled(CommandIDs.clearJobs)).toBe(false);
    jobs.jobs = [makeJob({ state: 'failed' })];
    expect(commands.isEnabled(CommandIDs.clearJobs)).toBe(true);

    const clearing = commands.execute(CommandIDs.clearJobs);
    await screen.findByText('Clear 1 finished job?');
    await userEvent.click(screen.getByRole('button', { name: /^Clear/ }));
    await clearing;

    expect(jobs.clearCount).toBe(1);
  });

  it('forgets no job before that is confirmed', async () => {
    const { commands, jobs } = setUp();
    jobs.jobs = [makeJob({ state: 'failed' }), makeJob({ state: 'succeeded' })];

    const clearing = commands.execute(CommandIDs.clearJobs);
    await screen.findByText('Clear 2 finished jobs?');
    await userEvent.click(screen.getByRole('button', { name: /^Cancel/ }));
    await clearing;

    expect(jobs.clearCount).toBe(0);
  });

  it('shows a log that grows, with its state, until it is closed', async () => {
    const { commands, jobs } = setUp();
    jobs.jobs = [makeJob()];
    jobs.log = [{ lines: ['trying numpy'], next_offset: 1, complete: true }];

    const showing = commands.execute(CommandIDs.showJobLog, ARGS);
    const log = await screen.findByRole('log');
    await screen.findByText('trying numpy');
    expect(log.textContent).toBe('trying numpy');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel the job' }));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await showing;

    expect(jobs.cancelled).toEqual(['job-1']);
    expect(screen.queryByRole('log')).toBeNull();
  });

  it('opens the notebook that a lock waits for', async () => {
    const { commands, jobs, notebooks } = setUp();
    const opened: unknown[] = [];
    commands.addCommand('docmanager:open', { execute: args => opened.push(args) });
    jobs.jobs = [makeJob({ state: 'succeeded' })];
    notebooks.documents = [];

    await commands.execute(CommandIDs.applyLock, ARGS);

    expect(opened).toEqual([{ path: 'work/train.ipynb' }]);
  });

  it('applies a lock to its open notebook, which it brings into sight', async () => {
    const { activated, commands, document, jobs, locks } = setUp();
    jobs.jobs = [makeJob({ state: 'succeeded' })];
    locks.outcomes = [
      { kind: 'applied', job: makeJob(), adopted: true, result: makeLockResult() }
    ];

    await commands.execute(CommandIDs.applyLock, ARGS);

    expect(activated).toEqual([document.id]);
    expect(locks.applied).toEqual(['job-1']);
  });

  it('applies only what has succeeded', () => {
    const { commands, jobs } = setUp();
    jobs.jobs = [makeJob({ state: 'failed' })];

    expect(commands.isEnabled(CommandIDs.applyLock, ARGS)).toBe(false);
  });
});
