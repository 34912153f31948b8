import { describe, expect, it } from 'vitest';
import type { IVersion } from '../../components/pep440';
import {
  allowsPrereleases,
  compareVersions,
  parseSpecifier,
  parseVersion,
  satisfies
} from '../../components/pep440';

/** In order, as Python's `packaging` has them. */
const VERSIONS = [
  '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5',
  '1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10 2.0rc1 2.0 2.1.3 3 2!0.1'
].flatMap(line => line.split(' '));

function version(text: string): IVersion {
  const parsed = parseVersion(text);
  expect(parsed, text).not.toBeNull();
  return parsed as IVersion;
}

describe('compareVersions', () => {
  it('has versions in the order of PEP 440', () => {
    const parsed = VERSIONS.map(version);

    for (const [one, left] of parsed.entries()) {
      for (const [other, right] of parsed.entries()) {
        const wanted = Math.sign(one - other);
        const found = Math.sign(compareVersions(left, right));
        expect(found, `${VERSIONS[one]} and ${VERSIONS[other]}`).toBe(wanted);
      }
    }
  });

  it.each([
    ['1', '1.0.0'],
    ['v1.0', '1.0'],
    ['1.0-1', '1.0.post1'],
    ['1.0.rev2', '1.0.post2'],
    ['1.0-ALPHA.1', '1.0a1'],
    ['1.0c1', '1.0rc1'],
    ['1.0+ubuntu-1', '1.0+ubuntu.1']
  ])('takes %s for %s', (one, other) => {
    expect(compareVersions(version(one), version(other))).toBe(0);
  });

  it.each(['', 'newest', '1.', '1.0+', '1 2'])('does not take %j for a version', text => {
    expect(parseVersion(text)).toBeNull();
  });
});

describe('satisfies', () => {
  // As Python's `packaging` answers for the versions above, pre-releases allowed.
  it.each([
    [
      '~=1.0',
      '1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    ['~=1.0.0', '1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2'],
    ['~=1.1.1', '1.1.2'],
    [
      '~=1.0a1',
      '1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    ['==1.0', '1.0 1.0+cu.9 1.0+cu128 1.0+5'],
    [
      '==1.0.*',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2'
    ],
    [
      '==1.*',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    ['!=1.*', '2.0rc1 2.0 2.1.3 3 2!0.1'],
    [
      '!=1.0+cu128',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10 2.0rc1 2.0 2.1.3 3 2!0.1'
    ],
    [
      '<=1.0',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5'
    ],
    ['<1.0', ''],
    [
      '<2.0',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    [
      '<2.0rc1',
      '1.0.dev3 1.0a1.dev2 1.0a1 1.0a1.post1 1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    ['>1.0', '1.1 1.1.2 1.10 2.0rc1 2.0 2.1.3 3 2!0.1'],
    [
      '>1.0a1',
      '1.0b2 1.0rc1 1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10 2.0rc1 2.0 2.1.3 3 2!0.1'
    ],
    ['>1.0.post1', '1.0.post2 1.1 1.1.2 1.10 2.0rc1 2.0 2.1.3 3 2!0.1'],
    [
      '>=1.0,<2',
      '1.0 1.0+cu.9 1.0+cu128 1.0+5 1.0.post1.dev4 1.0.post1 1.0.post2 1.1 1.1.2 1.10'
    ],
    ['==1.0+cu128', '1.0+cu128'],
    ['===1.0+CU128', '1.0+cu128'],
    ['>=2!0', '2!0.1'],
    ['~=2.0rc1', '2.0rc1 2.0 2.1.3']
  ])('knows what %s allows', (specifier, allowed) => {
    const clauses = parseSpecifier(specifier) ?? [];

    const found = VERSIONS.filter(text => satisfies(text, clauses));

    expect(found.join(' ')).toBe(allowed);
  });

  it('allows no text that is no version', () => {
    expect(satisfies('newest', [])).toBe(false);
  });
});

describe('parseSpecifier', () => {
  it.each(['newest', '>=', '~=1', '==1.*.2', '>=1.*', '1.0', '=>1', '> 1 2', '>=1+cpu'])(
    'does not take %j for a specifier',
    text => {
      expect(parseSpecifier(text)).toBeNull();
    }
  );

  it.each([
    ['', false],
    ['>=1.0', false],
    ['!=1.0rc1', false],
    ['>=1.0rc1', true],
    ['==1.0.dev1', true]
  ])('knows that %j allows pre-releases: %j', (text, isAllowed) => {
    expect(allowsPrereleases(parseSpecifier(text) ?? [])).toBe(isAllowed);
  });
});
