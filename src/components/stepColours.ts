/** How many colours there are; steps beyond them begin anew, told apart by number and name. */
const COUNT = 6;

/** The class that gives something the colour of a step, by the step's place from 0. */
export function stepColour(position: number): string {
  return position < 0 ? 'jp-mod-no-step' : `jp-mod-step-${position % COUNT}`;
}
