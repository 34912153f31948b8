import * as React from 'react';
import type { IDiffTextLine } from './DiffText';
import { DiffText } from './DiffText';

/** A difference as tools write it. */
export interface IUnifiedDiffProps {
  /** What differs. */
  label: string;
  /** The lines, each with a sign before it. */
  diff: string;
}

function lineOf(text: string): IDiffTextLine {
  const rest = text.slice(1);
  switch (text.slice(0, 1)) {
    case '-':
      return { kind: 'old', text: rest };
    case '+':
      return { kind: 'new', text: rest };
    case '@':
      return { kind: 'gap', text };
    default:
      return { kind: 'both', text: rest };
  }
}

/** A unified diff, in the looks of the other differences. */
export function UnifiedDiff({ label, diff }: IUnifiedDiffProps): React.JSX.Element {
  const lines = diff
    .replace(/\n$/, '')
    .split('\n')
    .filter(line => !line.startsWith('--- ') && !line.startsWith('+++ '));
  return <DiffText label={label} lines={lines.map(lineOf)} />;
}
