import type { components } from '../generated/api';
import type { Request, TextRequest } from './request';

type Schemas = components['schemas'];

/** What splitting an open notebook would come to; nothing is written. */
export function previewSplit(
  request: Request,
  body: Schemas['SplitRequest']
): Promise<Schemas['SplitPreview']> {
  return request('splits/previews', { method: 'POST', body });
}

/** The job that splits an open notebook. */
export function applySplit(
  request: Request,
  body: Schemas['SplitApplyRequest']
): Promise<Schemas['Job']> {
  return request('splits', { method: 'POST', body });
}

/** The job that runs an open notebook and its steps, and compares. */
export function verifySplit(
  request: Request,
  body: Schemas['VerificationRequest']
): Promise<Schemas['Job']> {
  return request('splits/verifications', { method: 'POST', body });
}

/** The page with both sides of what a verification has compared, as HTML. */
export function getVerificationReport(
  request: TextRequest,
  report: string
): Promise<string> {
  return request(`splits/verifications/${encodeURIComponent(report)}`);
}

/** The overlays of the project. */
export function listOverlays(request: Request): Promise<Schemas['Overlays']> {
  return request('overlays');
}

/** The overlays of the project, each looked at together with what its notebook imports. */
export function checkOverlays(request: Request): Promise<Schemas['OverlayChecks']> {
  return request('overlays/checks');
}

/** The job that writes the environment of an open notebook to an overlay. */
export function extractOverlay(
  request: Request,
  body: Schemas['OverlayRequest']
): Promise<Schemas['Job']> {
  return request('overlays', { method: 'POST', body });
}
