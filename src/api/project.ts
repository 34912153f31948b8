import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** A file or a folder in the project. */
type Place = { path?: string; folder?: string };

/** How a project is; nobody outside is asked. */
export function getProject(request: Request, place: Place): Promise<Schemas['Project']> {
  return request('project', { query: { ...place } });
}

/** The job that looks up the advisories of a project. */
export function auditProject(
  request: Request,
  body: Schemas['ProjectAuditRequest']
): Promise<Schemas['Job']> {
  return request('project/audits', { method: 'POST', body });
}

/** What adopting a project would write. */
export function previewAdoption(
  request: Request,
  body: Schemas['ProjectAdoptionPreviewRequest']
): Promise<Schemas['ProjectAdoption']> {
  return request('project/adoptions/previews', { method: 'POST', body });
}

/** What adopting a project wrote. */
export function adoptProject(
  request: Request,
  body: Schemas['ProjectAdoptionRequest']
): Promise<Schemas['ProjectAdopted']> {
  return request('project/adoptions', { method: 'POST', body });
}

/** Take back what adopting a project wrote. */
export function undoAdoption(
  request: Request,
  body: Schemas['ProjectAdoptionUndoRequest']
): Promise<Schemas['ProjectAdoptionUndone']> {
  return request('project/adoptions/undos', { method: 'POST', body });
}

/** What a configuration file says, and what is off in it. */
export function getConfiguration(
  request: Request,
  query: { folder: string; kind: Schemas['ConfigurationFile']['kind'] }
): Promise<Schemas['ConfigurationFile']> {
  return request('configuration', { query });
}

/** What a configuration file would be. */
export function previewConfiguration(
  request: Request,
  body: Schemas['ConfigurationEdit']
): Promise<Schemas['ConfigurationDraft']> {
  return request('configuration/previews', { method: 'POST', body });
}

/** A configuration file as it was written. */
export function writeConfiguration(
  request: Request,
  body: Schemas['ConfigurationEdit']
): Promise<Schemas['ConfigurationDraft']> {
  return request('configuration', { method: 'PUT', body });
}
