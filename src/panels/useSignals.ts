import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/** Draw the component again whenever one of the signals is emitted; the list never changes. */
export function useSignals(...signals: ISignal<unknown, unknown>[]): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    signals.forEach(signal => signal.connect(redraw));
    return () => signals.forEach(signal => void signal.disconnect(redraw));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- spread as is: the same signals at every call
  }, signals);
}
