import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { DependencyRow } from '../tokens';
import type { IDependencyActions } from './DependencyTableRow';
import { DependencyTableRow } from './DependencyTableRow';

/** More rows than that are drawn only where they are seen. */
const MANY = 100;

const LongTableBody = React.lazy(async () => ({
  default: (await import('./LongTableBody')).LongTableBody<DependencyRow>
}));

/** The requirements of a notebook. */
export interface IDependencyTableProps extends IDependencyActions {
  /** The requirements. */
  rows: readonly DependencyRow[];
  /** What is to stand below a requirement, or null. */
  below?: (row: DependencyRow) => React.JSX.Element | null;
  /** Whether changes are not possible now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/**
 * The requirements as a table. The roles are spelt out because the narrow layout is a grid,
 * which would otherwise take the table's meaning away.
 */
export function DependencyTable(props: IDependencyTableProps): React.JSX.Element {
  const { rows, below, trans, ...rest } = props;
  const headings = [
    trans.__('Name'),
    trans.__('Constraint'),
    trans.__('Locked'),
    trans.__('From'),
    trans.__('Actions')
  ];
  const draw = (row: DependencyRow, index?: number): React.JSX.Element => {
    const more = below?.(row);
    return (
      <React.Fragment key={`${row.dev ? 'dev' : 'default'}:${row.name}`}>
        <DependencyTableRow row={row} index={index} trans={trans} {...rest} />
        {more ? (
          <tr role="row" className="jp-aidevsecops-DependencyTable-below">
            <td role="cell" colSpan={headings.length}>
              {more}
            </td>
          </tr>
        ) : null}
      </React.Fragment>
    );
  };
  return (
    <table
      role="table"
      aria-rowcount={rows.length > MANY ? rows.length + 1 : undefined}
      aria-label={trans.__('Requirements')}
      className="jp-aidevsecops-DependencyTable"
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
      {rows.length > MANY ? (
        <React.Suspense fallback={null}>
          <LongTableBody rows={rows} draw={draw} />
        </React.Suspense>
      ) : (
        <tbody role="rowgroup">{rows.map(row => draw(row))}</tbody>
      )}
    </table>
  );
}
