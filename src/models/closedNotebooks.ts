import type { Contents } from '@jupyterlab/services';
import type { PartialJSONObject, PartialJSONValue } from '@lumino/coreutils';
import { JSONExt, UUID } from '@lumino/coreutils';
import { lockNotebook } from '../api/notebooks';
import { ApiError } from '../api/request';
import type { Request } from '../api/request';
import type { Job, LockResult } from '../tokens';

/** What of JupyterLab's contents manager is used for files that are not open. */
export type ClosedFiles = Pick<Contents.IManager, 'get' | 'save'>;

/** A notebook as JSON. */
type Notebook = PartialJSONObject & {
  metadata: PartialJSONObject;
  cells: PartialJSONObject[];
};

const HTTP_CONFLICT = 409;

/** The refusal to write over what somebody else has written. */
export function changedMeanwhile(path: string): ApiError {
  const problem = {
    code: 'notebook.changed',
    message: `${path} has changed meanwhile.`,
    hint: '',
    details: {}
  };
  return new ApiError(problem, HTTP_CONFLICT);
}

async function read(path: string, files: ClosedFiles): Promise<Notebook> {
  const { content } = await files.get(path, { type: 'notebook', content: true });
  return content as Notebook;
}

/** The job that locks a notebook as it was saved. */
export async function lockClosed(
  path: string,
  files: ClosedFiles,
  request: Request
): Promise<Job> {
  const notebook = await read(path, files);
  const cells = notebook.cells.map(cell =>
    'outputs' in cell ? { ...cell, outputs: [], execution_count: null } : cell
  );
  return lockNotebook(request, {
    path,
    notebook: { ...notebook, cells },
    idempotency_key: UUID.uuid4()
  });
}

/** Write a lock to its notebook, where what it replaces is as it was when it was made. */
export async function keepLock(
  path: string,
  { edit, base }: LockResult,
  files: ClosedFiles
): Promise<void> {
  const content = await read(path, files);
  const { metadata } = content;
  for (const [key, value] of Object.entries(edit.metadata)) {
    if (!isSame(metadata[key], base[key])) {
      throw changedMeanwhile(path);
    }
    if (value === null) {
      delete metadata[key];
    } else {
      metadata[key] = value as PartialJSONValue;
    }
  }
  await files.save(path, { type: 'notebook', format: 'json', content });
}

/** Whether two metadata values are the same; an absent key is the same as null. */
function isSame(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(
    (one ?? null) as PartialJSONValue,
    (other ?? null) as PartialJSONValue
  );
}
