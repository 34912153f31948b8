import type { Request } from '../api/request';
import { examineSetup } from '../api/setup';
import type { Diagnosis, IDiagnosisModel, ProjectPlace } from '../setupTokens';
import type { IJobsModel } from '../tokens';
import { resultOf } from './jobResult';

/** Lets a job look for what is in the way. */
export class DiagnosisModel implements IDiagnosisModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel
  ) {}

  /** What is found on the machine, and in the project of that place. */
  async examine(place: ProjectPlace): Promise<Diagnosis> {
    const job = await examineSetup(this._request, place);
    this._job = job.job_id;
    try {
      return await resultOf<Diagnosis>(this._jobs, job);
    } finally {
      this._job = null;
    }
  }

  /** Look no further. */
  async stop(): Promise<void> {
    if (this._job !== null) {
      await this._jobs.cancel(this._job);
    }
  }

  private _job: string | null = null;
}
