import type { IJobsModel, Job } from '../tokens';
import { GrowingLog } from './growingLog';

/** The growing log of one job. */
export class JobLogModel extends GrowingLog {
  constructor(
    private readonly _jobs: IJobsModel,
    readonly jobId: string,
    pauseMs?: number
  ) {
    super(offset => _jobs.readLog(jobId, offset), pauseMs);
    _jobs.jobChanged.connect(this._onJobChanged, this);
  }

  /** The job, or undefined when the server does not know it. */
  get job(): Job | undefined {
    return this._jobs.get(this.jobId);
  }

  private _onJobChanged(_: IJobsModel, job: Job): void {
    if (job.job_id === this.jobId) {
      this.tell();
    }
  }
}
