import { describe, expect, it } from 'vitest';
import type { ConstraintKind } from '../../components/constraint';
import {
  constraintOf,
  missingIn,
  newestFitting,
  specifierOf,
  withChange
} from '../../components/constraint';
import { makePackage } from '../environmentDoubles';

describe('constraintOf', () => {
  it.each([
    ['', 'any'],
    ['*', 'any'],
    ['!=1.0', 'any'],
    ['>=1.0', 'atLeast'],
    ['>=1.0,!=1.5,!=1.6.*', 'atLeast'],
    ['~=1.4', 'compatible'],
    ['==1.0', 'exactly'],
    ['==1.0.*', 'exactly'],
    ['>=1,<2', 'range'],
    ['<2', 'range'],
    ['>=1,<2,!=1.5', 'range'],
    ['==1.0,!=1.0+cpu', 'free'],
    ['>1', 'free'],
    ['<=1', 'free'],
    ['===1.0', 'free'],
    ['>=1,<2,<=1.9', 'free'],
    ['>=1,>=2', 'free'],
    ['newest', 'free']
  ])('reads %j as %s, and writes the same', (specifier, kind) => {
    const constraint = constraintOf(specifier);

    expect(constraint.kind).toBe(kind);
    expect(constraint.free).toBe(specifier);
    expect(specifierOf(constraint)).toBe(specifier === '*' ? '' : specifier);
  });

  it('reads a range in any order', () => {
    expect(specifierOf(constraintOf('<2, >=1'))).toBe('>=1,<2');
  });
});

describe('withChange', () => {
  it('keeps the version when the kind changes', () => {
    const exactly = withChange(constraintOf('>=1.5'), { kind: 'exactly' });
    const free = withChange(exactly, { kind: 'free' });

    expect(exactly.free).toBe('==1.5');
    expect(free.free).toBe('==1.5');
  });
});

describe('missingIn', () => {
  it.each([
    ['any', '', '', null],
    ['free', '', '', null],
    ['atLeast', '', '', 'version'],
    ['exactly', '1', '', null],
    ['range', '', '', 'version'],
    ['range', '', '2', null]
  ] as [ConstraintKind, string, string, string | null][])(
    'knows for %s with %j and %j what is missing',
    (kind, version, below, missing) => {
      const constraint = { ...constraintOf(''), kind, version, below };

      expect(missingIn(constraint)).toBe(missing);
    }
  );
});

describe('newestFitting', () => {
  it('takes a pre-release when there is nothing else', () => {
    const details = makePackage([{ version: '1.0rc1', prerelease: true }]);

    expect(newestFitting(details, '')?.version).toBe('1.0rc1');
  });

  it('does not take a version back', () => {
    const details = makePackage([{ version: '1.1', yanked: true }, '1.0']);

    expect(newestFitting(details, '')?.version).toBe('1.0');
    expect(newestFitting(details, '==1.*')?.version).toBe('1.0');
    expect(newestFitting(details, '==1.1')?.version).toBe('1.1');
    expect(newestFitting(details, 'newest')).toBeNull();
  });
});
