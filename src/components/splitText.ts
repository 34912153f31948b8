import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  Comparison,
  OverlaySummary,
  SplitCell,
  SplitFileState
} from '../splitTokens';

/** How a file compares with what would be written, in a word or two. */
export function fileStateText(state: SplitFileState, trans: TranslationBundle): string {
  switch (state) {
    case 'new':
      return trans.__('new');
    case 'unchanged':
      return trans.__('unchanged');
    case 'changed':
      return trans.__('changed');
    case 'edited':
      return trans.__('edited by hand');
    case 'foreign':
      return trans.__('not ours');
  }
}

/** What becomes of a cell that is in no step; empty for other cells. */
export function roleText({ role, step }: SplitCell, trans: TranslationBundle): string {
  switch (role) {
    case 'imports':
      return trans.__('imports, repeated where they are used');
    case 'functions':
      return trans.__('functions, repeated where they are used');
    case 'parameters':
      return trans.__('parameters, repeated where they are read');
    case 'skip':
      return trans.__('left out');
    default:
      return step === null ? trans.__('in no step') : '';
  }
}

/** How an overlay is, in a word. */
export function overlayStatusText(
  status: OverlaySummary['status'],
  trans: TranslationBundle
): string {
  switch (status) {
    case 'fresh':
      return trans.__('locked');
    case 'stale':
      return trans.__('stale');
    case 'unlocked':
      return trans.__('not locked');
    case 'orphan':
      return trans.__('of nothing any more');
    case 'invalid':
      return trans.__('not readable');
  }
}

/** Whether steps were found to do the same as their notebook, in a word or two. */
export function verifiedText(verified: boolean | null, trans: TranslationBundle): string {
  switch (verified) {
    case true:
      return trans.__('verified: the same');
    case false:
      return trans.__('verified: different');
    case null:
      return trans.__('unverified');
  }
}

/** What a comparison came to, in a word or two. */
export function outcomeText(
  outcome: Comparison['outcome'],
  trans: TranslationBundle
): string {
  switch (outcome) {
    case 'same':
      return trans.__('same');
    case 'different':
      return trans.__('different');
    case 'not-checkable':
      return trans.__('not checkable');
  }
}
