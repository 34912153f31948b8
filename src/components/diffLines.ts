/** A line of two texts: in both, or in one of them. */
export interface IDiffLine {
  /** Where it is. */
  kind: 'both' | 'old' | 'new';
  /** The line without its end. */
  text: string;
}

/** Lines that were left out between others. */
export interface IDiffGap {
  /** Tells it from a line. */
  kind: 'gap';
  /** How many. */
  count: number;
}

/** Above this many pairs of lines, what differs is shown as a whole instead of compared. */
const MAX_PAIRS = 4_000_000;
const CONTEXT = 3;

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

const both = (text: string): IDiffLine => ({ kind: 'both', text });
const removed = (text: string): IDiffLine => ({ kind: 'old', text });
const added = (text: string): IDiffLine => ({ kind: 'new', text });

/** The lengths of the longest common subsequences of all ends of two lists, row by row. */
function commonLengths(before: string[], after: string[]): Uint32Array[] {
  const rows = Array.from(
    { length: before.length + 1 },
    () => new Uint32Array(after.length + 1)
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      rows[i][j] =
        before[i] === after[j]
          ? rows[i + 1][j + 1] + 1
          : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  return rows;
}

function compare(before: string[], after: string[]): IDiffLine[] {
  if (before.length * after.length > MAX_PAIRS) {
    return [...before.map(removed), ...after.map(added)];
  }
  const rows = commonLengths(before, after);
  const lines: IDiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(both(before[i]));
      i += 1;
      j += 1;
    } else if (
      j === after.length ||
      (i < before.length && rows[i + 1][j] >= rows[i][j + 1])
    ) {
      lines.push(removed(before[i]));
      i += 1;
    } else {
      lines.push(added(after[j]));
      j += 1;
    }
  }
  return lines;
}

/** The lines of two texts, in order, each with where it is. */
export function diffLines(before: string, after: string): IDiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) {
    end += 1;
  }
  return [
    ...old.slice(0, start).map(both),
    ...compare(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(both)
  ];
}

/** The same, with lines far from a difference left out. */
export function foldDiff(lines: readonly IDiffLine[]): (IDiffLine | IDiffGap)[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind !== 'both') {
      for (let at = index - CONTEXT; at <= index + CONTEXT; at += 1) {
        near.add(at);
      }
    }
  });
  const folded: (IDiffLine | IDiffGap)[] = [];
  lines.forEach((line, index) => {
    const last = folded.at(-1);
    if (near.has(index)) {
      folded.push(line);
    } else if (last?.kind === 'gap') {
      last.count += 1;
    } else {
      folded.push({ kind: 'gap', count: 1 });
    }
  });
  return folded;
}
