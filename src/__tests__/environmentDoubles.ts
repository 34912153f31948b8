import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';
import type {
  Conversion,
  IExchangeModel,
  IExportChoice,
  IExportPlan,
  ImportPlan,
  IPackagesModel,
  ITreesModel,
  PackageDetails,
  PackageSearch,
  PackageVersion,
  TreePackage,
  TreeResult
} from '../environmentTokens';
import type { FileStore } from '../models/projectFiles';
import type { INotebookDocument, MetadataValues } from '../tokens';

type Answers<A> = (A | Error)[];

function next<A>(answers: Answers<A>): A {
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  if (answer instanceof Error || answer === undefined) {
    throw answer ?? new Error('no answer prepared');
  }
  return answer;
}

/** What recording one install line comes to, with these differences. */
export function makeConversion(
  change: Partial<Conversion['answer']> = {},
  base: MetadataValues = {}
): Conversion {
  return {
    answer: {
      notebook: 'work/train.ipynb',
      recorded: ['pandas>=2'],
      lines: [{ cell: 0, line: 1, text: '!pip install pandas>=2' }],
      lost: [],
      edit: {
        metadata: { requirements: '{"packages":{"pandas":">=2"}}' },
        cells: [
          {
            index: 0,
            id: null,
            base: '!pip install pandas>=2',
            source: '# !pip install pandas>=2'
          }
        ]
      },
      ...change
    },
    base
  };
}

/** What taking over a Pipfile comes to, with these differences. */
export function makeImport(
  change: Partial<ImportPlan['answer']> = {},
  base: MetadataValues = {}
): ImportPlan {
  return {
    answer: {
      notebook: 'work/train.ipynb',
      requirements: 1,
      packages: 0,
      lost: [],
      edit: { metadata: { requirements: '{"packages":{"pandas":">=2"}}' } },
      ...change
    },
    base
  };
}

/** What carrying environments about comes to when a test says so. */
export class FakeExchange implements IExchangeModel {
  conversions: Answers<Conversion> = [makeConversion()];
  imports: Answers<ImportPlan> = [makeImport()];
  plans: Answers<IExportPlan> = [{ files: [], lost: [] }];
  suggestions: string[] = [];
  chosen: IExportChoice[] = [];
  paths: string[] = [];
  written: IExportPlan[] = [];
  writeProblem: Error | null = null;

  async planConversion(): Promise<Conversion> {
    return next(this.conversions);
  }

  async planImport(_document: INotebookDocument, path: string): Promise<ImportPlan> {
    this.paths.push(path);
    return next(this.imports);
  }

  async planExport(
    _document: INotebookDocument,
    choice: IExportChoice
  ): Promise<IExportPlan> {
    this.chosen.push(choice);
    return next(this.plans);
  }

  async write(plan: IExportPlan): Promise<void> {
    if (this.writeProblem) {
      throw this.writeProblem;
    }
    this.written.push(plan);
  }

  async suggest(text: string): Promise<string[]> {
    return this.suggestions.filter(path => path.startsWith(text));
  }
}

/** A version that fits, with these differences. */
export function makeVersion(change: Partial<PackageVersion> = {}): PackageVersion {
  return {
    version: '2.0',
    prerelease: false,
    yanked: false,
    yanked_reason: null,
    requires_python: null,
    fits_python: true,
    uploaded_at: null,
    has_wheel: true,
    has_sdist: true,
    ...change
  };
}

/** A package with these versions. */
export function makePackage(
  versions: (string | Partial<PackageVersion>)[],
  change: Partial<PackageDetails> = {}
): PackageDetails {
  const known = versions.map(version =>
    makeVersion(typeof version === 'string' ? { version } : version)
  );
  return {
    name: 'pandas',
    index: 'https://index.example/simple',
    summary: 'Tables.',
    target: { python_version: '3.11', platform: null, universal: false, description: '' },
    latest: known[0]?.version ?? null,
    versions: known,
    ...change
  };
}

/** What was found for a query, with these differences. */
export function makeSearch(
  names: string[],
  change: Partial<PackageSearch> = {}
): PackageSearch {
  return {
    query: '',
    packages: names.map(name => ({ name, match: 'prefix' })),
    complete: true,
    indexes: [
      {
        url: 'https://index.example/simple',
        state: 'listed',
        projects: 3,
        updated_at: 1,
        reason: ''
      }
    ],
    ...change
  };
}

/** An index that has what a test puts there. */
export class FakePackages implements IPackagesModel {
  names: string[] = [];
  details = new Map<string, PackageDetails | Error>();
  searched: string[] = [];
  described: [string, string | null][] = [];
  searchProblem: Error | null = null;
  change: Partial<PackageSearch> = {};

  async search(query: string): Promise<PackageSearch> {
    this.searched.push(query);
    if (this.searchProblem) {
      throw this.searchProblem;
    }
    const packages = this.names
      .filter(name => name.includes(query))
      .map(name => ({ name, match: name === query ? 'exact' : 'part' }) as const);
    return { ...makeSearch([]), packages, ...this.change };
  }

  async describe(name: string, pythonVersion: string | null): Promise<PackageDetails> {
    this.described.push([name, pythonVersion]);
    return next([this.details.get(name) ?? new Error(`no package ${name}`)]);
  }
}

/** A locked package, with these differences. */
export function makeTreePackage(change: Partial<TreePackage> = {}): TreePackage {
  return {
    name: 'pandas',
    version: '2.0',
    dev: false,
    direct: true,
    why: ['pandas'],
    required_by: [],
    requires: [],
    ...change
  };
}

/** The tree of these packages. */
export function makeTree(packages: TreePackage[], notes: string[] = []): TreeResult {
  return {
    notebook: 'work/train.ipynb',
    target: { python_version: '3.11', platform: null, universal: false, description: '' },
    packages,
    notes
  };
}

/** A tree that a test puts there. */
export class FakeTrees implements ITreesModel {
  answers: Answers<TreeResult> = [makeTree([makeTreePackage()])];
  trusted: (readonly string[])[] = [];

  async read(
    _document: INotebookDocument,
    trusted: readonly string[]
  ): Promise<TreeResult> {
    this.trusted.push(trusted);
    return next(this.answers);
  }
}

/** Files and folders in memory; folders are null. */
export class FakeStore implements FileStore {
  constructor(readonly entries: { [path: string]: string | null } = {}) {}

  /** The path that the server refuses to read and to write. */
  failing: string | null = null;

  async get(path: string): Promise<Contents.IModel> {
    const content = path === '' ? null : this.entries[path];
    if (path === this.failing || content === undefined) {
      throw refusal(path === this.failing ? 400 : 404);
    }
    const prefix = path === '' ? '' : `${path}/`;
    const names = Object.keys(this.entries)
      .filter(name => name.startsWith(prefix) && name !== path)
      .map(name => name.slice(prefix.length))
      .filter(name => !name.includes('/'));
    const inside = names.map(name => ({
      name,
      type: this.entries[prefix + name] === null ? 'directory' : 'file'
    }));
    return { content: content ?? inside } as Contents.IModel;
  }

  async save(
    path: string,
    options: Partial<Contents.IModel> = {}
  ): Promise<Contents.IModel> {
    if (path === this.failing) {
      throw refusal(500);
    }
    this.entries[path] =
      options.type === 'directory' ? null : (options.content as string);
    return {} as Contents.IModel;
  }

  async delete(path: string): Promise<void> {
    delete this.entries[path];
  }
}

function refusal(status: number): ServerConnection.ResponseError {
  return new ServerConnection.ResponseError(new Response(null, { status }), 'refused');
}
