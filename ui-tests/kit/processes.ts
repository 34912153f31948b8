import * as fs from 'node:fs';

/** The command lines of all processes that descend from one, or are in its session. */
export function descendants(pid: number): string[] {
  const parents = new Map<number, number>();
  for (const entry of fs.readdirSync('/proc')) {
    const child = Number(entry);
    if (Number.isInteger(child)) {
      parents.set(child, parentOf(child));
    }
  }
  const isBelow = (child: number): boolean => {
    const parent = parents.get(child);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).map(commandOf);
}

/** The uv processes below one. */
export function uvProcesses(pid: number): string[] {
  return descendants(pid).filter(command => /(^|\/)uv\0/.test(command));
}

function parentOf(pid: number): number {
  // The name in brackets may hold blanks; the state and the parent follow it.
  const fields = textOf(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[1] ?? 0);
}

function commandOf(pid: number): string {
  return textOf(pid, 'cmdline');
}

function textOf(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf-8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
