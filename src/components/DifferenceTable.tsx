import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { KernelCheck } from '../kernelTokens';
import { HeadedTable } from './HeadedTable';

/** How a kernel and a lock differ. */
export interface IDifferenceTableProps {
  /** The packages that differ. */
  differences: KernelCheck['differences'];
  /** The translator. */
  trans: TranslationBundle;
}

/** Each package that is not installed as it is locked, with both versions. */
export function DifferenceTable(props: IDifferenceTableProps): React.JSX.Element {
  const { differences, trans } = props;
  return (
    <HeadedTable
      className="jp-aidevsecops-Differences"
      label={trans.__('Differences')}
      headings={[trans.__('Name'), trans.__('Locked'), trans.__('Installed')]}
    >
      {differences.map(({ name, locked, installed }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{locked ?? <em>{trans.__('not locked')}</em>}</td>
          <td>{installed ?? <em>{trans.__('not installed')}</em>}</td>
        </tr>
      ))}
    </HeadedTable>
  );
}
