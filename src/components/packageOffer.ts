import type { TreePackage } from '../environmentTokens';
import type { IComboboxOption } from './Combobox';

/** More names than that are no help to choose from. */
const MOST_OFFERED = 50;

/** A name as indexes compare names. */
export function normalised(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
}

/** The first packages that have the typed text in their name, and how many more there are. */
export function offeredPackages(
  packages: readonly TreePackage[],
  typed: string
): { options: IComboboxOption[]; rest: number } {
  const part = normalised(typed);
  const isChosen = packages.some(one => normalised(one.name) === part);
  const fitting = packages.filter(one => isChosen || normalised(one.name).includes(part));
  const options = fitting
    .slice(0, MOST_OFFERED)
    .map(one => ({ value: one.name, note: one.version }));
  return { options, rest: fitting.length - options.length };
}
