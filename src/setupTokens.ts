import type { components } from './generated/api';

type Schemas = components['schemas'];

/** What was found on the machine that the server is on. */
export type Diagnosis = Schemas['Diagnosis'];
/** One thing that was looked at. */
export type Finding = Schemas['Finding'];
/** How a thing is. */
export type FindingState = Finding['state'];
/** A place in the project that is meant. */
export type ProjectPlace = { path?: string; folder?: string };

/** Looks for what is in the way. */
export interface IDiagnosisModel {
  /** What is found on the machine, and in the project of that place. */
  examine(place: ProjectPlace): Promise<Diagnosis>;
  /** Look no further. */
  stop(): Promise<void>;
}
