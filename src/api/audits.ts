import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** The job that checks the locked packages of an open notebook for advisories. */
export function auditNotebook(
  request: Request,
  body: Schemas['AuditRequest']
): Promise<Schemas['Job']> {
  return request('notebooks/audits', { method: 'POST', body });
}
