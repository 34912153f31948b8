import { showTree } from '../api/packages';
import type { Request } from '../api/request';
import type { ITreesModel, TreeResult } from '../environmentTokens';
import type { IJobsModel, INotebookDocument } from '../tokens';
import { resultOf } from './jobResult';

/** Lets a job find out why the locked packages of a notebook are there, once for each lock. */
export class TreesModel implements ITreesModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel
  ) {}

  /** Why each locked package is there; found out by a job unless it is known of this lock. */
  async read(
    document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<TreeResult> {
    const notebook = document.snapshot();
    const { requirements, requirements_lock: lock } = notebook.metadata;
    const key = JSON.stringify([requirements, lock]);
    const known = this._known.get(document);
    if (known?.key === key) {
      return known.result;
    }
    const started = await showTree(this._request, {
      path: document.path,
      notebook,
      trust_indexes: [...trusted]
    });
    const result = await resultOf<TreeResult>(this._jobs, started);
    this._known.set(document, { key, result });
    return result;
  }

  private readonly _known = new WeakMap<
    INotebookDocument,
    { key: string; result: TreeResult }
  >();
}
