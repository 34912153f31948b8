import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Dependencies, Job, NotebookStatus } from '../tokens';
import { Busy } from './Busy';
import { JobProgress } from './JobProgress';
import { statusText } from './statusText';
import { TextButton } from './TextButton';

/** The state of a notebook. */
export interface IStatusSummaryProps {
  /** The notebook's path. */
  path: string;
  /** The state in one word. */
  status: NotebookStatus;
  /** The icon of the state. */
  icon: LabIcon;
  /** What is known of the dependencies, or null. */
  dependencies: Dependencies | null;
  /** The job that locks the notebook now, or null. */
  job: Job | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to lock. */
  onLock: () => void;
  /** Called when the user wants to choose how to lock. */
  onLockWithOptions: () => void;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

const BUSY: readonly NotebookStatus[] = ['loading', 'locking'];
const CAN_LOCK: readonly NotebookStatus[] = ['unlocked', 'stale', 'drifted'];

/** The head of the section: which notebook, its state, and the one thing to do next. */
export function StatusSummary(props: IStatusSummaryProps): React.JSX.Element {
  const { path, status, icon: Icon, dependencies, job, trans } = props;
  const { title, next } = statusText(status, dependencies, trans);
  const name = path.split('/').pop() ?? path;
  const engine = status === 'fresh' ? dependencies?.engine : null;
  return (
    <header className={`jp-aidevsecops-StatusSummary jp-mod-${status}`}>
      <p className="jp-aidevsecops-StatusSummary-path" title={path}>
        <bdi>{name}</bdi>
      </p>
      {BUSY.includes(status) && !job ? (
        <Busy label={title} />
      ) : (
        <p className="jp-aidevsecops-StatusSummary-title" role="status">
          {job ? null : <Icon.react tag="span" elementSize="normal" />}
          <strong>{title}</strong>
        </p>
      )}
      {next ? (
        <p className="jp-aidevsecops-Hint">
          {next} {engine ? trans.__('Engine: %1.', engine) : null}
        </p>
      ) : null}
      {status === 'fresh' || CAN_LOCK.includes(status) ? (
        <div className="jp-aidevsecops-ButtonRow">
          {CAN_LOCK.includes(status) ? (
            <TextButton
              label={
                status === 'unlocked'
                  ? trans.__('Lock Dependencies')
                  : trans.__('Lock Again')
              }
              isPrimary
              onClick={props.onLock}
            />
          ) : null}
          <TextButton label={trans.__('Options…')} onClick={props.onLockWithOptions} />
        </div>
      ) : null}
      {job ? (
        <JobProgress
          job={job}
          trans={trans}
          onCancel={props.onCancel}
          onShowLog={props.onShowLog}
        />
      ) : null}
    </header>
  );
}
