import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { TreeEdge } from '../environmentTokens';
import type { ITreeRow } from './treeRows';

/** How one package asks for another, in words. */
export function edgeText(edge: TreeEdge | null, trans: TranslationBundle): string {
  if (!edge) {
    return '';
  }
  const { specifier, markers, extras } = edge;
  return [
    extras.length > 0 ? `[${extras.join(',')}]` : '',
    specifier,
    markers ? trans.__('if %1', markers) : ''
  ]
    .filter(Boolean)
    .join(' ');
}

/** A package in a tree. */
export function TreeRow(props: {
  row: ITreeRow;
  isActive: boolean;
  trans: TranslationBundle;
  onToggle: () => void;
  onChoose: () => void;
}): React.JSX.Element {
  const { row, isActive, trans, onToggle, onChoose } = props;
  const Caret = row.isExpanded ? caretDownIcon : caretRightIcon;
  const asked = edgeText(row.edge, trans);
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.count}
      aria-expanded={row.canExpand ? row.isExpanded : undefined}
      aria-selected={isActive}
      tabIndex={isActive ? 0 : -1}
      className="jp-aidevsecops-TreeRow"
      style={{ paddingLeft: `${(row.level - 1) * 16}px` }}
      onClick={onChoose}
    >
      <span
        className="jp-aidevsecops-TreeRow-caret"
        // The keys do the same; screen readers read the state of the row.
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.canExpand ? <Caret.react tag="span" elementSize="normal" /> : null}
      </span>
      <span className="jp-aidevsecops-TreeRow-name">
        {row.name ?? trans.__('the notebook')}
      </span>
      {row.version ? <span> {row.version}</span> : null}
      {asked ? <span className="jp-aidevsecops-Hint"> {asked}</span> : null}
      {row.isRepeated ? (
        <span className="jp-aidevsecops-Tag">{trans.__('again')}</span>
      ) : null}
    </div>
  );
}
