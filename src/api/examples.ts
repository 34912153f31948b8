import type { components } from '../generated/api';
import type { Request } from './request';

/** Where the copied examples are. */
export type Examples = components['schemas']['Examples'];

/** Copy the example project into a new folder below the server's root. */
export function copyExamples(request: Request): Promise<Examples> {
  return request('examples', { method: 'POST', body: {} });
}
