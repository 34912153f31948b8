import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/**
 * Draw the component again whenever one of the signals is emitted. What the user does meanwhile
 * comes first: the page answers before all of it is drawn.
 */
export function useSignals(...signals: ISignal<unknown, unknown>[]): void {
  const [, count] = React.useReducer((drawn: number) => drawn + 1, 0);
  // After every drawing: to connect costs less than to tell whether they are the same signals.
  React.useEffect(() => {
    const redraw = (): void => React.startTransition(count);
    signals.forEach(signal => signal.connect(redraw));
    return () => signals.forEach(signal => void signal.disconnect(redraw));
  });
}
