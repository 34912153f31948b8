import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** The edit that records what the cells of an open notebook install. */
export function convertInstalls(
  request: Request,
  body: Schemas['OpenNotebook']
): Promise<Schemas['ConversionAnswer']> {
  return request('notebooks/conversions', { method: 'POST', body });
}

/** The environment of an open notebook in the files of another tool, as texts. */
export function exportEnvironment(
  request: Request,
  body: Schemas['ExportRequest']
): Promise<Schemas['ExportAnswer']> {
  return request('notebooks/exports', { method: 'POST', body });
}

/** The edit that records in an open notebook what files of another tool say. */
export function importEnvironment(
  request: Request,
  body: Schemas['ImportRequest']
): Promise<Schemas['ImportAnswer']> {
  return request('notebooks/imports', { method: 'POST', body });
}
