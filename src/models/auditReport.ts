import type { Advisory, AuditedPackage, AuditResult, IAuditReport } from '../tokens';
import { lockedPackages, pinOf } from './lockedPackages';

const WORST_FIRST: readonly Advisory['severity'][] = [
  'critical',
  'high',
  'moderate',
  'unknown',
  'low'
];

function rank({ advisories }: AuditedPackage): number {
  return Math.min(...advisories.map(({ severity }) => WORST_FIRST.indexOf(severity)));
}

/**
 * What an audit says of a lock, which may have been made after the audit: an answer counts only
 * for the version that it was given for. Null where there is no lock to speak of.
 */
export function reportOf(
  result: AuditResult,
  lock: unknown,
  endedAt: number | null
): IAuditReport | null {
  const locked = lockedPackages(lock);
  if (!locked) {
    return null;
  }
  const pins = new Set(locked.map(({ name, version }) => pinOf(name, version)));
  const isLocked = ({ name, version }: { name: string; version: string }): boolean =>
    pins.has(pinOf(name, version));
  const checked = result.packages.filter(isLocked);
  const unchecked = result.unchecked.filter(isLocked);
  const asked = new Set(
    [...checked, ...unchecked].map(({ name, version }) => pinOf(name, version))
  );
  return {
    vulnerable: checked
      .filter(({ advisories }) => advisories.length > 0)
      .sort((one, other) => rank(one) - rank(other)),
    checkedCount: checked.length,
    unchecked,
    unasked: locked.filter(({ name, version }) => !asked.has(pinOf(name, version))),
    ignored: result.ignored,
    expired: result.expired,
    endedAt
  };
}
