import * as React from 'react';
import { visibleText } from '../visibleText';

/** A line of a difference, or what stands for lines that were left out. */
export interface IDiffTextLine {
  /** What became of it. */
  kind: 'both' | 'old' | 'new' | 'gap';
  /** What it says. */
  text: string;
}

/** A difference, line by line. */
export interface IDiffTextProps {
  /** What differs. */
  label: string;
  /** Its lines. */
  lines: readonly IDiffTextLine[];
}

function Line({ kind, text }: IDiffTextLine): React.JSX.Element {
  switch (kind) {
    case 'gap':
      return <span className="jp-aidevsecops-LineDiff-gap">{text}</span>;
    case 'old':
      return <del>{`− ${text}`}</del>;
    case 'new':
      return <ins>{`+ ${text}`}</ins>;
    case 'both':
      return <span>{`  ${text}`}</span>;
  }
}

/** What changes, line by line, in one look for all differences. */
export function DiffText({ label, lines }: IDiffTextProps): React.JSX.Element {
  return (
    <pre
      className="jp-aidevsecops-LineDiff"
      role="group"
      aria-label={label}
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <Line key={index} kind={line.kind} text={visibleText(line.text)} />
      ))}
    </pre>
  );
}
