import type { MetadataValues } from '../tokens';

/** How what a notebook declares will change. */
export interface IDeclaredChange {
  /** The distribution's name. */
  name: string;
  /** What is declared; null where it is not. */
  before: string | null;
  /** What will be declared; null where it will not be. */
  after: string | null;
}

type Entry = { version?: unknown; extras?: unknown; markers?: unknown } | string;

function textOf(entry: Entry): string {
  if (typeof entry === 'string') {
    return entry;
  }
  const { version, extras, markers } = entry;
  return [
    Array.isArray(extras) && extras.length > 0 ? `[${extras.join(',')}]` : '',
    typeof version === 'string' ? version : '*',
    typeof markers === 'string' && markers !== '' ? `; ${markers}` : ''
  ].join('');
}

/** What metadata declares in the form of a Pipfile as JSON: texts by name. */
export function declaredIn(metadata: MetadataValues): Map<string, string> {
  const found = new Map<string, string>();
  let pipfile: unknown;
  try {
    pipfile = JSON.parse(String(metadata['requirements'] ?? 'null'));
  } catch {
    return found;
  }
  const tables = (pipfile ?? {}) as { [table: string]: { [name: string]: Entry } };
  for (const table of ['packages', 'dev-packages']) {
    for (const [name, entry] of Object.entries(tables[table] ?? {})) {
      found.set(name, textOf(entry));
    }
  }
  return found;
}

/** What will be declared beside what is, by name; what stays is left out. */
export function declaredChanges(
  before: MetadataValues,
  edit: MetadataValues
): IDeclaredChange[] {
  const old = declaredIn(before);
  const now = declaredIn({ ...before, ...edit });
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort((one, other) => one.localeCompare(other))
    .map(name => ({
      name,
      before: old.get(name) ?? null,
      after: now.get(name) ?? null
    }))
    .filter(change => change.before !== change.after);
}
