import * as React from 'react';
import { busyIcon as Sign } from '../icons';
import type { Job } from '../tokens';

/** What is going on. */
export interface IBusyProps {
  /** What is going on, in words; null keeps the room for it. */
  label: string | null;
  /** How far a job is, null as long as it has not said anything; left out where there is none. */
  progress?: Job['progress'];
}

/** The only sign that something is loaded or runs: a turning ring, words, and how far a job is. */
export function Busy({ label, progress }: IBusyProps): React.JSX.Element {
  const isJob = progress !== undefined;
  const percent = Math.round((progress?.fraction ?? 0) * 100);
  const text = progress?.message || label;
  return (
    <div className="jp-aidevsecops-Busy" role={isJob ? undefined : 'status'}>
      {label === null ? null : (
        <p className="jp-aidevsecops-Busy-text" title={text ?? undefined}>
          <Sign.react tag="span" elementSize="normal" />
          <span>{text}</span>
        </p>
      )}
      {isJob ? (
        <div
          role="progressbar"
          aria-label={label ?? undefined}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={typeof progress?.fraction === 'number' ? percent : undefined}
          aria-valuetext={progress?.message}
          className="jp-aidevsecops-Busy-bar"
        >
          <span style={{ width: `${percent}%` }} />
        </div>
      ) : null}
    </div>
  );
}
