import type { TranslationBundle } from '@jupyterlab/translation';
import type { KernelCheck } from '../kernelTokens';

/** How many differences fit into a tooltip. */
const FEW = 4;

/** One package that differs, in words. */
function differenceText(
  { name, locked, installed }: KernelCheck['differences'][number],
  trans: TranslationBundle
): string {
  if (installed === null) {
    return trans.__('%1: %2 locked, not installed', name, locked);
  }
  return locked === null
    ? trans.__('%1: not locked, %2 installed', name, installed)
    : trans.__('%1: %2 locked, %3 installed', name, locked, installed);
}

/** The tooltip of the warning: what differs, as far as there is room. */
export function kernelCaption(
  check: KernelCheck | null,
  trans: TranslationBundle
): string {
  if (!check) {
    return trans.__('Show how the running kernel compares with the lock');
  }
  const { differences, state, reason } = check;
  const more = differences.length - FEW;
  return [
    state === 'broken'
      ? trans.__('The kernel is broken')
      : trans.__('The kernel does not match the lock'),
    state === 'broken' ? reason : '',
    ...differences.slice(0, FEW).map(one => differenceText(one, trans)),
    more > 0 ? trans._n('and %1 more', 'and %1 more', more) : ''
  ]
    .filter(Boolean)
    .join('\n');
}
