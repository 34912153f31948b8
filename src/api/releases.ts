import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** A file or a folder in the repository. */
type Place = { path?: string; folder?: string };

/** What was released in a repository, also as its remote has it where that is wanted. */
export function getReleases(
  request: Request,
  place: Place,
  isRemoteAsked = false
): Promise<Schemas['Releases']> {
  const remote = isRemoteAsked ? 'true' : undefined;
  return request('releases', { query: { ...place, remote } });
}

/** What is not released in a repository. */
export function getReleaseNotes(
  request: Request,
  place: Place
): Promise<Schemas['ReleaseNotes']> {
  return request('releases/notes', { query: { ...place } });
}

/** The job that plans a release. */
export function previewRelease(
  request: Request,
  body: Schemas['ReleasePreviewRequest']
): Promise<Schemas['Job']> {
  return request('releases/previews', { method: 'POST', body });
}

/** The job that carries out the plan that was agreed to. */
export function cutRelease(
  request: Request,
  body: Schemas['ReleaseRequest']
): Promise<Schemas['Job']> {
  return request('releases', { method: 'POST', body });
}

/** The job that goes on with a release. */
export function resumeRelease(
  request: Request,
  body: Schemas['ReleaseResumptionRequest']
): Promise<Schemas['Job']> {
  return request('releases/resumptions', { method: 'POST', body });
}

/** The job that takes the newest release back. */
export function undoRelease(
  request: Request,
  body: Schemas['ReleaseUndoRequest']
): Promise<Schemas['Job']> {
  return request('releases/undos', { method: 'POST', body });
}

/** What git keeps a token for, after the forge accepted it. */
export function keepReleaseToken(
  request: Request,
  body: Schemas['ReleaseTokenRequest']
): Promise<Schemas['ReleaseToken']> {
  return request('releases/tokens', { method: 'POST', body });
}
