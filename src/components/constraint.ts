import type { PackageDetails, PackageVersion } from '../environmentTokens';
import type { IClause } from './pep440';
import { allowsPrereleases, parseSpecifier, satisfies } from './pep440';

/** Which versions are wanted, in a form's words. */
export type ConstraintKind =
  'any' | 'atLeast' | 'compatible' | 'exactly' | 'range' | 'free';

/** What is in the fields that a specifier is put together from. */
export interface IConstraint {
  /** Which versions are wanted. */
  kind: ConstraintKind;
  /** The version that the kind is about. */
  version: string;
  /** The version that a range ends before. */
  below: string;
  /** Versions that are not wanted, separated by commas. */
  except: string;
  /** The specifier as an expert writes it, and what all other fields come to. */
  free: string;
}

const OPERATORS = { atLeast: '>=', compatible: '~=', exactly: '==' } as const;
const KINDS: { [operator: string]: 'atLeast' | 'compatible' | 'exactly' } = {
  '>=': 'atLeast',
  '~=': 'compatible',
  '==': 'exactly'
};

/** Whether a kind can leave out single versions. */
export function canExcept(kind: ConstraintKind): boolean {
  return kind !== 'exactly' && kind !== 'free';
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function parts(constraint: IConstraint): string[] {
  const { kind, except } = constraint;
  const version = constraint.version.trim();
  const below = constraint.below.trim();
  const left = canExcept(kind) ? listOf(except).map(one => `!=${one}`) : [];
  switch (kind) {
    case 'any':
      return left;
    case 'range':
      return [version ? `>=${version}` : '', below ? `<${below}` : '', ...left];
    case 'free':
      return [constraint.free.trim()];
    default:
      return [version ? `${OPERATORS[kind]}${version}` : '', ...left];
  }
}

/** The PEP 440 specifier that the fields come to. */
export function specifierOf(constraint: IConstraint): string {
  const specifier = parts(constraint).filter(Boolean).join(',');
  return specifier === '*' ? '' : specifier;
}

function textOf({ text, isPrefix }: IClause): string {
  return isPrefix ? `${text}.*` : text;
}

/** The fields for a specifier; what they cannot say is left to the expert's own words. */
export function constraintOf(specifier: string): IConstraint {
  const free = { kind: 'free', version: '', below: '', except: '' } as const;
  const clauses = parseSpecifier(specifier);
  if (clauses === null) {
    return { ...free, free: specifier };
  }
  const except = clauses.filter(({ operator }) => operator === '!=').map(textOf);
  const others = clauses.filter(({ operator }) => operator !== '!=');
  const known = { version: '', below: '', except: except.join(', '), free: specifier };
  const [first, second] = others;
  if (others.length === 0) {
    return { kind: 'any', ...known };
  }
  const lower = others.find(({ operator }) => operator === '>=');
  const upper = others.find(({ operator }) => operator === '<');
  if (upper && (others.length === 1 || (others.length === 2 && lower))) {
    const version = lower ? textOf(lower) : '';
    return { kind: 'range', ...known, version, below: textOf(upper) };
  }
  const kind = KINDS[first.operator];
  if (second || !kind || (kind === 'exactly' && except.length > 0)) {
    return { ...free, free: specifier };
  }
  return { kind, ...known, version: textOf(first) };
}

/** The fields after one of them was changed, with what they come to. */
export function withChange(
  constraint: IConstraint,
  change: Partial<IConstraint>
): IConstraint {
  const changed = { ...constraint, ...change };
  return { ...changed, free: specifierOf(changed) };
}

/** Which field keeps a constraint from being complete, or null. */
export function missingIn(constraint: IConstraint): 'version' | null {
  const { kind, version, below } = constraint;
  const isBare = version.trim() === '' && (kind !== 'range' || below.trim() === '');
  return kind !== 'any' && kind !== 'free' && isBare ? 'version' : null;
}

/**
 * The newest version that a specifier allows, as uv chooses: one that fits the Python and was not
 * taken back, unless exactly it is asked for; pre-releases where they are named or all there is.
 */
export function newestFitting(
  details: PackageDetails,
  specifier: string
): PackageVersion | null {
  const clauses = parseSpecifier(specifier);
  if (clauses === null) {
    return null;
  }
  const isPinned = clauses.some(
    ({ operator, isPrefix }) => operator === '===' || (operator === '==' && !isPrefix)
  );
  const fitting = details.versions.filter(
    ({ version, fits_python: fitsPython, yanked }) =>
      fitsPython && (!yanked || isPinned) && satisfies(version, clauses)
  );
  const final = fitting.filter(({ prerelease }) => !prerelease);
  return (allowsPrereleases(clauses) ? fitting : [...final, ...fitting])[0] ?? null;
}
