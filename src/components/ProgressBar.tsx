import * as React from 'react';
import type { Job } from '../tokens';

/** How far a job is. */
export interface IProgressBarProps {
  /** The job's progress, or null when it has not said anything yet. */
  progress: Job['progress'];
  /** What is in progress. */
  label: string;
}

/** A bar that fills up, or moves when the fraction is not known. */
export function ProgressBar({ progress, label }: IProgressBarProps): React.JSX.Element {
  const fraction = progress?.fraction ?? null;
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div className="jp-aidevsecops-Progress">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={progress?.message}
        className={`jp-aidevsecops-ProgressBar${fraction === null ? ' jp-mod-endless' : ''}`}
      >
        <span style={percent === undefined ? undefined : { width: `${percent}%` }} />
      </div>
      {progress ? <p className="jp-aidevsecops-Hint">{progress.message}</p> : null}
    </div>
  );
}
