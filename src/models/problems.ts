import { ApiError } from '../api/request';
import type { IProblem } from '../tokens';

const UNTRUSTED = 'lock.untrusted-index';

/**
 * The addresses of the indexes that a lock was refused for because the user has not agreed to
 * them; null when the problem is another one.
 */
export function untrustedIndexes(problem: IProblem): string[] | null {
  if (problem.code !== UNTRUSTED) {
    return null;
  }
  const indexes: unknown = problem.details['indexes'];
  const urls = Array.isArray(indexes)
    ? indexes.map((index: { url?: unknown } | null) => index?.url)
    : [];
  return urls.filter(url => typeof url === 'string');
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): IProblem {
  if (error instanceof ApiError) {
    return error.problem;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'browser.unexpected', message, hint: '', details: {} };
}
