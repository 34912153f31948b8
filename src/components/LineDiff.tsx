import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { DiffText } from './DiffText';
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

/** What changes from one text to another, line by line. */
export function LineDiff(props: ILineDiffProps): React.JSX.Element {
  const { label, before, after, trans } = props;
  const folded = React.useMemo(() => foldDiff(diffLines(before, after)), [before, after]);
  const lines = folded.map(line =>
    line.kind === 'gap'
      ? { kind: line.kind, text: trans._n('… %1 line …', '… %1 lines …', line.count) }
      : line
  );
  return <DiffText label={label} lines={lines} />;
}
