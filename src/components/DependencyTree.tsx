import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { TreeResult } from '../environmentTokens';
import { TreeRow } from './TreeRow';
import { partsOf, useNearby } from './nearby';
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

/** Rows that are drawn together: where they are seen, or where one of them is the active one. */
function Part(props: {
  rows: readonly ITreeRow[];
  isActive: boolean;
  draw: (row: ITreeRow) => React.JSX.Element;
}): React.JSX.Element {
  const { rows, isActive, draw } = props;
  const [holder, room] = useNearby<HTMLDivElement>(rows.length);
  return (
    <div ref={holder} role="none">
      {isActive || room === null ? rows.map(draw) : <div style={{ height: room }} />}
    </div>
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
  const list = React.useRef<HTMLDivElement>(null);
  const isGoing = React.useRef(false);
  const rows = React.useMemo(() => tree.rows(roots, expanded), [tree, roots, expanded]);
  const parts = React.useMemo(() => partsOf(rows), [rows]);
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
  React.useEffect(() => {
    // It may have been drawn for this.
    if (isGoing.current) {
      isGoing.current = false;
      list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    }
  }, [active]);
  const go = (to: number): void => {
    isGoing.current = rows[to].key !== active;
    setActive(rows[to].key);
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
    <div
      ref={list}
      role="tree"
      aria-label={label}
      className="jp-aidevsecops-Tree"
      onKeyDown={onKeyDown}
    >
      {parts.map((part, number) => (
        <Part
          key={number}
          rows={part}
          isActive={part.includes(rows[at])}
          draw={row => (
            <TreeRow
              key={row.key}
              row={row}
              isActive={row === rows[at]}
              trans={trans}
              onToggle={() => row.canExpand && toggle(row, !row.isExpanded)}
              onChoose={() => choose(row)}
            />
          )}
        />
      ))}
    </div>
  );
}
