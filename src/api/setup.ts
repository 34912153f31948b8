import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** The job that looks for what is in the way. */
export function examineSetup(
  request: Request,
  body: Schemas['DiagnosisRequest']
): Promise<Schemas['Job']> {
  return request('diagnoses', { method: 'POST', body });
}
