import { ApiError } from '../api/request';
import type { IProblem } from '../tokens';

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): IProblem {
  if (error instanceof ApiError) {
    return error.problem;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'browser.unexpected', message, hint: '', details: {} };
}
