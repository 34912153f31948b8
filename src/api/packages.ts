import type { components, operations } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** The names of packages on the user's indexes that match what is typed. */
export function searchPackages(
  request: Request,
  query: operations['searchPackages']['parameters']['query']
): Promise<Schemas['PackageSearch']> {
  return request('packages', { query });
}

/** A package's versions, newest first. */
export function getPackage(
  request: Request,
  name: string,
  query: NonNullable<operations['getPackage']['parameters']['query']>
): Promise<Schemas['PackageDetails']> {
  return request(`packages/${encodeURIComponent(name)}`, { query });
}

/** The job that says why each locked package of an open notebook is there. */
export function showTree(
  request: Request,
  body: Schemas['TreeRequest']
): Promise<Schemas['Job']> {
  return request('notebooks/trees', { method: 'POST', body });
}
