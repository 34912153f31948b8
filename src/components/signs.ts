/** The signs of states, told apart without colours and drawn by every font; each has its one meaning. */
export const SIGNS = {
  good: '✓',
  attention: '!',
  problem: '✗',
  unknown: '?',
  none: '–',
  waiting: '…',
  running: '▶',
  ended: '■',
  same: '=',
  different: '≠'
} as const;
