import { kernelIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type {
  ICompareKernelArgs,
  ICreateKernelArgs,
  INotebookArgs,
  IUseKernelArgs
} from '../commandIds';
import { CommandIDs } from '../commandIds';

import { kernelDiffersIcon } from '../icons';
import type {
  IKernelChecks,
  IKernelMaker,
  IKernelsModel,
  INotebookKernels,
  KernelCheck
} from '../kernelTokens';
import { asProblem } from '../models/problems';
import type { INotebookDocument } from '../tokens';
import type { ICommandContext } from './context';
import { tellProblem } from './context';
import { noArgs, notebookArgs } from './describe';
import { kernelCaption } from './kernelCaption';

/** What the commands about kernels work with. */
export interface IKernelContext extends Pick<
  ICommandContext,
  'commands' | 'notebooks' | 'dependencies' | 'jobs' | 'preferences' | 'trans'
> {
  /** The kernels that were made from locks. */
  kernels: IKernelsModel;
  /** Makes them. */
  maker: IKernelMaker;
  /** Compares them with locks. */
  checks: IKernelChecks;
  /** Who runs in them. */
  running: INotebookKernels;
}

function documentOf(
  { notebooks }: IKernelContext,
  args: ReadonlyPartialJSONObject
): INotebookDocument | null {
  return notebooks.find(args as INotebookArgs);
}

/** Whether there is a lock to make a kernel from, and nobody is about to replace it. */
function hasLock(context: IKernelContext, document: INotebookDocument): boolean {
  if (!document.value('requirements_lock')) {
    return false;
  }
  const status = context.dependencies.status(document);
  return status !== 'unsupported' && status !== 'locking';
}

/** What the user should know before a kernel is made. */
function notesOf(context: IKernelContext, document: INotebookDocument): string[] {
  const { dependencies, running, trans } = context;
  const status = dependencies.status(document);
  const kernel = running.current(document);
  return [
    ...(status === 'stale' || status === 'drifted'
      ? [
          trans.__(
            'The lock is not up to date: the kernel will hold what is locked, not what the notebook asks for now.'
          )
        ]
      : []),
    ...(kernel
      ? [
          trans.__(
            'The kernel that runs now, %1, is stopped: its variables are lost.',
            kernel.displayName
          )
        ]
      : [])
  ];
}

async function create(
  context: IKernelContext,
  document: INotebookDocument,
  isForced: boolean
): Promise<void> {
  const { commands, maker, trans } = context;
  const active = maker.activeJob(document.path);
  if (active) {
    await commands.execute(CommandIDs.showJobLog, { job_id: active.job_id });
    return;
  }
  const { askKernel } = await import('../dialogs/KernelDialog');
  const options = await askKernel({
    path: document.path,
    initial: isForced ? { force: true } : {},
    notes: notesOf(context, document),
    preview: asked => maker.preview(document, asked),
    trans
  });
  if (!options || document.isDisposed) {
    return;
  }
  try {
    await maker.make(document, options);
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}

/** Compare anew and show it; a kernel that differs may then be replaced. */
async function compare(
  context: IKernelContext,
  document: INotebookDocument
): Promise<void> {
  const { checks, trans } = context;
  await checks.refresh(document);
  const state = checks.state(document);
  if (state.kind === 'error') {
    tellProblem(context, state.problem);
  }
  if (state.kind !== 'ready') {
    return;
  }
  const { check } = state;
  const { showKernelCheck } = await import('../dialogs/KernelCheckDialog');
  const isDifferent = checks.difference(document) !== null;
  if (await showKernelCheck({ check, isDifferent, trans })) {
    // What was changed by hand in an environment that belongs to this lock has to be built anew.
    await create(context, document, check.state === 'ok');
  }
}

/** Show the list of kernels, and show it again after a log. */
async function manage(context: IKernelContext): Promise<void> {
  const { commands, kernels, maker, running, checks, jobs, trans } = context;
  const { showKernels } = await import('../dialogs/KernelsDialog');
  for (;;) {
    const exit = await showKernels({ kernels, maker, running, checks, jobs, trans });
    if (exit && 'openNotebook' in exit) {
      await commands.execute('docmanager:open', { path: exit.openNotebook });
    }
    if (!exit || !('showLog' in exit)) {
      return;
    }
    await commands.execute(CommandIDs.showJobLog, { job_id: exit.showLog });
  }
}

function differenceOf(
  context: IKernelContext,
  args: ReadonlyPartialJSONObject
): KernelCheck | null {
  const document = documentOf(context, args);
  return document ? context.checks.difference(document) : null;
}

function addUseKernel(context: IKernelContext): void {
  const { commands, running, trans } = context;
  commands.addCommand(CommandIDs.useKernel, {
    label: trans.__('Use Kernel'),
    caption: trans.__('Stop the kernel of the notebook and start another one'),
    icon: kernelIcon,
    describedBy: notebookArgs(
      { kernel: { type: 'string', description: "The kernel's name" } },
      ['kernel']
    ),
    isEnabled: args =>
      documentOf(context, args) !== null && Boolean((args as IUseKernelArgs).kernel),
    execute: async args => {
      const document = documentOf(context, args);
      const { kernel } = args as IUseKernelArgs;
      if (document && kernel) {
        try {
          await running.use(document, kernel);
        } catch (error) {
          tellProblem(context, asProblem(error));
        }
      }
    }
  });
}

/** Add the commands that make kernels, compare them and list them. */
export function addKernelCommands(context: IKernelContext): void {
  const { commands, preferences, running, trans } = context;
  const runs = (document: INotebookDocument): boolean =>
    running.current(document) !== null;
  commands.addCommand(CommandIDs.createKernel, {
    label: trans.__('Create Kernel and Use It…'),
    caption: trans.__(
      'Make a kernel that holds exactly what is locked, and switch to it'
    ),
    icon: kernelIcon,
    describedBy: notebookArgs({
      force: { type: 'boolean', description: 'Whether to build the environment anew' }
    }),
    isEnabled: args => {
      const document = documentOf(context, args);
      return document !== null && hasLock(context, document);
    },
    execute: async args => {
      const document = documentOf(context, args);
      if (document) {
        await create(context, document, (args as ICreateKernelArgs).force === true);
      }
    }
  });
  commands.addCommand(CommandIDs.compareKernel, {
    label: trans.__('Compare Kernel with Lock'),
    caption: args => kernelCaption(differenceOf(context, args), trans),
    icon: kernelDiffersIcon,
    describedBy: notebookArgs({
      only_differing: {
        type: 'boolean',
        description: 'Whether the command is there only when the kernel differs'
      }
    }),
    isEnabled: args => {
      const document = documentOf(context, args);
      return document !== null && hasLock(context, document) && runs(document);
    },
    isVisible: args =>
      (args as ICompareKernelArgs).only_differing !== true ||
      (preferences.warnKernel && differenceOf(context, args) !== null),
    execute: async args => {
      const document = documentOf(context, args);
      if (document) {
        await compare(context, document);
      }
    }
  });
  commands.addCommand(CommandIDs.manageKernels, {
    label: trans.__('Manage Kernels…'),
    caption: trans.__('List, refresh and delete the kernels that were made from locks'),
    icon: kernelIcon,
    describedBy: noArgs(),
    execute: () => manage(context)
  });
  addUseKernel(context);
}
