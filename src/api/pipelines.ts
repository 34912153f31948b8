import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

/** A run and the pipeline that it is of, which makes it quick to find. */
export interface IRunPlace {
  /** The path of the pipeline. */
  path: string;
  /** The name of the run. */
  run: string;
}

/** The address of a run. */
export function placeOf({ run }: IRunPlace): string {
  return `pipelines/runs/${encodeURIComponent(run)}`;
}

/** The pipelines of the project. */
export function listPipelines(request: Request): Promise<Schemas['Pipelines']> {
  return request('pipelines');
}

/** The runs of a pipeline, newest first. */
export function listRuns(
  request: Request,
  path: string
): Promise<Schemas['PipelineRuns']> {
  return request('pipelines/runs', { query: { path } });
}

/** The job that runs a pipeline. */
export function runPipeline(
  request: Request,
  body: Schemas['RunRequest']
): Promise<Schemas['Job']> {
  return request('pipelines/runs', { method: 'POST', body });
}

/** One run as it is now. */
export function getRun(
  request: Request,
  place: IRunPlace
): Promise<Schemas['PipelineRun']> {
  return request(placeOf(place), { query: { path: place.path } });
}

/** A run that is asked to stop. */
export function cancelRun(
  request: Request,
  place: IRunPlace
): Promise<Schemas['PipelineRun']> {
  return request(placeOf(place), { method: 'DELETE', query: { path: place.path } });
}

/** What differs from another run, the one before, to a run. */
export function compareRuns(
  request: Request,
  place: IRunPlace,
  before: string
): Promise<Schemas['RunComparison']> {
  const query = { path: place.path, with: before };
  return request(`${placeOf(place)}/comparison`, { query });
}

/** Some lines of the log of a step. */
export function getStepLog(
  request: Request,
  place: IRunPlace,
  step: string,
  offset: number
): Promise<Schemas['JobLog']> {
  const query = { path: place.path, offset };
  return request(`${placeOf(place)}/steps/${encodeURIComponent(step)}/log`, { query });
}

/** The pipeline of notebooks, and how its file would change. */
export function draftPipeline(
  request: Request,
  body: Schemas['PipelineDraftRequest']
): Promise<Schemas['PipelineDraft']> {
  return request('pipelines/drafts', { method: 'POST', body });
}

/** The pipeline of notebooks, as it was written. */
export function createPipeline(
  request: Request,
  body: Schemas['PipelineCreateRequest']
): Promise<Schemas['PipelineDraft']> {
  return request('pipelines', { method: 'POST', body });
}

/** A pipeline in the present version, which is written where that is asked for. */
export function importPipeline(
  request: Request,
  body: Schemas['PipelineImportRequest']
): Promise<Schemas['PipelineDraft']> {
  return request('pipelines/imports', { method: 'POST', body });
}

/** What keeps a pipeline from doing what it says. */
export function validatePipeline(
  request: Request,
  body: Schemas['PipelineValidationRequest']
): Promise<Schemas['PipelineReport']> {
  return request('pipelines/validations', { method: 'POST', body });
}
