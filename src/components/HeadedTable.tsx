import * as React from 'react';

/** A table whose columns have headings. */
export interface IHeadedTableProps {
  /** What it shows, for screen readers. */
  label: string;
  /** The headings of its columns. */
  headings: readonly string[];
  /** The class of the table, where it has looks of its own. */
  className?: string;
  /** Its rows. */
  children: React.ReactNode;
}

/** A table that says what is in its columns. */
export function HeadedTable(props: IHeadedTableProps): React.JSX.Element {
  const { label, headings, className, children } = props;
  return (
    <table className={className} aria-label={label}>
      <thead>
        <tr>
          {headings.map(heading => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
