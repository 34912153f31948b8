import * as React from 'react';
import { busyIcon as Sign } from '../icons';

/** What may be read anew. */
export interface IBusyRegionProps {
  /** Whether it is read anew. */
  isBusy: boolean;
  /** Its class. */
  className: string;
  /** Called when the pointer comes. */
  onMouseEnter?: () => void;
  /** What is shown meanwhile as well. */
  children: React.ReactNode;
}

/** What stays as it is while it is read anew; a ring in its corner tells of it and takes no room. */
export function BusyRegion(props: IBusyRegionProps): React.JSX.Element {
  const { isBusy, className, onMouseEnter, children } = props;
  return (
    <div
      className={`jp-aidevsecops-BusyRegion ${className}`}
      aria-busy={isBusy || undefined}
      onMouseEnter={onMouseEnter}
    >
      {children}
      {isBusy ? (
        <span className="jp-aidevsecops-BusyRegion-sign">
          <Sign.react tag="span" elementSize="normal" />
        </span>
      ) : null}
    </div>
  );
}
