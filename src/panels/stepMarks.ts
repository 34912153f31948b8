import type { TranslationBundle } from '@jupyterlab/translation';
import { stepColour } from '../components/stepColours';
import type { ISplitSession } from '../splitTokens';
import type { ICellMark } from '../tokens';

/** The marks that show in the margin of a notebook which step each cell belongs to. */
export function stepMarks(
  { runs, ids }: Pick<ISplitSession, 'runs' | 'ids'>,
  trans: TranslationBundle
): ICellMark[] {
  return runs.flatMap(({ step, position, cells }) =>
    cells
      .filter(cell => step !== null && cell.step !== null)
      .map((cell, index) => {
        const title = trans.__('Step %1: %2', position + 1, step);
        return {
          id: ids[cell.index],
          title,
          // A colour alone tells nobody anything.
          label: index === 0 ? title : '',
          className: stepColour(position)
        };
      })
  );
}
