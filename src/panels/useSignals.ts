import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/** How often each signal was emitted since somebody first listened. */
const EMITTED = new WeakMap<ISignal<unknown, unknown>, { count: number }>();

function countOf(signal: ISignal<unknown, unknown>): number {
  const known = EMITTED.get(signal);
  if (known) {
    return known.count;
  }
  const counter = { count: 0 };
  EMITTED.set(signal, counter);
  signal.connect(() => void counter.count++);
  return 0;
}

/** Draw the component again whenever one of the signals is emitted. */
export function useSignals(...signals: ISignal<unknown, unknown>[]): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  const counts = signals.map(countOf);
  // After every drawing: to connect costs less than to tell whether they are the same signals.
  React.useLayoutEffect(() => {
    signals.forEach(signal => signal.connect(redraw));
    // What was told between the drawing and now was told to nobody.
    if (signals.some((signal, index) => countOf(signal) !== counts[index])) {
      redraw();
    }
    return () => signals.forEach(signal => void signal.disconnect(redraw));
  });
}
