import * as React from 'react';
import { partsOf, useNearby } from './nearby';

/** The rows of a long table. */
export interface ILongTableBodyProps<T> {
  /** What the rows show. */
  rows: readonly T[];
  /** Draws one of them. */
  draw: (row: T, index: number) => React.JSX.Element;
}

function Part<T>(props: ILongTableBodyProps<T> & { from: number }): React.JSX.Element {
  const { rows, draw, from } = props;
  const [holder, room] = useNearby<HTMLTableSectionElement>(rows.length);
  // The first ones are seen at once, before the browser says so.
  const isDrawn = from === 0 || room === null;
  return (
    <tbody ref={holder} role="rowgroup">
      {isDrawn ? (
        rows.map((row, index) => draw(row, from + index))
      ) : (
        <tr aria-hidden="true">
          <td style={{ height: room }} />
        </tr>
      )}
    </tbody>
  );
}

/** The body of a long table, of which only the rows are drawn that are near what is seen. */
export function LongTableBody<T>(props: ILongTableBodyProps<T>): React.JSX.Element {
  const { rows, draw } = props;
  const parts = React.useMemo(() => partsOf(rows), [rows]);
  let from = 0;
  return (
    <>
      {parts.map(part => {
        const first = from;
        from += part.length;
        return <Part key={first} rows={part} draw={draw} from={first} />;
      })}
    </>
  );
}
