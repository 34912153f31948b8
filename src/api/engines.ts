import type { components } from '../generated/api';
import type { IRunPlace } from './pipelines';
import { placeOf } from './pipelines';
import type { Request } from './request';

type Schemas = components['schemas'];

/** The job that has a pipeline run elsewhere. */
export function submitPipeline(
  request: Request,
  body: Schemas['SubmissionRequest']
): Promise<Schemas['Job']> {
  return request('pipelines/submissions', { method: 'POST', body });
}

/** The job that makes the file of a pipeline that its engine reads. */
export function exportPipeline(
  request: Request,
  body: Schemas['PipelineExportRequest']
): Promise<Schemas['Job']> {
  return request('pipelines/exports', { method: 'POST', body });
}

/** A run elsewhere whose engine runs again what failed. */
export function retryRun(
  request: Request,
  place: IRunPlace
): Promise<Schemas['PipelineRun']> {
  const query = { path: place.path };
  return request(`${placeOf(place)}/retries`, { method: 'POST', query });
}

/** What a run elsewhere has stored. */
export function listRunOutputs(
  request: Request,
  place: IRunPlace
): Promise<Schemas['RunOutputs']> {
  return request(`${placeOf(place)}/outputs`, { query: { path: place.path } });
}

/** The configurations of engines, without their secrets. */
export function listRuntimes(request: Request): Promise<Schemas['Runtimes']> {
  return request('runtimes');
}

/** The configuration as it was written, without its secrets. */
export function addRuntime(
  request: Request,
  body: Schemas['RuntimeRequest']
): Promise<Schemas['Runtime']> {
  return request('runtimes', { method: 'POST', body });
}

/** What each part of a configuration answers. */
export function testRuntime(
  request: Request,
  name: string
): Promise<Schemas['RuntimeTest']> {
  return request('runtimes/tests', { method: 'POST', body: { name } });
}

/** The images that nodes of pipelines can run in. */
export function listRuntimeImages(request: Request): Promise<Schemas['RuntimeImages']> {
  return request('runtime-images');
}

/** The image as it was registered. */
export function registerRuntimeImage(
  request: Request,
  body: Schemas['RuntimeImageRequest']
): Promise<Schemas['RuntimeImage']> {
  return request('runtime-images', { method: 'POST', body });
}
