import { describe, expect, it } from 'vitest';
import * as cuts from '../../models/cut';
import type { ICut, ICutCells } from '../../models/cut';
import type { ICellRun } from '../../splitTokens';
import { makeCells } from '../splitDoubles';

type Shown = ICutCells & { runs: ICellRun[] };

/** Cells in these steps, with the ids a, b, c and so on. */
function show(...words: string[]): Shown {
  const cells = makeCells(...words);
  const ids = cells.map(({ index }) => String.fromCharCode(97 + index));
  return { cells, ids, runs: cuts.runsOf(cells) };
}

/** The steps of the cells once a cut has changed. */
function steps(shown: Shown, cut: ICut): (string | null)[] {
  return cuts.withCut(shown, cut).map(({ step }) => step);
}

describe('runsOf', () => {
  it('puts cells of one step in a row together, and those of none with the row before', () => {
    const { runs } = show('-', 'load', '-', 'load', '#train', 'train', 'load');

    expect(
      runs.map(({ step, position, cells }) => [step, position, cells.length])
    ).toEqual([
      [null, -1, 1],
      ['load', 0, 3],
      ['train', 1, 2],
      ['load', 0, 1]
    ]);
  });
});

describe('moveBoundary', () => {
  it.each([
    [3, ['load', 'load', 'load', 'train', 'train']],
    [1, ['load', 'train', 'train', 'train', 'train']],
    [0, ['load', 'train', 'train', 'train', 'train']],
    [9, ['load', 'load', 'load', 'load', 'train']],
    [2, ['load', 'load', 'train', 'train', 'train']]
  ])('lets a run begin at cell %i, and leaves each step a cell', (cell, wanted) => {
    const shown = show('load', 'load', 'train', 'train', 'train');

    const cut = cuts.moveBoundary(shown, cuts.cutOf(shown), 1, cell);

    expect(steps(shown, cut)).toEqual(wanted);
  });

  it('takes markdown along with the code that it stands before', () => {
    const shown = show('load', '#train', 'train', '#train', 'train');

    const cut = cuts.moveBoundary(shown, cuts.cutOf(shown), 1, 3);

    expect(steps(shown, cut)).toEqual(['load', 'load', 'load', 'train', 'train']);
  });

  it('leaves the first run where it is', () => {
    const shown = show('-', 'load', 'load');
    const cut = cuts.cutOf(shown);

    expect(cuts.moveBoundary(shown, cut, 1, 2)).toBe(cut);
    expect(cuts.moveBoundary(shown, cut, 0, 2)).toBe(cut);
  });
});

describe('shifted', () => {
  it.each([
    [1, 4],
    [-1, 1],
    [9, 4],
    [-9, 1],
    [0, null]
  ])('goes by %i over code alone', (by, wanted) => {
    const { runs } = show('load', 'load', '#train', 'train', 'train');

    expect(cuts.shifted(runs, 1, by)).toBe(wanted);
  });
});

describe('mergeRun', () => {
  it('gives a run to the step before it', () => {
    const shown = show('load', 'train', 'score');

    const cut = cuts.mergeRun(shown, cuts.cutOf(shown), 1);

    expect(steps(shown, cut)).toEqual(['load', 'load', 'score']);
  });

  it('does nothing to the first step', () => {
    const shown = show('-', 'load');
    const cut = cuts.cutOf(shown);

    expect(cuts.mergeRun(shown, cut, 1)).toBe(cut);
  });
});

describe('splitAt', () => {
  it('begins a step at a cell, called after the one that it was part of', () => {
    const shown = show('load', 'load', 'train_2', 'train_2');

    const cut = cuts.splitAt(shown, cuts.cutOf(shown), 3);

    expect(steps(shown, cut)).toEqual(['load', 'load', 'train_2', 'train_3']);
  });

  it('takes the name of a heading', () => {
    const shown = show('load', '#load', 'load');

    const cut = cuts.splitAt(shown, cuts.cutOf(shown), 1);

    expect(steps(shown, cut)).toEqual(['load', 'about_load', 'about_load']);
  });

  it.each([0, 2])(
    'does nothing where a step begins already or code is missing: %i',
    cell => {
      const shown = show('load', 'load', '#load');
      const cut = cuts.cutOf(shown);

      expect(cuts.splitAt(shown, cut, cell)).toBe(cut);
    }
  );
});

describe('renameStep', () => {
  it('renames all runs of a step', () => {
    const shown = show('load', 'train', 'load');

    const cut = cuts.renameStep(cuts.cutOf(shown), 'load', 'Read data');

    expect(steps(shown, cut)).toEqual(['Read data', 'train', 'Read data']);
  });

  it.each([
    ['Train!', 'load', true],
    ['train', 'train', false],
    ['score', 'load', false]
  ])('tells whether %s is taken', (name, except, wanted) => {
    expect(cuts.isTaken(cuts.cutOf(show('load', 'train')), name, except)).toBe(wanted);
  });
});

describe('choicesOf', () => {
  const now = (...ids: string[]): { id: string; isCode: boolean }[] =>
    ids.map(id => ({ id: id.replace('#', ''), isCode: !id.startsWith('#') }));

  it('names the code cells of each step', () => {
    const cut = cuts.cutOf(show('-', 'load', '#train', 'train', 'load'));

    expect(cuts.choicesOf(cut, now('a', 'b', '#c', 'd', 'e'))).toEqual([
      { name: 'load', cells: [1, 4] },
      { name: 'train', cells: [3] }
    ]);
  });

  it('follows cells that were moved, put in and taken away meanwhile', () => {
    const cut = cuts.cutOf(show('-', 'load', 'train', 'train'));

    expect(cuts.choicesOf(cut, now('new', 'b', 'newer', 'd', 'newest', 'a'))).toEqual([
      { name: 'load', cells: [0, 1, 2] },
      { name: 'train', cells: [3, 4] }
    ]);
  });
});

describe('safeName', () => {
  it.each([
    ['Load data', 'load_data'],
    ['  Über-Modell (v2) ', 'uber_modell_v2'],
    ['!?', '']
  ])('makes a file name of %j', (name, wanted) => {
    expect(cuts.safeName(name)).toBe(wanted);
  });
});
