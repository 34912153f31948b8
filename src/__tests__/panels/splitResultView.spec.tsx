import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { makePreview, makeStep } from '../splitDoubles';
import { PANEL, press, Setting } from './splitSetting';

describe('what comes of a split', () => {
  it('tells all of the step that is looked at', () => {
    const setting = new Setting();
    const step = makeStep({
      name: 'train',
      title: 'Train it',
      cells: [2, 3],
      requirements: ['pandas>=2'],
      optional: ['rich'],
      files: { reads: ['data.csv'], writes: ['model.pkl'] },
      imports: ['import pandas as pd'],
      settings: ["pd.set_option('x', 1)"],
      generators: ['numpy'],
      local: ['features.py'],
      repeated: ['fit'],
      overlay: 'overlays/train-train'
    });
    setting.session.selected = 'train';

    setting.show(makePreview(undefined, { steps: [makeStep(), step] }));

    const details = screen.getByRole('region', { name: /train Train it$/ });
    for (const text of [
      'pandas>=2',
      'rich',
      'data.csv',
      'model.pkl',
      'import pandas as pd',
      "pd.set_option('x', 1)",
      'numpy',
      'features.py',
      'fit',
      'overlays/train-train',
      'work/train-train.ipynb'
    ]) {
      expect(within(details).getByText(text)).toBeTruthy();
    }
    expect(details.textContent).toContain('load – train reads frame, which load writes.');
    expect(within(details).getByRole('button', { name: 'Go to cell 4' })).toBeTruthy();
  });

  it('lists errors before warnings, each with its cell', async () => {
    const warning = { code: 'x', message: 'Mind.', cell: 1, line: null, is_error: false };
    const { recorded } = new Setting().show(
      makePreview(undefined, {
        can_apply: false,
        warnings: [
          warning,
          { ...warning, cell: null },
          { ...warning, message: 'Wrong.', cell: 2, line: 4, is_error: true }
        ]
      })
    );

    const items = within(screen.getByRole('list', { name: 'Warnings' })).getAllByRole(
      'listitem'
    );
    expect(items[0].textContent).toContain('Wrong.');
    await press('Cell 3, line 4');
    expect(recorded.calls).toEqual([
      { id: CommandIDs.revealCell, args: { ...PANEL, cell: 2 } }
    ]);
    expect(screen.getByRole('status').textContent).toBe('2 steps, 1 error, 2 warnings');
    expect(screen.getByText(/Errors stand in the way/)).toBeTruthy();
  });

  it('lists the files with what changes, and offers to replace edited ones', async () => {
    const file = { kind: 'notebook', step: 'load' } as const;
    const { session } = new Setting().show(
      makePreview(undefined, {
        files: [
          {
            ...file,
            path: 'a.ipynb',
            state: 'changed',
            diff: '--- a\n+++ b\n@@ 1 @@\n-x\n+y\n z\n'
          },
          { ...file, path: 'b.ipynb', state: 'edited', diff: null },
          { ...file, path: 'c.ipynb', state: 'foreign', diff: null },
          { ...file, path: 'd.ipynb', state: 'unchanged', diff: null }
        ]
      })
    );

    const diff = screen.getByRole('group', { name: 'Changes to a.ipynb', hidden: true });
    expect(diff.textContent).toBe('@@ 1 @@− x+ y  z');
    expect(screen.getByText('not ours')).toBeTruthy();
    await userEvent.click(screen.getByRole('checkbox', { name: /edited by hand/ }));
    expect(session.calls).toEqual([['choose', { force: true }]]);
  });

  it.each([
    [true, false],
    [false, true]
  ])('offers to delete what was left behind: %s, %s', async (isWarned, prune) => {
    const setting = new Setting();
    setting.session.options = { ...setting.session.options, prune };
    const warning = {
      code: 'steps.left-behind',
      message: 'It is left.',
      cell: null,
      line: null,
      is_error: false
    };
    const warnings = isWarned ? [warning] : [];
    const { session } = setting.show(makePreview(undefined, { warnings }));

    await userEvent.click(screen.getByRole('checkbox', { name: /left behind/ }));

    expect(session.calls).toEqual([['choose', { prune: !prune }]]);
  });

  it('lists what would be deleted after what would be written', () => {
    new Setting().show(makePreview(undefined, { removals: ['work/train-old.ipynb'] }));

    const items = within(screen.getByRole('list', { name: 'Files' })).getAllByRole(
      'listitem'
    );
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'work/train-load.ipynb new',
      'work/train-train.ipynb new',
      'work/train-old.ipynb to be deleted'
    ]);
    expect(screen.queryByRole('checkbox', { name: /left behind/ })).toBeNull();
  });

  it('is chosen', async () => {
    const { session } = new Setting().show();

    await userEvent.click(screen.getByRole('checkbox', { name: /^An overlay/ }));
    await userEvent.click(screen.getByRole('checkbox', { name: /^Functions/ }));
    await userEvent.click(screen.getByRole('checkbox', { name: /^Verify/ }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Folder' }), 's');

    expect(session.calls).toEqual([
      ['choose', { overlays: false }],
      ['choose', { module: true }],
      ['choose', { verify: true }],
      ['choose', { out: 'works' }]
    ]);
  });

  it('says that there are no steps', () => {
    new Setting().show(makePreview([], { can_apply: false }));

    expect(screen.getByText('There are no steps.')).toBeTruthy();
    expect(screen.getByText(/cannot be written as it is/)).toBeTruthy();
  });
});
