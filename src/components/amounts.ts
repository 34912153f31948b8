import type { TranslationBundle } from '@jupyterlab/translation';

const THOUSAND = 1000;
const DAY_S = 24 * 60 * 60;

/** A number of bytes in words, such as `49 MB`. */
export function sizeText(bytes: number, trans: TranslationBundle): string {
  if (bytes < THOUSAND) {
    return trans.__('%1 B', bytes);
  }
  if (bytes < THOUSAND ** 2) {
    return trans.__('%1 kB', Math.round(bytes / THOUSAND));
  }
  if (bytes < THOUSAND ** 3) {
    return trans.__('%1 MB', Math.round(bytes / THOUSAND ** 2));
  }
  return trans.__('%1 GB', (bytes / THOUSAND ** 3).toFixed(1));
}

/** How long ago something was, in whole units; both times are in seconds. */
export function ageText(since: number, now: number, trans: TranslationBundle): string {
  const seconds = Math.max(0, now - since);
  const days = Math.floor(seconds / DAY_S);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60);
  if (days > 0) {
    return trans._n('%1 day', '%1 days', days);
  }
  if (hours > 0) {
    return trans._n('%1 hour', '%1 hours', hours);
  }
  return minutes > 0
    ? trans._n('%1 minute', '%1 minutes', minutes)
    : trans.__('just now');
}
