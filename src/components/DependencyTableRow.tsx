import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { DependencyRow } from '../tokens';
import { CellLinks } from './CellLinks';
import { IconButton } from './IconButton';

/** What can be done with a requirement. */
export interface IDependencyActions {
  /** Called with the requirement to change. */
  onEdit: (row: DependencyRow) => void;
  /** Called with the requirement to take out. */
  onRemove: (row: DependencyRow) => void;
  /** Called with the requirement whose place in the tree is wanted. */
  onTree: (row: DependencyRow) => void;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

/** One requirement. */
export interface IDependencyTableRowProps extends IDependencyActions {
  /** The requirement. */
  row: DependencyRow;
  /** Its place among all of them, from 0, where not all of them are drawn. */
  index?: number;
  /** Whether changes are not possible now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** How a requirement was found, in a word or two. */
export function sourceText(row: DependencyRow, trans: TranslationBundle): string {
  switch (row.source) {
    case 'metadata':
      return trans.__('declared');
    case 'pep723':
      return trans.__('script block');
    case 'pip':
      return trans.__('install line');
    case 'import':
      return trans.__('import');
  }
}

/** What the look of a name means, and what it is imported as. */
function nameTitle(row: DependencyRow, trans: TranslationBundle): string | undefined {
  const imports = row.imports.join(', ');
  const parts = [
    row.declared ? '' : trans.__('Found in the cells, not declared.'),
    imports ? trans.__('Imported as %1.', imports) : ''
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

function tags(row: DependencyRow, trans: TranslationBundle): string[] {
  return [
    ...(row.dev ? [trans.__('dev')] : []),
    ...(row.optional ? [trans.__('optional')] : []),
    ...(row.index ? [trans.__('from %1', row.index)] : []),
    ...(row.markers ? [trans.__('if %1', row.markers)] : [])
  ];
}

/** A requirement as a row: name, constraint, locked version, origin, and what can be done. */
export function DependencyTableRow(props: IDependencyTableRowProps): React.JSX.Element {
  const { row, index, isBusy, trans, onEdit, onRemove, onReveal } = props;
  const extras = row.extras.length > 0 ? `[${row.extras.join(',')}]` : '';
  const kind = row.declared ? '' : ' jp-mod-found';
  return (
    <tr
      role="row"
      // The head is the first one.
      aria-rowindex={index === undefined ? undefined : index + 2}
      className={`jp-aidevsecops-DependencyRow${kind}`}
    >
      <th role="rowheader" scope="row" className="jp-aidevsecops-DependencyRow-name">
        <span title={nameTitle(row, trans)}>
          {row.name}
          {extras}
        </span>
        {tags(row, trans).map(tag => (
          <span key={tag} className="jp-aidevsecops-Tag">
            {tag}
          </span>
        ))}
      </th>
      <td role="cell" className="jp-aidevsecops-DependencyRow-specifier">
        {row.specifier && row.specifier !== '*' ? (
          row.specifier
        ) : (
          <span className="jp-aidevsecops-Hint">{trans.__('any')}</span>
        )}
      </td>
      <td role="cell" className="jp-aidevsecops-DependencyRow-locked">
        {row.locked_version ?? (
          <span className="jp-aidevsecops-Hint" title={trans.__('Not locked')}>
            <span aria-hidden="true">–</span>
            <span className="jp-aidevsecops-Unseen">{trans.__('not locked')}</span>
          </span>
        )}
      </td>
      <td role="cell" className="jp-aidevsecops-DependencyRow-source">
        <span>{sourceText(row, trans)}</span>
        <CellLinks cells={row.cells} trans={trans} onReveal={onReveal} />
      </td>
      <td role="cell" className="jp-aidevsecops-DependencyRow-actions">
        {row.locked_version ? (
          <IconButton
            action="ShowTree"
            label={trans.__('Show why %1 is here, and what it needs', row.name)}
            onClick={() => props.onTree(row)}
          />
        ) : null}
        <IconButton
          action={row.declared ? 'Edit' : 'Declare'}
          label={
            row.declared
              ? trans.__('Edit %1', row.name)
              : trans.__('Declare %1', row.name)
          }
          isDisabled={isBusy}
          onClick={() => onEdit(row)}
        />
        {row.declared ? (
          <IconButton
            action="Remove"
            label={trans.__('Remove %1', row.name)}
            isDisabled={isBusy}
            onClick={() => onRemove(row)}
          />
        ) : null}
      </td>
    </tr>
  );
}
