import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { KernelRecord } from '../kernelTokens';
import type { Job } from '../tokens';
import type { IKernelActions } from './KernelTableRow';
import { KernelTableRow } from './KernelTableRow';

/** The kernels that were made from locks. */
export interface IKernelTableProps extends IKernelActions {
  /** The kernels. */
  kernels: readonly KernelRecord[];
  /** The name of the kernel that the user is asked about before it is deleted, or null. */
  asking: string | null;
  /** The job that works on a kernel now, or null. */
  jobOf: (kernel: KernelRecord) => Job | null;
  /** The open notebooks that run in a kernel. */
  usersOf: (kernel: KernelRecord) => readonly string[];
  /** The time of this moment in seconds. */
  now: number;
  /** The translator. */
  trans: TranslationBundle;
}

/**
 * The kernels as a table. The roles are spelt out because the narrow layout is a grid, which
 * would otherwise take the table's meaning away.
 */
export function KernelTable(props: IKernelTableProps): React.JSX.Element {
  const { kernels, asking, jobOf, usersOf, trans, ...rest } = props;
  const headings = [
    trans.__('Kernel'),
    trans.__('State'),
    trans.__('Python'),
    trans.__('Size'),
    trans.__('Age'),
    trans.__('Notebook'),
    trans.__('Actions')
  ];
  return (
    <table
      role="table"
      aria-label={trans.__('Kernels')}
      className="jp-aidevsecops-KernelTable"
    >
      <thead role="rowgroup">
        <tr role="row">
          {headings.map(heading => (
            <th key={heading} role="columnheader" scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      {kernels.map(kernel => (
        <KernelTableRow
          key={kernel.name}
          kernel={kernel}
          job={jobOf(kernel)}
          users={usersOf(kernel)}
          isAsking={asking === kernel.name}
          trans={trans}
          {...rest}
        />
      ))}
    </table>
  );
}
