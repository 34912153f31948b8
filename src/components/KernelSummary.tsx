import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { KernelCheck, KernelCheckState } from '../kernelTokens';
import type { Job } from '../tokens';
import { Busy } from './Busy';
import { IconButton } from './IconButton';
import { JobProgress } from './JobProgress';
import { checkText } from './kernelText';
import { problemText } from './problemText';
import { TextButton } from './TextButton';

/** The kernel of a notebook and its lock. */
export interface IKernelSummaryProps {
  /** How the kernel compares with the lock. */
  state: KernelCheckState;
  /** Whether it does not match the lock. */
  isDifferent: boolean;
  /** What users see of the kernel that runs; empty when none does. */
  kernelName: string;
  /** The icon of the state. */
  icon: LabIcon;
  /** The job that makes a kernel for the notebook, or null. */
  job: Job | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants a kernel of the lock. */
  onCreate: () => void;
  /** Called when the user wants to see what differs. */
  onCompare: () => void;
  /** Called when the user wants to see all kernels. */
  onManage: () => void;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

function textOf(
  { state, kernelName }: IKernelSummaryProps,
  trans: TranslationBundle
): string {
  switch (state.kind) {
    case 'none':
      return kernelName || trans.__('No kernel runs');
    case 'error':
      return trans.__(
        'The kernel could not be compared with the lock: %1',
        problemText(state.problem, trans).message
      );
    case 'loading':
      return state.check
        ? checkText(state.check, trans)
        : trans.__('Comparing the kernel with the lock…');
    case 'ready':
      return checkText(state.check, trans);
  }
}

function checkOf(state: KernelCheckState): KernelCheck | null {
  return 'check' in state ? state.check : null;
}

/** Whether the notebook runs in what it has locked, and the way to make it so. */
export function KernelSummary(props: IKernelSummaryProps): React.JSX.Element {
  const { state, isDifferent, icon: Icon, job, trans } = props;
  const check = checkOf(state);
  const id = React.useId();
  return (
    <section
      className={`jp-aidevsecops-KernelSummary${isDifferent ? ' jp-mod-different' : ''}`}
      aria-labelledby={id}
    >
      <div className="jp-aidevsecops-KernelSummary-head">
        <h4 id={id}>{trans.__('Kernel')}</h4>
        <IconButton
          action="Manage"
          label={trans.__('Manage Kernels…')}
          onClick={props.onManage}
        />
      </div>
      {!job && state.kind === 'loading' && !check ? (
        <Busy label={textOf(props, trans)} />
      ) : (
        <p className="jp-aidevsecops-KernelSummary-text" role="status">
          <Icon.react tag="span" elementSize="normal" />
          <span>{job ? job.title : textOf(props, trans)}</span>
        </p>
      )}
      {!job && check?.reason && isDifferent ? (
        <p className="jp-aidevsecops-Hint">{check.reason}</p>
      ) : null}
      {job ? (
        <JobProgress
          job={job}
          trans={trans}
          onCancel={props.onCancel}
          onShowLog={props.onShowLog}
        />
      ) : check?.matches === true && !isDifferent ? null : (
        <div className="jp-aidevsecops-ButtonRow">
          <TextButton
            label={trans.__('Create Kernel and Use It…')}
            isPrimary={isDifferent}
            onClick={props.onCreate}
          />
          {isDifferent ? (
            <TextButton label={trans.__('Compare')} onClick={props.onCompare} />
          ) : null}
        </div>
      )}
    </section>
  );
}
