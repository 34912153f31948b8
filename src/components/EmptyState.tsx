import * as React from 'react';

/** What to show where there is nothing to show. */
export interface IEmptyStateProps {
  /** What is not there. */
  message: string;
  /** What to do to have it. */
  hint?: string;
}

/** A quiet sentence in place of content. */
export function EmptyState({ message, hint }: IEmptyStateProps): React.JSX.Element {
  return (
    <div className="jp-aidevsecops-EmptyState">
      <p>{message}</p>
      {hint ? <p className="jp-aidevsecops-Hint">{hint}</p> : null}
    </div>
  );
}
