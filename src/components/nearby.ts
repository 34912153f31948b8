import * as React from 'react';

/** How many rows of a long list are drawn together. */
const TOGETHER = 15;
/** How high a row is where none was seen yet, in pixels. */
const ROW = 32;
/** How far from what is seen rows are drawn. */
const MARGIN = '400px 0px';

/** A long list in parts that are drawn together. */
export function partsOf<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < rows.length; from += TOGETHER) {
    parts.push(rows.slice(from, from + TOGETHER));
  }
  return parts;
}

/**
 * The room that so many rows take while they are far from what is seen, and null while they are
 * near or have the focus. The element that holds them, or that room, is to get the ref.
 */
export function useNearby<E extends Element>(
  count: number
): [React.RefObject<E>, number | null] {
  const holder = React.useRef<E>(null);
  const [room, setRoom] = React.useState<number | null>(count * ROW);
  React.useEffect(() => {
    const observer = new IntersectionObserver(
      entries => {
        const { isIntersecting, boundingClientRect, target } =
          entries[entries.length - 1];
        if (isIntersecting) {
          setRoom(null);
        } else if (!target.contains(document.activeElement)) {
          // What is folded has no height, and is as high as before when it comes back.
          setRoom(known => boundingClientRect.height || known || count * ROW);
        }
      },
      // The second is that of whatever scrolls within the page, where the browser knows it.
      { rootMargin: MARGIN, scrollMargin: MARGIN } as IntersectionObserverInit
    );
    if (holder.current) {
      observer.observe(holder.current);
    }
    return () => observer.disconnect();
  }, [count]);
  return [holder, room];
}
