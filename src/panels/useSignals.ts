import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/** Draw the component again whenever one of the signals is emitted. */
export function useSignals(...signals: ISignal<unknown, unknown>[]): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  // After every drawing: to connect costs less than to tell whether they are the same signals.
  React.useEffect(() => {
    signals.forEach(signal => signal.connect(redraw));
    return () => signals.forEach(signal => void signal.disconnect(redraw));
  });
}
