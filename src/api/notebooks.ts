import type { components, operations } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** What an open notebook needs, what it declares and whether its lock is fresh. */
export function inspectDependencies(
  request: Request,
  body: Schemas['OpenNotebook']
): Promise<Schemas['Dependencies']> {
  return request('notebooks/dependencies', { method: 'POST', body });
}

/** The edit that changes an open notebook's requirements. */
export function editRequirements(
  request: Request,
  body: Schemas['RequirementsEditRequest']
): Promise<Schemas['EditAnswer']> {
  return request('notebooks/requirements', { method: 'POST', body });
}

/** The job that locks an open notebook. */
export function lockNotebook(
  request: Request,
  body: Schemas['LockRequest']
): Promise<Schemas['Job']> {
  return request('notebooks/locks', { method: 'POST', body });
}

/** The runtime environments of the `.thoth.yaml` nearest to a notebook. */
export function getTargets(
  request: Request,
  query: operations['getTargets']['parameters']['query']
): Promise<Schemas['Targets']> {
  return request('notebooks/targets', { query });
}
