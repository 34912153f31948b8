import type * as React from 'react';

/** What is open, and which option the keys have reached; -1 is the text itself. */
export interface IOffer {
  isOpen: boolean;
  active: number;
}

/** Nothing is offered. */
export const CLOSED: IOffer = { isOpen: false, active: -1 };
/** Something is offered, and nothing of it reached. */
export const OPEN: IOffer = { isOpen: true, active: -1 };

/** The option that an arrow key leads to; past an end it leads back to the text. */
function step(active: number, by: number, count: number): number {
  const places = count + 1;
  return ((active + 1 + by + places) % places) - 1;
}

/**
 * The offer that a key leads to, null where the key is not for the offer.
 * As the ARIA Authoring Practices have it for a combobox with a list.
 */
export function afterKey(
  event: React.KeyboardEvent,
  offer: IOffer,
  count: number
): IOffer | null {
  const { key, altKey } = event;
  switch (key) {
    case 'ArrowDown':
      return offer.isOpen && !altKey
        ? { isOpen: true, active: step(offer.active, 1, count) }
        : { isOpen: true, active: altKey || count === 0 ? -1 : 0 };
    case 'ArrowUp':
      if (altKey) {
        return CLOSED;
      }
      return { isOpen: true, active: step(offer.isOpen ? offer.active : -1, -1, count) };
    case 'Escape':
      return offer.isOpen ? CLOSED : null;
    default:
      return null;
  }
}
