/** A cell as nbformat writes it. */
export interface Cell {
  cell_type: 'code' | 'markdown';
  source: string;
  id: string;
  metadata: Record<string, unknown>;
  [key: string]: unknown;
}

/** A notebook as nbformat writes it. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const PYTHON = {
  kernelspec: {
    name: 'python3',
    display_name: 'Python 3 (ipykernel)',
    language: 'python'
  },
  language_info: { name: 'python' }
};

const R = {
  kernelspec: { name: 'ir', display_name: 'R', language: 'R' },
  language_info: { name: 'R' }
};

/** A code cell. */
export function code(source: string): Omit<Cell, 'id'> {
  return { cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null };
}

/** A cell of text. */
export function markdown(source: string): Omit<Cell, 'id'> {
  return { cell_type: 'markdown', source, metadata: {} };
}

/** A Python notebook with these cells; plain text is a code cell. */
export function notebook(
  cells: readonly (string | Omit<Cell, 'id'>)[],
  metadata: Record<string, unknown> = {}
): Notebook {
  return {
    cells: cells.map((cell, index) => ({
      ...((typeof cell === 'string' ? code(cell) : cell) as Cell),
      id: `cell-${index}`
    })),
    metadata: { ...PYTHON, ...metadata },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** The same notebook in a language that cannot be locked. */
export function inR(python: Notebook): Notebook {
  return { ...python, metadata: { ...python.metadata, ...R } };
}

/** Requirement texts by package name, as a Pipfile has them. */
export type Packages = Record<string, string | Record<string, unknown>>;

/** An index, as a Pipfile has it. */
export interface Source {
  name: string;
  url: string;
  verify_ssl: boolean;
}

/** Metadata that declares requirements in the form that jupyterlab-requirements uses. */
export function declared(
  packages: Packages,
  sources: readonly Source[] = []
): { requirements: string } {
  return {
    requirements: JSON.stringify({
      packages,
      'dev-packages': {},
      requires: { python_version: '3.11' },
      source: sources
    })
  };
}
