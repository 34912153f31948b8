import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { KernelRecord } from '../kernelTokens';
import { sizeText } from './amounts';
import { TextButton } from './TextButton';

/** A kernel that the user may want to delete. */
export interface IKernelQuestionProps {
  /** The kernel. */
  kernel: KernelRecord;
  /** The open notebooks that run in it. */
  users: readonly string[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user keeps it. */
  onKeep: () => void;
  /** Called when the user deletes it. */
  onDelete: () => void;
}

/** The question before a kernel is deleted, with what hangs on it. */
export function KernelQuestion(props: IKernelQuestionProps): React.JSX.Element {
  const { kernel, users, trans, onKeep, onDelete } = props;
  const id = React.useId();
  const keep = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    keep.current?.querySelector('button')?.focus();
  }, []);
  const { display_name: name, size_bytes: bytes, shared_with: others } = kernel;
  return (
    <div
      role="alertdialog"
      aria-labelledby={id}
      className="jp-aidevsecops-KernelQuestion"
    >
      <p id={id}>
        {trans.__('Delete the kernel %1?', name)}{' '}
        {others.length > 0
          ? trans.__('Its environment is kept for %1.', others.join(', '))
          : trans.__(
              'Its environment, %1, is deleted with it.',
              sizeText(bytes, trans)
            )}{' '}
        {users.length > 0
          ? trans.__(
              'It runs in %1: stop or change the kernel there first.',
              users.join(', ')
            )
          : null}
      </p>
      <div ref={keep} className="jp-aidevsecops-ButtonRow">
        <TextButton label={trans.__('Cancel')} onClick={onKeep} />
        <TextButton label={trans.__('Delete')} isWarning onClick={onDelete} />
      </div>
    </div>
  );
}
