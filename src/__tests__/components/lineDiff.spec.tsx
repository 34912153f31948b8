import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { LineDiff } from '../../components/LineDiff';
import { diffLines, foldDiff } from '../../components/diffLines';
import { trans } from '../doubles';

const SIGNS = { both: ' ', old: '-', new: '+' };

function shown(before: string, after: string): string[] {
  return diffLines(before, after).map(({ kind, text }) => SIGNS[kind] + text);
}

function numbers(count: number, change: { [line: number]: string } = {}): string {
  return Array.from({ length: count }, (_, line) => change[line] ?? `line ${line}`).join(
    '\n'
  );
}

describe('diffLines', () => {
  it.each([
    ['', '', []],
    ['a\n', 'a\n', [' a']],
    ['', 'a\nb\n', ['+a', '+b']],
    ['a\nb\n', '', ['-a', '-b']],
    ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['a\nb\nc\nd', 'b\nc\nx\nd\ne', ['-a', ' b', ' c', '+x', ' d', '+e']],
    ['a\na', 'a', [' a', '-a']]
  ])('compares %j with %j', (before, after, lines) => {
    expect(shown(before, after)).toEqual(lines);
  });

  it('compares what is not too much to compare, and shows the rest as a whole', () => {
    const before = numbers(3000, { 0: 'first', 2999: 'last' });
    const after = numbers(3000);

    const lines = diffLines(before, after);

    expect(lines.filter(({ kind }) => kind === 'old')).toHaveLength(3000);
    expect(lines.filter(({ kind }) => kind === 'new')).toHaveLength(3000);
  });
});

describe('foldDiff', () => {
  it('leaves out what is far from a difference', () => {
    const folded = foldDiff(diffLines(numbers(20), numbers(20, { 10: 'other' })));

    expect(folded).toHaveLength(10);
    expect(folded[0]).toEqual({ kind: 'gap', count: 7 });
    expect(folded.at(-1)).toEqual({ kind: 'gap', count: 6 });
  });
});

describe('LineDiff', () => {
  it('marks what goes and what comes', () => {
    render(<LineDiff label="Changes" before={'a\nb'} after={'a\nc\nd'} trans={trans} />);

    const diff = screen.getByRole('group', { name: 'Changes' });
    const texts = (selector: string): (string | null)[] =>
      [...diff.querySelectorAll(selector)].map(line => line.textContent);
    expect(texts('del')).toEqual(['− b']);
    expect(texts('ins')).toEqual(['+ c', '+ d']);
    expect(texts('span')).toEqual(['  a']);
  });

  it('says how much is left out', () => {
    render(
      <LineDiff
        label="Changes"
        before={numbers(20)}
        after={numbers(20, { 19: 'end' })}
        trans={trans}
      />
    );

    expect(screen.getByText('… 16 lines …')).toBeTruthy();
  });
});
