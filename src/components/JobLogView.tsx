import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { visibleText } from '../visibleText';

/** The log of a job. */
export interface IJobLogViewProps {
  /** The lines so far. */
  lines: readonly string[];
  /** Whether no more lines will come. */
  isComplete: boolean;
  /** The translator. */
  trans: TranslationBundle;
}

/** Text that follows its own end, until the user scrolls up. */
export function JobLogView(props: IJobLogViewProps): React.JSX.Element {
  const { lines, isComplete, trans } = props;
  const box = React.useRef<HTMLPreElement>(null);
  const isFollowing = React.useRef(true);

  React.useEffect(() => {
    if (box.current && isFollowing.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines]);

  const onScroll = (): void => {
    const node = box.current;
    if (node) {
      isFollowing.current = node.scrollHeight - node.scrollTop - node.clientHeight < 24;
    }
  };

  const empty = isComplete ? trans.__('The log is empty.') : trans.__('Waiting…');
  return (
    <pre
      ref={box}
      role="log"
      aria-label={trans.__('Log')}
      tabIndex={0}
      className="jp-aidevsecops-JobLog"
      onScroll={onScroll}
    >
      {lines.length > 0 ? visibleText(lines.join('\n')) : empty}
    </pre>
  );
}
