/** The name of a distribution in the one spelling that all of its spellings have in common. */
export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** A name and a version as one text, equal for the same version of the same distribution. */
export function pinOf(name: string, version: string): string {
  return `${normalName(name)}==${version}`;
}

/** A package that a notebook locks; the version is empty where the lock names none. */
export interface ILockedPackage {
  /** Its name. */
  name: string;
  /** Its version. */
  version: string;
}

type JsonObject = { [key: string]: unknown };

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of JSON texts, which old tools have encoded more than once. */
function decoded(value: unknown): unknown {
  let known = value;
  while (typeof known === 'string' && known.trim() !== '') {
    try {
      known = JSON.parse(known);
    } catch {
      return null;
    }
  }
  return known;
}

/** The packages of the lock that a notebook's metadata holds; null where it holds none. */
export function lockedPackages(lock: unknown): ILockedPackage[] | null {
  const lockfile = decoded(lock);
  if (!isObject(lockfile)) {
    return null;
  }
  return [lockfile['default'], lockfile['develop']].filter(isObject).flatMap(section =>
    Object.entries(section).map(([name, entry]) => {
      const version = isObject(entry) ? entry['version'] : null;
      return {
        name,
        version: typeof version === 'string' ? version.replace(/^={2,3}/, '').trim() : ''
      };
    })
  );
}
