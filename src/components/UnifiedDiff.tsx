import * as React from 'react';

/** A difference as tools write it. */
export interface IUnifiedDiffProps {
  /** What differs. */
  label: string;
  /** The lines, each with a sign before it. */
  diff: string;
}

function Line({ text }: { text: string }): React.JSX.Element {
  const [sign, rest] = [text.slice(0, 1), text.slice(1)];
  switch (sign) {
    case '-':
      return <del>{`− ${rest}`}</del>;
    case '+':
      return <ins>{`+ ${rest}`}</ins>;
    case '@':
      return <span className="jp-aidevsecops-LineDiff-gap">{text}</span>;
    default:
      return <span>{`  ${rest}`}</span>;
  }
}

/** A unified diff, in the looks of the other differences. */
export function UnifiedDiff({ label, diff }: IUnifiedDiffProps): React.JSX.Element {
  const lines = diff
    .replace(/\n$/, '')
    .split('\n')
    .filter(line => !line.startsWith('--- ') && !line.startsWith('+++ '));
  return (
    <pre
      className="jp-aidevsecops-LineDiff"
      role="group"
      aria-label={label}
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <Line key={index} text={line} />
      ))}
    </pre>
  );
}
