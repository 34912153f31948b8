import * as React from 'react';
import { stepColour } from './stepColours';

/** The number of a step in the step's colour; who cannot see it reads the step's name beside it. */
export function StepBadge({ position }: { position: number }): React.JSX.Element {
  return (
    <span
      className={`jp-aidevsecops-StepBadge ${stepColour(position)}`}
      aria-hidden="true"
    >
      {position < 0 ? '–' : position + 1}
    </span>
  );
}
