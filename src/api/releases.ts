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

/** How the builds of the newest release stand. */
export function getReleaseBuilds(
  request: Request,
  place: Place
): Promise<Schemas['ReleaseBuilds']> {
  return request('releases/builds', { query: { ...place } });
}

/** The open issues that ask a bot for something. */
export function getBotRequests(
  request: Request,
  place: Place
): Promise<Schemas['BotRequests']> {
  return request('releases/requests', { query: { ...place } });
}

/** What became of one of them. */
export function getBotRequest(
  request: Request,
  place: Place,
  number: number
): Promise<Schemas['FollowedBotRequest']> {
  return request(`releases/requests/${number}`, { query: { ...place } });
}

/** The issue as it was opened, or would be. */
export function askBot(
  request: Request,
  body: Schemas['BotRequestRequest']
): Promise<Schemas['BotRequestAnswer']> {
  return request('releases/requests', { method: 'POST', body });
}

/** The workflow that would be written. */
export function getReleaseWorkflow(
  request: Request,
  place: Place,
  forge: Schemas['ForgeKind'] | null
): Promise<Schemas['ReleaseWorkflow']> {
  return request('releases/workflows', {
    query: { ...place, forge: forge ?? undefined }
  });
}

/** The workflow that was written. */
export function writeReleaseWorkflow(
  request: Request,
  body: Schemas['ReleaseWorkflowRequest']
): Promise<Schemas['ReleaseWorkflow']> {
  return request('releases/workflows', { method: 'POST', body });
}
