import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { KernelRecord } from '../kernelTokens';
import type { Job } from '../tokens';
import { ageText, sizeText } from './amounts';
import { IconButton } from './IconButton';
import { JobProgress } from './JobProgress';
import { KernelQuestion } from './KernelQuestion';
import { kernelStateText } from './kernelText';

/** What can be done with a kernel. */
export interface IKernelActions {
  /** Called with the kernel to make anew. */
  onRefresh: (kernel: KernelRecord) => void;
  /** Called with the kernel that the user may want to delete. */
  onAsk: (kernel: KernelRecord | null) => void;
  /** Called with the kernel to delete. */
  onDelete: (kernel: KernelRecord) => void;
  /** Called with the notebook to open. */
  onOpen: (path: string) => void;
  /** Called with the job to stop. */
  onCancel: (job: Job) => void;
  /** Called with the job whose log the user wants to see. */
  onShowLog: (job: Job) => void;
}

/** One kernel. */
export interface IKernelTableRowProps extends IKernelActions {
  /** The kernel. */
  kernel: KernelRecord;
  /** The job that works on it now, or null. */
  job: Job | null;
  /** The open notebooks that run in it. */
  users: readonly string[];
  /** Whether the user is asked before it is deleted. */
  isAsking: boolean;
  /** The time of this moment in seconds. */
  now: number;
  /** The translator. */
  trans: TranslationBundle;
}

const COLUMNS = 7;

function Notebook(
  props: Pick<IKernelTableRowProps, 'kernel' | 'users' | 'trans' | 'onOpen'>
): React.JSX.Element {
  const { kernel, users, trans, onOpen } = props;
  const { notebook } = kernel;
  const others = users.filter(path => path !== notebook);
  return (
    <>
      {notebook === null ? (
        <span className="jp-aidevsecops-Hint">{trans.__('elsewhere')}</span>
      ) : (
        <button
          type="button"
          className="jp-aidevsecops-LinkButton"
          title={trans.__('Open %1', notebook)}
          onClick={() => onOpen(notebook)}
        >
          {notebook}
        </button>
      )}
      {notebook !== null && users.includes(notebook) ? (
        <span className="jp-aidevsecops-Tag">{trans.__('runs')}</span>
      ) : null}
      {others.map(path => (
        <span key={path} className="jp-aidevsecops-Hint">
          {trans.__('runs in %1', path)}
        </span>
      ))}
    </>
  );
}

/** Where the focus goes back to when the question has been answered: the button that asked. */
function useReturningFocus(isAsking: boolean): React.RefObject<HTMLTableCellElement> {
  const cell = React.useRef<HTMLTableCellElement>(null);
  const hasAsked = React.useRef(false);
  React.useEffect(() => {
    if (hasAsked.current && !isAsking) {
      cell.current?.querySelector<HTMLElement>('button:last-child')?.focus();
    }
    hasAsked.current = isAsking;
  }, [isAsking]);
  return cell;
}

/** A kernel as a row, with a second one for its question or its job. */
export function KernelTableRow(props: IKernelTableRowProps): React.JSX.Element {
  const { kernel, job, isAsking, now, trans, onRefresh, onAsk } = props;
  const { display_name: shown, state, reason, shared_with: others } = kernel;
  const isBusy = job !== null;
  const actions = useReturningFocus(isAsking);
  return (
    <tbody role="rowgroup" className={`jp-aidevsecops-KernelRow jp-mod-${state}`}>
      <tr role="row">
        <th role="rowheader" scope="row" className="jp-aidevsecops-KernelRow-name">
          {shown}
          <span className="jp-aidevsecops-Hint">{kernel.name}</span>
        </th>
        <td role="cell" className="jp-aidevsecops-KernelRow-state">
          <span className="jp-aidevsecops-Tag">{kernelStateText(state, trans)}</span>
          {reason ? <span className="jp-aidevsecops-Hint">{reason}</span> : null}
        </td>
        <td role="cell">{kernel.python_version ?? '–'}</td>
        <td role="cell" className="jp-aidevsecops-KernelRow-size">
          {sizeText(kernel.size_bytes, trans)}
          {others.length > 0 ? (
            <span className="jp-aidevsecops-Hint">
              {trans.__('shared with %1', others.join(', '))}
            </span>
          ) : null}
        </td>
        <td role="cell">
          <time dateTime={new Date(kernel.created_at * 1000).toISOString()}>
            {ageText(kernel.created_at, now, trans)}
          </time>
        </td>
        <td role="cell" className="jp-aidevsecops-KernelRow-notebook">
          <Notebook {...props} />
        </td>
        <td ref={actions} role="cell" className="jp-aidevsecops-KernelRow-actions">
          <IconButton
            action="Refresh"
            label={trans.__('Refresh %1', shown)}
            isDisabled={isBusy || kernel.notebook === null}
            onClick={() => onRefresh(kernel)}
          />
          <IconButton
            action="Delete"
            label={trans.__('Delete %1', shown)}
            isDisabled={isBusy || isAsking}
            onClick={() => onAsk(kernel)}
          />
        </td>
      </tr>
      {job || isAsking ? (
        <tr role="row">
          <td role="cell" colSpan={COLUMNS}>
            {job ? (
              <JobProgress
                job={job}
                trans={trans}
                onCancel={props.onCancel}
                onShowLog={props.onShowLog}
              />
            ) : (
              <KernelQuestion
                kernel={kernel}
                users={props.users}
                trans={trans}
                onKeep={() => onAsk(null)}
                onDelete={() => props.onDelete(kernel)}
              />
            )}
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
