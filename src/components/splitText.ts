import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  Likeness,
  OverlaySummary,
  SplitCell,
  SplitFileState,
  Verification
} from '../splitTokens';
import { SIGNS } from './signs';

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

/** How an overlay is, in a sign that does without colours. */
export function overlayStatusSign(status: OverlaySummary['status']): string {
  return {
    fresh: SIGNS.good,
    stale: SIGNS.attention,
    unlocked: SIGNS.none,
    orphan: SIGNS.attention,
    invalid: SIGNS.problem
  }[status];
}

/** What a check of overlays came to, in a sentence. */
export function checkedText(
  overlays: readonly OverlaySummary[],
  trans: TranslationBundle
): string {
  const off = overlays.filter(({ status }) => status !== 'fresh').length;
  return off === 0
    ? trans.__('All hold what their notebooks import.')
    : trans._n('%1 is not fresh.', '%1 are not fresh.', off);
}

/** How an overlay is, in a word. */
export function overlayStatusText(
  status: OverlaySummary['status'],
  trans: TranslationBundle
): string {
  switch (status) {
    case 'fresh':
      return trans.__('fresh');
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
export function verifiedText(verdict: Likeness | null, trans: TranslationBundle): string {
  switch (verdict) {
    case 'same':
      return trans.__('verified: the same');
    case 'different':
      return trans.__('verified: different');
    case 'not-checkable':
      return trans.__('verified: not checkable');
    case null:
      return trans.__('unverified');
  }
}

/** What a comparison came to, in a word or two. */
export function outcomeText(outcome: Likeness | null, trans: TranslationBundle): string {
  switch (outcome) {
    case 'same':
      return trans.__('same');
    case 'different':
      return trans.__('different');
    case 'not-checkable':
      return trans.__('not checkable');
    case null:
      return trans.__('unverified');
  }
}

/** How many things came to what in a verification, such as `12 the same, 1 not checkable`. */
export function countsText(found: Verification, trans: TranslationBundle): string {
  const all = [...found.cells, ...found.variables, ...found.files];
  const count = (wanted: Likeness): number =>
    all.filter(({ outcome }) => outcome === wanted).length;
  const [same, different, unclear] = [
    count('same'),
    count('different'),
    count('not-checkable')
  ];
  return [
    trans.__('%1 the same', same),
    different > 0 ? trans.__('%1 different', different) : '',
    unclear > 0 ? trans.__('%1 not checkable', unclear) : ''
  ]
    .filter(Boolean)
    .join(', ');
}

/** What a verification came to; a server that is older tells only whether all was the same. */
export function verdictOf({ verdict, verified }: Verification): Likeness {
  return verdict ?? (verified ? 'same' : 'different');
}
