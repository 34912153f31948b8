import type { TranslationBundle } from '@jupyterlab/translation';
import { kernelIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { FailureNotice } from '../components/FailureNotice';
import { KernelSummary } from '../components/KernelSummary';
import { kernelDiffersIcon } from '../icons';
import type { IKernelChecks, IKernelMaker, INotebookKernels } from '../kernelTokens';
import type { IJobsModel, INotebookDocument } from '../tokens';
import type { Run } from './LastFailure';
import { useSignals } from './useSignals';

/** What is known of the kernels of the open notebooks. */
export interface IKernelModels {
  /** Which kernels they run in. */
  running: INotebookKernels;
  /** The kernels that are being made. */
  maker: IKernelMaker;
  /** How they compare with the locks. */
  checks: IKernelChecks;
}

/** The kernel of one notebook. */
export interface INotebookKernelProps extends IKernelModels {
  /** The notebook. */
  notebook: INotebookDocument;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** The translator. */
  trans: TranslationBundle;
  /** Starts a command on the notebook. */
  run: Run;
}

/** The kernel of a notebook that has a lock: whether it matches, and what to do about it. */
export function NotebookKernel(props: INotebookKernelProps): React.JSX.Element | null {
  const { notebook, running, maker, checks, jobs, trans, run } = props;
  useSignals(running.changed, checks.stateChanged, jobs.jobsChanged, maker.finished);
  if (!notebook.value('requirements_lock')) {
    return null;
  }
  const isDifferent = checks.difference(notebook) !== null;
  const failed = maker.failure(notebook.path);
  return (
    <>
      <KernelSummary
        state={checks.state(notebook)}
        isDifferent={isDifferent}
        kernelName={running.current(notebook)?.displayName ?? ''}
        icon={isDifferent ? kernelDiffersIcon : kernelIcon}
        job={maker.activeJob(notebook.path)}
        trans={trans}
        onCreate={() => run(CommandIDs.createKernel)}
        onCompare={() => run(CommandIDs.compareKernel)}
        onManage={() => run(CommandIDs.manageKernels)}
        onCancel={job => run(CommandIDs.cancelJob, { job_id: job.job_id })}
        onShowLog={job => run(CommandIDs.showJobLog, { job_id: job.job_id })}
      />
      {failed?.error ? (
        <FailureNotice
          problem={failed.error}
          trans={trans}
          onShowLog={() => run(CommandIDs.showJobLog, { job_id: failed.job_id })}
          onReveal={cell => run(CommandIDs.revealCell, { cell })}
        />
      ) : null}
    </>
  );
}
