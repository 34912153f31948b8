import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import {
  addRuntime,
  exportPipeline,
  listRuntimeImages,
  listRuntimes,
  registerRuntimeImage,
  testRuntime
} from '../api/engines';
import type { Request } from '../api/request';
import { ApiError } from '../api/request';
import { listOverlays } from '../api/splits';
import type { AnswerState } from '../environmentTokens';
import type {
  IEnginesModel,
  IExportFollower,
  IFileChoice,
  ImageRequest,
  PipelineEntry,
  PipelineExport,
  Runtime,
  RuntimeImage,
  RuntimeRequest,
  RuntimeTest
} from '../pipelineTokens';
import type { IJobsModel, Job } from '../tokens';
import { resultOf } from './jobResult';
import { LatestAnswer } from './latestAnswer';
import type { ProjectFiles } from './projectFiles';

/** Code of a problem: a file is no longer what the preview showed. */
const FILES_CHANGED = 'export.files-changed';

/** Whether a pipeline is one that the engine of a configuration can run. */
export function fits({ runtime_type: type }: PipelineEntry, { kind }: Runtime): boolean {
  const wanted = { kfp: 'KUBEFLOW_PIPELINES', airflow: 'APACHE_AIRFLOW' }[kind];
  return type === '' || type === wanted;
}

/** Where pipelines run elsewhere: configurations of engines, images, and what engines read. */
export class EnginesModel implements IEnginesModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel,
    private readonly _files: ProjectFiles
  ) {
    this._runtimes = new LatestAnswer(() => this.findRuntimes(), 0);
    this._images = new LatestAnswer(
      async () => (await listRuntimeImages(_request)).images,
      0
    );
    this._runtimes.changed.connect(this._onChanged, this);
    this._images.changed.connect(this._onChanged, this);
  }

  /** The configurations. */
  get runtimes(): AnswerState<readonly Runtime[]> {
    return this._runtimes.state;
  }

  /** The images. */
  get images(): AnswerState<readonly RuntimeImage[]> {
    return this._images.state;
  }

  /** Emitted when any of these changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Read the configurations again. */
  readRuntimes(): Promise<void> {
    return this._runtimes.askNow(null);
  }

  /** The configurations as they are now. */
  async findRuntimes(): Promise<readonly Runtime[]> {
    return (await listRuntimes(this._request)).runtimes;
  }

  /** Read the images again. */
  readImages(): Promise<void> {
    return this._images.askNow(null);
  }

  /** Add a configuration. */
  async add(wanted: RuntimeRequest): Promise<Runtime> {
    const added = await addRuntime(this._request, wanted);
    this._tests.delete(added.name);
    void this.readRuntimes();
    return added;
  }

  /** What was answered when a configuration was tested. */
  tested(name: string): AnswerState<RuntimeTest> {
    return this._tests.get(name)?.state ?? { kind: 'idle' };
  }

  /** Ask all that a configuration names whether it answers. */
  async test(name: string): Promise<void> {
    const known = this._tests.get(name);
    const test =
      known ?? new LatestAnswer(wanted => testRuntime(this._request, wanted), 0);
    if (!known) {
      test.changed.connect(this._onChanged, this);
      this._tests.set(name, test);
    }
    await test.askNow(name);
  }

  /** Register an image. */
  async register(wanted: ImageRequest): Promise<RuntimeImage> {
    const image = await registerRuntimeImage(this._request, wanted);
    void this.readImages();
    return image;
  }

  /** The folders of the overlays of the project. */
  async overlays(): Promise<string[]> {
    const { overlays } = await listOverlays(this._request);
    return overlays.map(({ folder }) => folder);
  }

  /** The file of a pipeline that its engine reads. */
  async export(
    path: string,
    choice: IFileChoice,
    { onProgress, signal }: IExportFollower
  ): Promise<PipelineExport> {
    const job = await exportPipeline(this._request, {
      path,
      runtime: choice.runtime,
      parameters: choice.parameters,
      secret: choice.secret.trim() || null,
      format: choice.format,
      out: choice.out.trim() || null,
      idempotency_key: UUID.uuid4()
    });
    const follow = (_: IJobsModel, seen: Job): void => {
      if (seen.job_id === job.job_id) {
        onProgress(seen);
      }
    };
    const stop = (): void => void this._jobs.cancel(job.job_id);
    this._jobs.jobChanged.connect(follow);
    signal.addEventListener('abort', stop);
    try {
      onProgress(job);
      if (signal.aborted) {
        stop();
      }
      return await resultOf<PipelineExport>(this._jobs, job);
    } finally {
      this._jobs.jobChanged.disconnect(follow);
      signal.removeEventListener('abort', stop);
    }
  }

  /** Write that file where the user agreed to. */
  async write({ path, state, text }: PipelineExport): Promise<void> {
    if (state === 'created' && (await this._files.read(path)) !== null) {
      const details = { files: [path] };
      throw new ApiError({ code: FILES_CHANGED, message: '', hint: '', details }, 0);
    }
    if (state !== 'unchanged') {
      await this._files.write(path, text);
    }
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private readonly _runtimes: LatestAnswer<null, readonly Runtime[]>;
  private readonly _images: LatestAnswer<null, readonly RuntimeImage[]>;
  private readonly _tests = new Map<string, LatestAnswer<string, RuntimeTest>>();
  private readonly _changed = new Signal<this, void>(this);
}
