import { convertInstalls, exportEnvironment, importEnvironment } from '../api/exchange';
import type { Request } from '../api/request';
import { ApiError } from '../api/request';
import type {
  Conversion,
  IExchangeModel,
  IExportChoice,
  IExportPlan,
  ImportPlan,
  IPlannedFile
} from '../environmentTokens';
import type { INotebookDocument } from '../tokens';
import type { ProjectFiles } from './projectFiles';
import { joinPath, parentOf } from './projectFiles';

/** Code of a problem: the export would take the place of the notebook itself. */
export const OWN_NOTEBOOK = 'export.own-notebook';
/** Code of a problem: a file is no longer what the preview showed. */
export const FILES_CHANGED = 'export.files-changed';
/** Code of a problem: there is no such file. */
export const FILE_MISSING = 'import.file-missing';

/** Files that belong together, as the server knows them too. */
const COMPANIONS: { [name: string]: string } = {
  Pipfile: 'Pipfile.lock',
  'Pipfile.lock': 'Pipfile'
};

const IMPORTABLE =
  /^(Pipfile(\.lock)?|pylock(\..+)?\.toml|pyproject\.toml|uv\.lock|.+\.(txt|in|py|py\.lock|ipynb))$/;

/** The time in a bill of materials, which makes no difference. */
const BILL = '.cdx.json';
const BILL_TIME = /"timestamp": *"[^"]*"/;

/** Carries environments to files of other tools, from them, and out of cells that install. */
export class ExchangeModel implements IExchangeModel {
  constructor(
    private readonly _request: Request,
    private readonly _files: ProjectFiles
  ) {}

  /** What recording a notebook's install lines would do; nothing is changed. */
  async planConversion(document: INotebookDocument): Promise<Conversion> {
    const notebook = document.snapshot();
    const { path } = document;
    const answer = await convertInstalls(this._request, { path, notebook });
    return { answer, base: notebook.metadata };
  }

  /** What taking over a file would do; nothing is changed. */
  async planImport(document: INotebookDocument, path: string): Promise<ImportPlan> {
    const text = await this._files.read(path);
    if (text === null) {
      throw problem(FILE_MISSING, [path]);
    }
    const files = [{ name: path, text }];
    const companion = COMPANIONS[baseName(path)];
    if (companion) {
      const beside = joinPath(parentOf(path), companion);
      const other = await this._files.read(beside);
      files.push(...(other === null ? [] : [{ name: beside, text: other }]));
    }
    const notebook = document.snapshot();
    const answer = await importEnvironment(this._request, {
      path: document.path,
      notebook,
      files
    });
    return { answer, base: notebook.metadata };
  }

  /** What an export would write; nothing is written. */
  async planExport(
    document: INotebookDocument,
    choice: IExportChoice
  ): Promise<IExportPlan> {
    const { path } = document;
    const beside: { [name: string]: string } = {};
    for (const name of EDITED[choice.format]?.(baseName(path)) ?? []) {
      const text = await this._files.read(joinPath(choice.folder, name));
      if (text !== null) {
        beside[name] = text;
      }
    }
    const { files, lost } = await exportEnvironment(this._request, {
      path,
      notebook: document.snapshot(),
      format: choice.format,
      beside,
      trust_indexes: [...choice.trusted]
    });
    const planned = await Promise.all(
      files.map(({ name, text }) => this._plan(joinPath(choice.folder, name), text))
    );
    if (planned.some(file => file.path === path)) {
      throw problem(OWN_NOTEBOOK, [path]);
    }
    return { files: planned, lost };
  }

  /** Write the files of a plan, all of them or none. */
  async write(plan: IExportPlan): Promise<void> {
    const wanted = plan.files.filter(file => !file.isSame);
    const changed: string[] = [];
    for (const { path, old } of wanted) {
      if ((await this._files.read(path)) !== old) {
        changed.push(path);
      }
    }
    if (changed.length > 0) {
      throw problem(FILES_CHANGED, changed);
    }
    const written: IPlannedFile[] = [];
    try {
      for (const file of wanted) {
        await this._files.write(file.path, file.text);
        written.push(file);
      }
    } catch (error) {
      await Promise.all(written.map(file => this._restore(file)));
      throw error;
    }
  }

  /** The folders, and the files that can be taken over, whose paths begin with some text. */
  async suggest(text: string): Promise<string[]> {
    const folder = parentOf(text);
    const start = baseName(text).toLowerCase();
    const names = await this._files.list(folder);
    return names
      .filter(name => name.endsWith('/') || IMPORTABLE.test(name))
      .filter(name => name.toLowerCase().startsWith(start))
      .map(name => (folder === '' ? name : `${folder}/${name}`));
  }

  private async _plan(path: string, text: string): Promise<IPlannedFile> {
    const old = await this._files.read(path);
    return { path, text, old, isSame: old !== null && isSame(path, old, text) };
  }

  private _restore({ path, old }: IPlannedFile): Promise<void> {
    return old === null ? this._files.remove(path) : this._files.write(path, old);
  }
}

/** The files that a format changes where they are there, by the notebook's name. */
const EDITED: {
  [format in IExportChoice['format']]?: (notebook: string) => string[];
} = {
  pyproject: () => ['pyproject.toml'],
  pep723: notebook => [notebook.replace(/\.ipynb$/, '.py')]
};

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isSame(path: string, old: string, text: string): boolean {
  const plain = (bill: string): string =>
    path.endsWith(BILL) ? bill.replace(BILL_TIME, '') : bill;
  return plain(old) === plain(text);
}

/** A problem that the browser finds; its words are the surfaces'. */
function problem(code: string, files: string[]): ApiError {
  return new ApiError({ code, message: '', hint: '', details: { files } }, 0);
}
