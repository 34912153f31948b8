import { Token } from '@lumino/coreutils';
import type { components } from './generated/api';
import type { INotebookDocument, IProblem, MetadataValues, NotebookEdit } from './tokens';

type Schemas = components['schemas'];

/** The answer to a question that may be asked anew before it is there. */
export type AnswerState<A> =
  | { kind: 'idle' }
  | { kind: 'loading'; answer: A | null }
  | { kind: 'ready'; answer: A }
  | { kind: 'error'; problem: IProblem };

/** An edit to look at before it is applied, with the metadata that it was made for. */
export interface IProposal<A extends { edit: NotebookEdit }> {
  /** What the server said of it. */
  readonly answer: A;
  /** The metadata in the request. */
  readonly base: MetadataValues;
}

/** What recording the install lines of a notebook comes to. */
export type Conversion = IProposal<Schemas['ConversionAnswer']>;
/** What taking over a file comes to. */
export type ImportPlan = IProposal<Schemas['ImportAnswer']>;
/** A format that environments are written in. */
export type ExportFormat = Schemas['ExportRequest']['format'];

/** What to export, and where to. */
export interface IExportChoice {
  /** The format. */
  format: ExportFormat;
  /** The folder below the server's root. */
  folder: string;
  /** Indexes outside the user's configuration that may be asked. */
  trusted: readonly string[];
}

/** A file of an export beside the one that is there. */
export interface IPlannedFile {
  /** Its path below the server's root. */
  path: string;
  /** What it will hold. */
  text: string;
  /** What it holds, or null where there is none. */
  old: string | null;
  /** Whether it says what it will say already. */
  isSame: boolean;
}

/** What an export would write. */
export interface IExportPlan {
  /** The files. */
  files: IPlannedFile[];
  /** Sentences on what the format does not keep. */
  lost: string[];
}

/** Carries environments to files of other tools, from them, and out of cells that install. */
export interface IExchangeModel {
  /** What recording a notebook's install lines would do; nothing is changed. */
  planConversion(document: INotebookDocument): Promise<Conversion>;
  /** What taking over a file would do; nothing is changed. */
  planImport(document: INotebookDocument, path: string): Promise<ImportPlan>;
  /** What an export would write; nothing is written. */
  planExport(document: INotebookDocument, choice: IExportChoice): Promise<IExportPlan>;
  /** Write the files of a plan, all of them or none. */
  write(plan: IExportPlan): Promise<void>;
  /** The folders, and the files that can be taken over, whose paths begin with some text. */
  suggest(text: string): Promise<string[]>;
}

/** The names on the user's indexes that match what was typed. */
export type PackageSearch = Schemas['PackageSearch'];
/** A package and its versions, newest first. */
export type PackageDetails = Schemas['PackageDetails'];
/** One version of a package. */
export type PackageVersion = Schemas['PackageVersion'];
/** Why each locked package is there. */
export type TreeResult = Schemas['TreeResult'];
/** A locked package, who asks for it and what it asks for. */
export type TreePackage = Schemas['TreePackage'];
/** One package that asks for another. */
export type TreeEdge = Schemas['TreeEdge'];

/** What the user's package indexes have. */
export interface IPackagesModel {
  /** The names that match what was typed. */
  search(query: string): Promise<PackageSearch>;
  /** A package and its versions, and which of them fit a Python; the server's when null. */
  describe(name: string, pythonVersion: string | null): Promise<PackageDetails>;
}

/** Finds out why the locked packages of a notebook are there. */
export interface ITreesModel {
  /** Why each locked package is there; found out by a job unless it is known of this lock. */
  read(document: INotebookDocument, trusted: readonly string[]): Promise<TreeResult>;
}

/** Provides carrying environments to and from files. */
export const IExchangeModel = new Token<IExchangeModel>(
  'aidevsecops:IExchangeModel',
  'Carries environments to and from the files of other tools.'
);

/** Provides what the user's package indexes have. */
export const IPackagesModel = new Token<IPackagesModel>(
  'aidevsecops:IPackagesModel',
  "What the user's package indexes have."
);

/** Provides why locked packages are there. */
export const ITreesModel = new Token<ITreesModel>(
  'aidevsecops:ITreesModel',
  'Finds out why the locked packages of a notebook are there.'
);
