import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { LockChanges } from '../../components/LockChanges';
import { makeAdvisory, makeLockResult, trans } from '../doubles';

const NOTHING = { added: [], removed: [], updated: [] };

describe('LockChanges', () => {
  it('lists what is added, removed and updated', () => {
    const changed = {
      added: [{ name: 'one', version: '1.0' }],
      removed: [{ name: 'two', version: '2.0' }],
      updated: [{ name: 'three', old: '3.0', new: '3.1' }]
    };

    render(<LockChanges result={makeLockResult({ changed })} trans={trans} />);

    const text = (name: string): string | null =>
      screen.getByRole('region', { name }).textContent;
    expect(text('Added (1)')).toContain('one 1.0');
    expect(text('Removed (1)')).toContain('two 2.0');
    expect(text('Updated (1)')).toContain('three 3.0 →becomes 3.1');
  });

  it('tells which advisories come, go and stay, and what is not known', () => {
    const against = (id: string): never[] =>
      [{ name: 'holey', version: '1.0', advisory: makeAdvisory({ id }) }] as never[];
    const advisories = {
      gained: against('GHSA-new'),
      lost: against('GHSA-old'),
      kept: against('GHSA-same'),
      unchecked: [{ name: 'far', version: '2.0', reason: 'No network.' }]
    };

    render(<LockChanges result={makeLockResult({ advisories })} trans={trans} />);

    for (const [name, words] of [
      ['Advisories gained (1)', 'GHSA-new'],
      ['Advisories fixed (1)', 'GHSA-old'],
      ['Advisories that stay (1)', 'GHSA-same'],
      ['Not checked for advisories', 'far 2.0']
    ]) {
      expect(screen.getByRole('region', { name }).textContent).toContain(words);
    }
  });

  it('says that no package changes, and what the lock has to say', () => {
    const result = makeLockResult({ changed: NOTHING, notes: ['One is left.'] });

    render(<LockChanges result={result} trans={trans} />);

    expect(screen.getByText('No package changes.')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Worth knowing' }).textContent).toContain(
      'One is left.'
    );
    expect(screen.queryByText(/Advisories/)).toBeNull();
  });
});
