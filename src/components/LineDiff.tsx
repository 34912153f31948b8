import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IDiffGap, IDiffLine } from './diffLines';
import { diffLines, foldDiff } from './diffLines';

/** Two texts. */
export interface ILineDiffProps {
  /** What they are texts of. */
  label: string;
  /** The text that is there. */
  before: string;
  /** The text that will be there. */
  after: string;
  /** The translator. */
  trans: TranslationBundle;
}

function Line(props: {
  line: IDiffLine | IDiffGap;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { line, trans } = props;
  switch (line.kind) {
    case 'gap':
      return (
        <span className="jp-aidevsecops-LineDiff-gap">
          {trans._n('… %1 line …', '… %1 lines …', line.count)}
        </span>
      );
    case 'old':
      return <del>{`− ${line.text}`}</del>;
    case 'new':
      return <ins>{`+ ${line.text}`}</ins>;
    case 'both':
      return <span>{`  ${line.text}`}</span>;
  }
}

/** What changes from one text to another, line by line. */
export function LineDiff(props: ILineDiffProps): React.JSX.Element {
  const { label, before, after, trans } = props;
  const lines = React.useMemo(() => foldDiff(diffLines(before, after)), [before, after]);
  return (
    <pre
      className="jp-aidevsecops-LineDiff"
      role="group"
      aria-label={label}
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <Line key={index} line={line} trans={trans} />
      ))}
    </pre>
  );
}
