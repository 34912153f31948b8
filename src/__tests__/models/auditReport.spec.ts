import { describe, expect, it } from 'vitest';
import { reportOf } from '../../models/auditReport';
import { lockedPackages } from '../../models/lockedPackages';
import type { AuditResult } from '../../tokens';
import { makeAdvisory } from '../doubles';

const LOCKFILE = {
  _meta: {},
  default: {
    Holey_Thing: { version: '==1.0' },
    slow: { version: '===2.0' },
    fromgit: { git: 'https://git.example/x' }
  },
  develop: { dev: { version: '==3.0' } }
};
const LOCK = JSON.stringify(LOCKFILE);

function makeAudit(change: Partial<AuditResult> = {}): AuditResult {
  return {
    notebook: 'work/train.ipynb',
    packages: [],
    unchecked: [],
    ignored: [],
    expired: [],
    ...change
  };
}

describe('lockedPackages', () => {
  it.each([
    ['a text', LOCK],
    ['a text of a text', JSON.stringify(LOCK)],
    ['an object', LOCKFILE]
  ])('reads both sections of %s', (_, lock) => {
    expect(lockedPackages(lock)).toEqual([
      { name: 'Holey_Thing', version: '1.0' },
      { name: 'slow', version: '2.0' },
      { name: 'fromgit', version: '' },
      { name: 'dev', version: '3.0' }
    ]);
  });

  it.each([null, '', '{', '[]', 7])('finds no lock in %j', lock => {
    expect(lockedPackages(lock)).toBeNull();
  });

  it('leaves out what is no section and no entry', () => {
    expect(lockedPackages({ default: { one: 'x' }, develop: [] })).toEqual([
      { name: 'one', version: '' }
    ]);
  });
});

describe('reportOf', () => {
  it('says nothing where there is no lock', () => {
    expect(reportOf(makeAudit(), null, 1)).toBeNull();
  });

  it('tells apart what was checked, what could not be, and what was not asked', () => {
    const audit = makeAudit({
      packages: [
        { name: 'holey-thing', version: '1.0', advisories: [] },
        { name: 'slow', version: '1.9', advisories: [makeAdvisory()] }
      ],
      unchecked: [{ name: 'fromgit', version: '', reason: 'No exact version.' }]
    });

    expect(reportOf(audit, LOCK, 7)).toEqual({
      vulnerable: [],
      checkedCount: 1,
      unchecked: audit.unchecked,
      unasked: [
        { name: 'slow', version: '2.0' },
        { name: 'dev', version: '3.0' }
      ],
      ignored: [],
      expired: [],
      endedAt: 7
    });
  });

  it('puts the package with the worst advisory first', () => {
    const low = makeAdvisory({ severity: 'low' });
    const high = makeAdvisory({ id: 'GHSA-2', severity: 'high' });
    const audit = makeAudit({
      packages: [
        { name: 'dev', version: '3.0', advisories: [low] },
        { name: 'slow', version: '2.0', advisories: [high, low] }
      ]
    });

    const report = reportOf(audit, LOCK, null);

    expect(report?.vulnerable.map(({ name }) => name)).toEqual(['slow', 'dev']);
  });
});
