import type { components } from '../generated/api';
import type { Request } from './request';

/** Where the copied examples are. */
export type Examples = components['schemas']['Examples'];

/** Copy the example project into a new folder below another one. */
export function copyExamples(request: Request, folder: string): Promise<Examples> {
  return request('examples', { method: 'POST', body: { folder } });
}
