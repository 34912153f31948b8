import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitEdge } from '../splitTokens';
import { HeadedTable } from './HeadedTable';

/** What flows between steps. */
export interface IFlowTableProps {
  /** What orders the steps. */
  edges: readonly SplitEdge[];
  /** The translator. */
  trans: TranslationBundle;
}

/** What a graph of steps shows, as a table that can be unfolded, with the reasons. */
export function FlowTable({ edges, trans }: IFlowTableProps): React.JSX.Element {
  const headings = [trans.__('From'), trans.__('To'), trans.__('What'), trans.__('Why')];
  return (
    <details className="jp-aidevsecops-FlowTable">
      <summary>{trans.__('What flows, as a table')}</summary>
      {edges.length === 0 ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__('Nothing flows: the steps can run in any order, or all at once.')}
        </p>
      ) : (
        <HeadedTable label={trans.__('What flows')} headings={headings}>
          {edges.map(({ source, target, names, reasons }) => (
            <tr key={`${source}→${target}`}>
              <th scope="row">{source}</th>
              <td>{target}</td>
              <td>{names.length > 0 ? names.join(', ') : trans.__('only the order')}</td>
              <td>{reasons.join(' ')}</td>
            </tr>
          ))}
        </HeadedTable>
      )}
    </details>
  );
}
