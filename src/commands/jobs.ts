import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IJobArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { asProblem } from '../models/problems';
import type { ICommandContext } from './context';
import { tellProblem } from './context';
import { jobArgs, noArgs } from './describe';
import { ACTION_ICONS } from '../icons';

function jobIdOf(args: ReadonlyPartialJSONObject): string {
  return (args as IJobArgs).job_id ?? '';
}

async function telling(
  context: ICommandContext,
  work: () => Promise<unknown>
): Promise<void> {
  try {
    await work();
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

/** Apply the result of a job; one whose notebook is not open is applied by opening it. */
async function applyLock(context: ICommandContext, jobId: string): Promise<void> {
  const job = context.jobs.get(jobId);
  if (!job) {
    return;
  }
  const document = context.notebooks.find({ path: job.key });
  if (document) {
    context.activate(document.id);
    await context.locks.apply(jobId);
  } else {
    await context.commands.execute('docmanager:open', { path: job.key });
  }
}

/** Ask before jobs are forgotten: nothing brings their logs back. */
async function agrees({ jobs, trans }: ICommandContext): Promise<boolean> {
  const count = jobs.jobs.length - jobs.active.length;
  const answer = await showDialog({
    title: trans._n('Clear %1 finished job?', 'Clear %1 finished jobs?', count),
    body: trans.__('Logs and results that were not applied go with them.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Clear') })
    ]
  });
  return answer.button.accept;
}

/** Add the commands that work on jobs. */
export function addJobCommands(context: ICommandContext): void {
  const { commands, jobs, trans } = context;
  commands.addCommand(CommandIDs.showJobLog, {
    label: trans.__('Show Job Log'),
    caption: trans.__('Show what a job has written'),
    icon: ACTION_ICONS.ShowLog,
    describedBy: jobArgs(),
    isEnabled: args => jobIdOf(args) !== '',
    execute: async args => {
      const { showJobLog } = await import('../dialogs/JobLogDialog');
      await showJobLog(jobs, jobIdOf(args), trans);
    }
  });
  commands.addCommand(CommandIDs.cancelJob, {
    label: trans.__('Cancel Job'),
    caption: trans.__('Stop a job and everything it has started'),
    icon: ACTION_ICONS.Cancel,
    describedBy: jobArgs(),
    isEnabled: args => jobIdOf(args) !== '',
    execute: args => telling(context, () => jobs.cancel(jobIdOf(args)))
  });
  commands.addCommand(CommandIDs.clearJobs, {
    label: trans.__('Clear Finished Jobs…'),
    caption: trans.__('Clear the jobs that have ended from the list'),
    icon: ACTION_ICONS.Clear,
    describedBy: noArgs(),
    isEnabled: () => jobs.jobs.length > jobs.active.length,
    execute: async () => {
      if (await agrees(context)) {
        await telling(context, () => jobs.clear());
      }
    }
  });
  commands.addCommand(CommandIDs.applyLock, {
    label: trans.__('Apply Lock'),
    caption: trans.__('Write the result of a lock to its notebook'),
    describedBy: jobArgs(),
    isEnabled: args => jobs.get(jobIdOf(args))?.state === 'succeeded',
    execute: args => telling(context, () => applyLock(context, jobIdOf(args)))
  });
}
