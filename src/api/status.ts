import type { components } from '../generated/api';
import type { Request } from './request';

/** What the server extension is and can do. */
export function getHealth(request: Request): Promise<components['schemas']['Health']> {
  return request('health');
}
