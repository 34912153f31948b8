import type { components } from '../generated/api';
import type { ICellRun, SplitCell } from '../splitTokens';

/** A cut by hand: which step each code cell belongs to, by the cell's id. */
export interface ICut {
  /** The names of the steps by cell, in the order of the notebook. */
  owners: ReadonlyMap<string, string>;
  /** All cells that there were; one that is not among them is new. */
  known: ReadonlySet<string>;
}

/** A cell of a notebook at this moment. */
export interface ICellNow {
  /** Its id. */
  id: string;
  /** Whether it is code. */
  isCode: boolean;
}

/** The cells of a preview with their ids. */
export interface ICutCells {
  /** The cells. */
  cells: readonly SplitCell[];
  /** Their ids. */
  ids: readonly string[];
}

const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;

/** The cut that a preview shows. */
export function cutOf({ cells, ids }: ICutCells): ICut {
  const owned = cells.filter(({ kind, step }) => kind === 'code' && step !== null);
  return {
    owners: new Map(owned.map(({ index, step }) => [ids[index], step ?? ''])),
    known: new Set(ids)
  };
}

/** The cells as a cut has them; markdown goes with the code that it stands before. */
export function withCut({ cells, ids }: ICutCells, cut: ICut): SplitCell[] {
  let next: string | null = null;
  const changed = [...cells].reverse().map(cell => {
    if (cell.kind === 'code') {
      const step = cut.owners.get(ids[cell.index]) ?? null;
      next = step ?? next;
      return { ...cell, step };
    }
    return { ...cell, step: cell.step === null ? null : next };
  });
  let last: string | null = null;
  return changed.reverse().map(cell => {
    last = cell.step ?? last;
    return cell.kind === 'code' || cell.role !== 'markdown'
      ? cell
      : { ...cell, step: last };
  });
}

/** The cells in runs of one step each; those of no step are in the run before them. */
export function runsOf(cells: readonly SplitCell[]): ICellRun[] {
  const names: string[] = [];
  const runs: { step: string | null; position: number; cells: SplitCell[] }[] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && (cell.step === null || cell.step === last.step)) {
      last.cells.push(cell);
    } else {
      if (cell.step !== null && !names.includes(cell.step)) {
        names.push(cell.step);
      }
      const position = cell.step === null ? -1 : names.indexOf(cell.step);
      runs.push({ step: cell.step, position, cells: [cell] });
    }
  }
  return runs;
}

/** The code cells of a run, by index. */
function codeOf(run: ICellRun | undefined): number[] {
  const code = (run?.cells ?? []).filter(
    cell => cell.kind === 'code' && cell.step !== null
  );
  return code.map(({ index }) => index);
}

/** Where the boundary before a run can be, as code cells that the run may begin with. */
export function placesOf(runs: readonly ICellRun[], run: number): number[] {
  const [before, after] = [codeOf(runs[run - 1]), codeOf(runs[run])];
  // Each of the two keeps a cell.
  return before.length > 0 && after.length > 0 ? [...before, ...after].slice(1) : [];
}

/** The cell of the run that begins there when its boundary is shifted; null where it cannot be. */
export function shifted(
  runs: readonly ICellRun[],
  run: number,
  by: number
): number | null {
  const places = placesOf(runs, run);
  const at = places.indexOf(codeOf(runs[run])[0]);
  const to = Math.min(Math.max(at + by, 0), places.length - 1);
  return at < 0 || to === at ? null : places[to];
}

/** The step of each of some cells, changed. */
function reassign(
  cut: ICut,
  ids: readonly string[],
  cells: number[],
  step: string
): ICut {
  const owners = new Map(cut.owners);
  cells.forEach(index => owners.set(ids[index], step));
  return { ...cut, owners };
}

/** The cut in which a run begins at another cell; the same one where it cannot. */
export function moveBoundary(
  shown: ICutCells & { runs: readonly ICellRun[] },
  cut: ICut,
  run: number,
  cell: number
): ICut {
  const places = placesOf(shown.runs, run);
  const [before, after] = [shown.runs[run - 1]?.step, shown.runs[run]?.step];
  if (places.length === 0 || !before || !after) {
    return cut;
  }
  const wanted = places.find(place => place >= cell) ?? places[places.length - 1];
  const all = [...codeOf(shown.runs[run - 1]), ...codeOf(shown.runs[run])];
  const earlier = all.filter(index => index < wanted);
  const later = all.filter(index => index >= wanted);
  return reassign(reassign(cut, shown.ids, earlier, before), shown.ids, later, after);
}

/** The cut in which a run belongs to the step before it. */
export function mergeRun(
  shown: ICutCells & { runs: readonly ICellRun[] },
  cut: ICut,
  run: number
): ICut {
  const before = shown.runs[run - 1]?.step;
  return before ? reassign(cut, shown.ids, codeOf(shown.runs[run]), before) : cut;
}

/** Whether a step can begin at a cell: there is code before it in its run, and code from it on. */
export function canSplitAt(run: ICellRun, cell: number): boolean {
  const code = codeOf(run);
  return code.some(index => index < cell) && code.some(index => index >= cell);
}

/** The cut in which a step begins at a cell; the same one where none can. */
export function splitAt(
  shown: ICutCells & { runs: readonly ICellRun[] },
  cut: ICut,
  cell: number
): ICut {
  const run = shown.runs.find(({ cells }) => cells.some(({ index }) => index === cell));
  if (!run?.step || !canSplitAt(run, cell)) {
    return cut;
  }
  const later = codeOf(run).filter(index => index >= cell);
  const heading = HEADING.exec(shown.cells[cell].first_line)?.[1];
  const name = freshName(heading ? safeName(heading) : '', run.step, cut);
  return reassign(cut, shown.ids, later, name);
}

/** The cut in which a step has another name. */
export function renameStep(cut: ICut, step: string, name: string): ICut {
  const owners = [...cut.owners].map(
    ([id, owner]) => [id, owner === step ? name : owner] as const
  );
  return { ...cut, owners: new Map(owners) };
}

/** Whether a cut has a step whose file would be called the same, apart from one step. */
export function isTaken(cut: ICut, name: string, except: string): boolean {
  const others = [...cut.owners.values()].filter(owner => owner !== except);
  // A name of other letters alone has no safe form that the browser knows.
  const plain = (text: string): string => safeName(text) || text;
  return others.some(owner => plain(owner) === plain(name));
}

/** A name as a file may have it; empty where nothing of it is left. */
export function safeName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

function freshName(wanted: string, beside: string, cut: ICut): string {
  if (wanted && !isTaken(cut, wanted, '')) {
    return wanted;
  }
  const stem = wanted || beside.replace(/_\d+$/, '');
  let number = 2;
  while (isTaken(cut, `${stem}_${number}`, '')) {
    number += 1;
  }
  return `${stem}_${number}`;
}

/**
 * A cut as it is sent, for the notebook as it is now: cells that are gone are in no step, and new
 * ones in that of the code before them.
 */
export function choicesOf(
  cut: ICut,
  now: readonly ICellNow[]
): components['schemas']['SplitChoice'][] {
  const steps = new Map<string, number[]>();
  const [first] = cut.owners.values();
  let last: string | undefined = first;
  now.forEach(({ id, isCode }, index) => {
    const owner = cut.owners.get(id);
    last = owner ?? last;
    const step = owner ?? (cut.known.has(id) ? undefined : last);
    if (isCode && step !== undefined) {
      steps.set(step, [...(steps.get(step) ?? []), index]);
    }
  });
  return [...steps].map(([name, cells]) => ({ name, cells }));
}
