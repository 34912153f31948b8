import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { TreeEdge, TreeResult } from '../environmentTokens';
import type { ITreeRow, TreeWay } from './treeRows';
import { TreeRows, treeStep } from './treeRows';

/** A tree of packages. */
export interface IDependencyTreeProps {
  /** What it is a tree of. */
  label: string;
  /** The packages and who asks for them. */
  result: TreeResult;
  /** Which way it is read. */
  way: TreeWay;
  /** The packages in the first level. */
  roots: readonly string[];
  /** Whether the first level is expanded at first. */
  isExpanded?: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the package that the user wants to know more of. */
  onChoose: (name: string) => void;
}

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

function Row(props: {
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
    <li
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
    </li>
  );
}

/** The keys of the first level, which are its names. */
function firstLevel(props: IDependencyTreeProps): ReadonlySet<string> {
  return new Set(props.isExpanded ? props.roots : []);
}

/** Packages as a tree that keys lead through as ARIA describes; only what is open is drawn. */
export function DependencyTree(props: IDependencyTreeProps): React.JSX.Element {
  const { label, result, way, roots, trans, onChoose } = props;
  const tree = React.useMemo(() => new TreeRows(result, way), [result, way]);
  const [expanded, setExpanded] = React.useState(() => firstLevel(props));
  const [active, setActive] = React.useState<string | null>(null);
  const list = React.useRef<HTMLUListElement>(null);
  const rows = React.useMemo(() => tree.rows(roots, expanded), [tree, roots, expanded]);
  const found = rows.findIndex(({ key }) => key === active);
  const at = Math.max(found, 0);

  const toggle = (row: ITreeRow, isWanted: boolean): void => {
    const next = new Set(expanded);
    if (isWanted) {
      next.add(row.key);
    } else {
      next.delete(row.key);
    }
    setExpanded(next);
    setActive(row.key);
  };
  const go = (to: number): void => {
    setActive(rows[to].key);
    (list.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  const expandSiblings = (): void => {
    const { key, level } = rows[at];
    const parent = key.split('/').slice(0, -1).join('/');
    const siblings = rows.filter(
      row => row.level === level && row.key.split('/').slice(0, -1).join('/') === parent
    );
    setExpanded(new Set([...expanded, ...siblings.map(row => row.key)]));
  };
  const choose = ({ name }: ITreeRow): void => {
    if (name !== null) {
      onChoose(name);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const step = isPlain && rows.length > 0 ? treeStep(event.key, rows, at) : null;
    if (!step) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    switch (step.kind) {
      case 'go':
        return go(step.to);
      case 'siblings':
        return expandSiblings();
      case 'choose':
        return choose(rows[at]);
      default:
        return toggle(rows[at], step.kind === 'expand');
    }
  };
  return (
    <ul
      ref={list}
      role="tree"
      aria-label={label}
      className="jp-aidevsecops-Tree"
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <Row
          key={row.key}
          row={row}
          isActive={index === at}
          trans={trans}
          onToggle={() => row.canExpand && toggle(row, !row.isExpanded)}
          onChoose={() => choose(row)}
        />
      ))}
    </ul>
  );
}
