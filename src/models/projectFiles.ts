import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';

/** What of JupyterLab's contents manager is used. */
export type FileStore = Pick<Contents.IManager, 'get' | 'save' | 'delete'>;

const NOT_FOUND = 404;

/** Text files below the server's root, as JupyterLab reads and writes them. */
export class ProjectFiles {
  constructor(private readonly _store: FileStore) {}

  /** The text of a file, or null where there is none. */
  async read(path: string): Promise<string | null> {
    const options = { type: 'file', format: 'text', content: true } as const;
    const model = await this._get(path, options);
    return model ? (model.content as string) : null;
  }

  /** The names in a folder, those of folders with a slash; none where there is no folder. */
  async list(folder: string): Promise<string[]> {
    const model = await this._get(folder, { type: 'directory', content: true });
    const entries = (model?.content ?? []) as Contents.IModel[];
    return entries
      .map(({ name, type }) => (type === 'directory' ? `${name}/` : name))
      .sort((one, other) => one.localeCompare(other));
  }

  /** Write a file, making the folders that it needs. */
  async write(path: string, text: string): Promise<void> {
    await this._makeFolder(parentOf(path));
    await this._store.save(path, { type: 'file', format: 'text', content: text });
  }

  /** Delete a file. */
  async remove(path: string): Promise<void> {
    await this._store.delete(path);
  }

  private async _makeFolder(folder: string): Promise<void> {
    if (folder === '' || (await this._get(folder, { content: false }))) {
      return;
    }
    await this._makeFolder(parentOf(folder));
    await this._store.save(folder, { type: 'directory' });
  }

  private async _get(
    path: string,
    options: Contents.IFetchOptions
  ): Promise<Contents.IModel | null> {
    try {
      return await this._store.get(path, options);
    } catch (error) {
      if (
        error instanceof ServerConnection.ResponseError &&
        error.response.status === NOT_FOUND
      ) {
        return null;
      }
      throw error;
    }
  }
}

/** The folder of a path; empty for the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path below a folder; both as the user may have written them. */
export function joinPath(folder: string, name: string): string {
  const parts = `${folder}/${name}`.split('/');
  return parts.filter(part => part !== '' && part !== '.').join('/');
}
