import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '../tokens';

/** What stands in a hint that is meant for a terminal. */
const COMMAND = 'aidevsecops release';

/** A hint without the sentences that name commands of a terminal. */
function spoken(hint: string): string {
  const sentences = hint.split(/(?<=[.!?])\s+/);
  return sentences.filter(sentence => !sentence.includes(COMMAND)).join(' ');
}

/** A problem with a release in words that suit this place; null for other problems. */
export function releaseProblem(
  { code, message, hint }: IProblem,
  trans: TranslationBundle
): { message: string; hint: string } | null {
  switch (code) {
    case 'release.no-version':
      return {
        message,
        hint: trans.__('Choose "Another version" and name the first one, such as 0.1.0.')
      };
    case 'release.no-forge':
      return {
        message,
        hint: trans.__(
          'Say what runs there: see "Forges" in the documentation of releases.'
        )
      };
    case 'release.is-out':
      return {
        message,
        hint: trans.__('Agree to taking it back from its remote as well.')
      };
    default:
      break;
  }
  if (!hint.includes(COMMAND)) {
    return null;
  }
  const own = hint.includes(`${COMMAND} resume`)
    ? trans.__('Resume it or undo it, in the section Release or by the command palette.')
    : '';
  return { message, hint: [spoken(hint), own].filter(Boolean).join(' ') };
}
