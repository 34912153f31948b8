/**
 * Versions and specifiers as PEP 440 has them, as far as a form needs them to say what fits.
 * The server's word counts; this one is there while one types.
 */

/** A version in its parts. */
export interface IVersion {
  /** The epoch, as a rule 0. */
  epoch: number;
  /** The release, such as 2, 1, 0. */
  release: readonly number[];
  /** The pre-release, such as rc and 1. */
  pre: readonly [string, number] | null;
  /** The number of the post-release. */
  post: number | null;
  /** The number of the development release. */
  dev: number | null;
  /** The local part, such as cu and 128. */
  local: readonly (string | number)[] | null;
}

const VERSION = new RegExp(
  [
    '^\\s*v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)',
    '(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\\d+)?)?',
    '(?:-(\\d+)|[-_.]?(post|rev|r)[-_.]?(\\d+)?)?',
    '(?:[-_.]?(dev)[-_.]?(\\d+)?)?',
    '(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\\s*$'
  ].join(''),
  'i'
);

const PRE: { [spelling: string]: string } = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc'
};

/** A version in its parts, or null when the text is none. */
export function parseVersion(text: string): IVersion | null {
  const match = VERSION.exec(text);
  if (!match) {
    return null;
  }
  const [, epoch, release, preKind, preNumber, minus, post, postNumber, dev, devNumber] =
    match;
  const kind = preKind?.toLowerCase();
  const isPost = minus !== undefined || post !== undefined;
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    pre: kind ? [PRE[kind] ?? kind, Number(preNumber ?? 0)] : null,
    post: isPost ? Number(minus ?? postNumber ?? 0) : null,
    dev: dev === undefined ? null : Number(devNumber ?? 0),
    local:
      match[10]
        ?.toLowerCase()
        .split(/[-_.]/)
        .map(part => (/^\d+$/.test(part) ? Number(part) : part)) ?? null
  };
}

/** Whether a version is one to try out. */
export function isPrerelease({ pre, dev }: IVersion): boolean {
  return pre !== null || dev !== null;
}

type Key = (number | string)[];

/** Lists of numbers and texts in order: a text is less than a number, a shorter list is less. */
function compareKeys(one: Key, other: Key): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [left, right] = [one[at], other[at]];
    if (left === right) {
      continue;
    }
    if (left === undefined || right === undefined) {
      return left === undefined ? -1 : 1;
    }
    if (typeof left !== typeof right) {
      return typeof left === 'string' ? -1 : 1;
    }
    return left < right ? -1 : 1;
  }
  return 0;
}

function trimmed(release: readonly number[]): number[] {
  let end = release.length;
  while (end > 0 && release[end - 1] === 0) {
    end -= 1;
  }
  return release.slice(0, end);
}

/** What comes after the release: a development release before a, b, rc, the release, post. */
function suffixKey({ pre, post, dev }: IVersion): Key {
  const isOnlyDev = pre === null && post === null && dev !== null;
  const preKey = pre
    ? [['a', 'b', 'rc'].indexOf(pre[0]), pre[1]]
    : [isOnlyDev ? -1 : 3, 0];
  return [...preKey, post ?? -1, dev ?? Infinity];
}

/** Which of two versions comes first: negative for the first, 0 when they are the same. */
export function compareVersions(one: IVersion, other: IVersion): number {
  return (
    one.epoch - other.epoch ||
    compareKeys(trimmed(one.release), trimmed(other.release)) ||
    compareKeys(suffixKey(one), suffixKey(other)) ||
    (one.local && other.local
      ? compareKeys([...one.local], [...other.local])
      : Number(one.local !== null) - Number(other.local !== null))
  );
}

/** One condition of a specifier. */
export interface IClause {
  /** The operator. */
  operator: '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>' | '===';
  /** The version as it is written, without a star at its end. */
  text: string;
  /** The version in its parts; null only where any text may stand. */
  version: IVersion | null;
  /** Whether it ends with a star. */
  isPrefix: boolean;
}

const CLAUSE = /^\s*(~=|===|==|!=|<=|>=|<|>)\s*(\S+?)(\.\*)?\s*$/;

function parseClause(text: string): IClause | null {
  const match = CLAUSE.exec(text);
  if (!match) {
    return null;
  }
  const [, operator, written, star] = match as unknown as [
    string,
    IClause['operator'],
    string,
    string | undefined
  ];
  if (operator === '===') {
    const plain = written + (star ?? '');
    return { operator, text: plain, version: null, isPrefix: false };
  }
  const version = parseVersion(written);
  const mayBePrefix = operator === '==' || operator === '!=';
  const isPlain = version !== null && version.dev === null && version.local === null;
  if (
    version === null ||
    (star && !(mayBePrefix && isPlain)) ||
    (operator === '~=' && version.release.length < 2) ||
    (version.local && !mayBePrefix)
  ) {
    return null;
  }
  return { operator, text: written, version, isPrefix: star !== undefined };
}

/** The conditions of a specifier, none for any version; null when the text is no specifier. */
export function parseSpecifier(text: string): IClause[] | null {
  if (text.trim() === '' || text.trim() === '*') {
    return [];
  }
  const clauses = text.split(',').map(parseClause);
  return clauses.every(clause => clause !== null) ? clauses : null;
}

const publicPart = (version: IVersion): IVersion => ({ ...version, local: null });
const basePart = (version: IVersion): IVersion => {
  return { ...version, pre: null, post: null, dev: null, local: null };
};

/** Whether a version begins as another one: 2.1.3 as 2.1. */
function beginsWith(version: IVersion, prefix: IVersion): boolean {
  if (prefix.pre !== null || prefix.post !== null) {
    // 1.0a1.* and the like: nothing but the release before the suffix can differ.
    return compareVersions({ ...publicPart(version), dev: null }, prefix) === 0;
  }
  return (
    version.epoch === prefix.epoch &&
    prefix.release.every((part, at) => (version.release[at] ?? 0) === part)
  );
}

function isCompatible(candidate: IVersion, version: IVersion): boolean {
  const prefix = { ...basePart(version), release: version.release.slice(0, -1) };
  return (
    compareVersions(publicPart(candidate), version) >= 0 && beginsWith(candidate, prefix)
  );
}

function isEqual(candidate: IVersion, { version, isPrefix }: IClause): boolean {
  if (version === null) {
    return false;
  }
  return isPrefix
    ? beginsWith(candidate, version)
    : compareVersions(version.local ? candidate : publicPart(candidate), version) === 0;
}

/** `<1.0` leaves out 1.0rc1. */
function isLess(candidate: IVersion, version: IVersion): boolean {
  const isEarly =
    !isPrerelease(version) &&
    isPrerelease(candidate) &&
    compareVersions(basePart(candidate), basePart(version)) === 0;
  return compareVersions(candidate, version) < 0 && !isEarly;
}

/** `>1.0` leaves out 1.0.post1 and 1.0+local. */
function isGreater(candidate: IVersion, version: IVersion): boolean {
  const bare = publicPart(candidate);
  const isLate = compareVersions({ ...bare, post: null, dev: null }, version) === 0;
  const isLocal = compareVersions(bare, version) === 0;
  return compareVersions(candidate, version) > 0 && !isLate && !isLocal;
}

function fits(text: string, candidate: IVersion, clause: IClause): boolean {
  const { operator, version } = clause;
  if (operator === '===' || version === null) {
    return text.toLowerCase() === clause.text.toLowerCase();
  }
  switch (operator) {
    case '~=':
      return isCompatible(candidate, version);
    case '==':
      return isEqual(candidate, clause);
    case '!=':
      return !isEqual(candidate, clause);
    case '<=':
      return compareVersions(publicPart(candidate), version) <= 0;
    case '>=':
      return compareVersions(publicPart(candidate), version) >= 0;
    case '<':
      return isLess(candidate, version);
    case '>':
      return isGreater(candidate, version);
  }
}

/** Whether a version meets every condition; pre-releases are not treated apart. */
export function satisfies(text: string, clauses: readonly IClause[]): boolean {
  const version = parseVersion(text);
  return version !== null && clauses.every(clause => fits(text, version, clause));
}

/** Whether a specifier names a pre-release, and so allows them. */
export function allowsPrereleases(clauses: readonly IClause[]): boolean {
  return clauses.some(
    ({ operator, version }) =>
      operator !== '!=' && version !== null && isPrerelease(version)
  );
}
