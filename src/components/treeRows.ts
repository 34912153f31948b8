import type { TreeEdge, TreePackage, TreeResult } from '../environmentTokens';

/** Which way a tree is read: what packages need, or who needs them. */
export type TreeWay = 'requires' | 'required_by';

/** A row of a tree that can be seen. */
export interface ITreeRow {
  /** The names down to it; tells it from other rows of the same package. */
  key: string;
  /** The package; null is the notebook. */
  name: string | null;
  /** The locked version; empty for the notebook. */
  version: string;
  /** How the row above asks for it, or it for the row above; null in the first level. */
  edge: TreeEdge | null;
  /** How deep it is, from 1. */
  level: number;
  /** Its place among its siblings, from 1. */
  position: number;
  /** How many siblings there are, itself included. */
  count: number;
  /** Whether rows can be shown below it. */
  canExpand: boolean;
  /** Whether they are. */
  isExpanded: boolean;
  /** Whether it is above itself: packages that need each other. */
  isRepeated: boolean;
}

/** A tree, of which only what is expanded is ever put together. */
export class TreeRows {
  constructor(
    result: TreeResult,
    private readonly _way: TreeWay
  ) {
    this._packages = new Map(result.packages.map(found => [found.name, found]));
  }

  /** The rows that can be seen below these packages. */
  rows(roots: readonly string[], expanded: ReadonlySet<string>): ITreeRow[] {
    const rows: ITreeRow[] = [];
    const edges = roots.map(name => ({ name, edge: null }));
    this._add(rows, edges, [], expanded);
    return rows;
  }

  private _add(
    rows: ITreeRow[],
    edges: readonly { name: string | null; edge: TreeEdge | null }[],
    above: readonly (string | null)[],
    expanded: ReadonlySet<string>
  ): void {
    edges.forEach(({ name, edge }, index) => {
      const names = [...above, name];
      const key = names.map(one => one ?? '').join('/');
      const found = name === null ? undefined : this._packages.get(name);
      const below = found?.[this._way] ?? [];
      const isRepeated = above.includes(name);
      const canExpand = below.length > 0 && !isRepeated;
      const isExpanded = canExpand && expanded.has(key);
      rows.push({
        key,
        name,
        version: found?.version ?? '',
        edge,
        level: names.length,
        position: index + 1,
        count: edges.length,
        canExpand,
        isExpanded,
        isRepeated
      });
      if (isExpanded) {
        const next = below.map(one => ({ name: one.name ?? null, edge: one }));
        this._add(rows, next, names, expanded);
      }
    });
  }

  private readonly _packages: Map<string, TreePackage>;
}

/** What a key does in a tree: go to a row, expand or collapse one, or choose it. */
export type TreeStep =
  { kind: 'go'; to: number } | { kind: 'expand' | 'collapse' | 'siblings' | 'choose' };

/** What a key does, as the ARIA Authoring Practices have it for a tree; null for other keys. */
export function treeStep(
  key: string,
  rows: readonly ITreeRow[],
  at: number
): TreeStep | null {
  const row = rows[at];
  const go = (to: number): TreeStep => ({
    kind: 'go',
    to: Math.min(Math.max(to, 0), rows.length - 1)
  });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      return row.canExpand && !row.isExpanded
        ? { kind: 'expand' }
        : go(row.isExpanded ? at + 1 : at);
    case 'ArrowLeft':
      return row.isExpanded ? { kind: 'collapse' } : go(parentAt(rows, at));
    case '*':
      return { kind: 'siblings' };
    case 'Enter':
    case ' ':
      return { kind: 'choose' };
    default:
      return key.length === 1 ? go(nextCalled(key, rows, at)) : null;
  }
}

function parentAt(rows: readonly ITreeRow[], at: number): number {
  const { level } = rows[at];
  for (let above = at - 1; above >= 0; above -= 1) {
    if (rows[above].level < level) {
      return above;
    }
  }
  return at;
}

/** The next row whose name begins so; the same one where there is none. */
function nextCalled(letter: string, rows: readonly ITreeRow[], at: number): number {
  const start = letter.toLowerCase();
  for (let step = 1; step <= rows.length; step += 1) {
    const next = (at + step) % rows.length;
    if (rows[next].name?.toLowerCase().startsWith(start)) {
      return next;
    }
  }
  return at;
}
