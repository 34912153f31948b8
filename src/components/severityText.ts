import type { TranslationBundle } from '@jupyterlab/translation';
import type { Advisory } from '../tokens';

/** How bad an advisory is, in a word. */
export function severityText(
  severity: Advisory['severity'],
  trans: TranslationBundle
): string {
  switch (severity) {
    case 'critical':
      return trans.__('critical');
    case 'high':
      return trans.__('high');
    case 'moderate':
      return trans.__('moderate');
    case 'low':
      return trans.__('low');
    case 'unknown':
      return trans.__('severity unknown');
  }
}
