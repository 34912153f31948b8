import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { SplitPanel } from '../../panels/SplitPanel';
import type { SplitFileState, SplitPreview } from '../../splitTokens';
import type { FakeDocument } from '../doubles';
import { makeProblem } from '../doubles';
import { makeCells, makePreview, makeSplitJob, makeStep } from '../splitDoubles';
import { button, PANEL, press, Setting } from './splitSetting';

describe('the cells of a split', () => {
  it('say how the steps compare with what was written before', () => {
    const cells = makeCells('load', 'train', 'score', 'tell');
    const states = ['unchanged', 'changed', 'edited', 'new'] as const;
    const { session } = new Setting();
    session.show(makePreview(cells));
    const preview = makePreview(cells, {
      steps: (session.preview?.steps ?? []).map((step, index) => ({
        ...step,
        state: states[index]
      }))
    });

    new Setting().show(preview);

    expect(screen.getByText('4 steps, 1 new, 1 changed, 1 edited by hand')).toBeTruthy();
    const region = (name: string): HTMLElement => screen.getByRole('region', { name });
    expect(within(region('Step 2: train')).getByText('changed')).toBeTruthy();
    expect(within(region('Step 4: tell')).queryByText('new')).toBeNull();
    expect(button(/^Step 3: score\. .*Its notebook: edited by hand\.$/)).toBeTruthy();
    expect(button(/^Step 4: tell\. (?!.*Its notebook)/)).toBeTruthy();
  });

  it('name the overlays that are locked with them', () => {
    const steps = [makeStep({ name: 'load', overlay: 'overlays/load' })];

    new Setting().show(makePreview(undefined, { steps }));

    expect(screen.getByText(/^And the overlays overlays\/load, /)).toBeTruthy();
  });

  it('are listed by step, with what becomes of those in none', () => {
    new Setting().show(makePreview(makeCells('-', 'load', '#train', 'train')));

    const steps = screen
      .getAllByRole('region')
      .map(one => one.getAttribute('aria-label'));
    expect(steps).toEqual(
      expect.arrayContaining(['In no step', 'Step 1: load', 'Step 2: train'])
    );
    expect(button(/imports, repeated where they are used/)).toBeTruthy();
    expect(button(/About train/).title).toBe('Go to cell 3');
  });

  it('lead to the notebook and to their step', async () => {
    const { session, recorded } = new Setting().show();

    await press(/line 3/);

    expect(recorded.calls).toEqual([
      { id: CommandIDs.revealCell, args: { ...PANEL, cell: 3 } }
    ]);
    expect(session.calls).toContainEqual(['select', 'train']);
  });

  it('are one tab stop, and gone through by the arrow keys', async () => {
    new Setting().show();
    const rows = ['line 0', 'About train', 'line 2', 'line 3'].map(name =>
      button(new RegExp(name))
    );
    expect(rows.map(row => row.tabIndex)).toEqual([0, -1, -1, -1]);

    act(() => rows[0].focus());
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(rows[2]);
    await userEvent.keyboard('{End}{ArrowDown}');
    expect(document.activeElement).toBe(rows[3]);
    await userEvent.keyboard('{Home}{ArrowUp}');

    expect(document.activeElement).toBe(rows[0]);
    expect(rows.map(row => row.tabIndex)).toEqual([0, -1, -1, -1]);
  });

  it('can be where a step begins, but for the first code of a step', async () => {
    const { session } = new Setting().show();
    const names = screen
      .getAllByRole('button', { name: /^Split before/ })
      .map(one => one.getAttribute('aria-label'));
    expect(names).toEqual(['Split before cell 4']);

    await press('Split before cell 4');

    expect(session.calls).toEqual([['splitAt', 3]]);
  });

  it.each([
    [true, '1 error'],
    [false, '1 warning']
  ])('show their errors and warnings: %s', (isError, text) => {
    const warning = { code: 'names.undefined', line: 1, message: 'x is not defined.' };
    new Setting().show(
      makePreview(undefined, {
        warnings: [{ ...warning, cell: 2, is_error: isError }]
      })
    );

    expect(within(button(/line 2/)).getByText(text).title).toBe('x is not defined.');
  });
});

describe('the boundary of two steps', () => {
  const handle = (): HTMLElement => screen.getByRole('separator');

  it.each([
    ['{ArrowDown}', ['shiftBoundary', 1, 1]],
    ['{Alt>}{ArrowUp}{/Alt}', ['shiftBoundary', 1, -1]],
    ['{Home}', ['shiftBoundary', 1, -2]],
    ['{End}', ['shiftBoundary', 1, 2]],
    ['{Delete}', ['merge', 1]]
  ])('is moved by the key %s', async (keys, call) => {
    const { session } = new Setting().show();

    act(() => handle().focus());
    await userEvent.keyboard(keys);

    expect(session.calls).toEqual([call]);
  });

  it('says where it is and where it can be', () => {
    new Setting().show();

    expect(handle().getAttribute('aria-label')).toBe('Boundary between load and train');
    expect(handle().getAttribute('aria-valuetext')).toBe('before cell 3');
    expect(handle().getAttribute('aria-valuemin')).toBe('3');
    expect(handle().getAttribute('aria-valuemax')).toBe('4');
  });

  it('is moved and taken away by buttons', async () => {
    const { session } = new Setting().show();
    expect(button('Move the boundary before train up').matches(':disabled')).toBe(true);

    await press('Move the boundary before train down');
    await press('Merge train with load');

    expect(session.calls).toEqual([
      ['shiftBoundary', 1, 1],
      ['merge', 1]
    ]);
  });

  it('is dragged to a cell, unless Escape gives it up', () => {
    const { session } = new Setting().show();
    const rows = [...document.querySelectorAll<HTMLElement>('[data-cell]')];
    rows.forEach((row, index) => {
      row.getBoundingClientRect = () =>
        ({ top: index * 20, bottom: index * 20 + 20 }) as DOMRect;
    });
    handle().setPointerCapture = () => undefined;
    // jsdom has no events of pointers; those of the mouse have all that is needed.
    const send = (name: string, init: MouseEventInit = {}): void => {
      fireEvent(handle(), new MouseEvent(`pointer${name}`, { bubbles: true, ...init }));
    };
    const drag = (clientY: number): void => {
      send('down');
      send('move', { clientY });
    };

    drag(52);
    expect(rows[3].className).toContain('jp-mod-drop');
    send('up', { clientY: 52 });
    drag(5);
    fireEvent.keyDown(handle(), { key: 'Escape' });
    send('up', { clientY: 5 });
    drag(5);
    send('cancel');
    drag(200);
    send('up', { clientY: 200 });
    send('down', { button: 2 });
    send('move', { clientY: 5 });

    expect(session.calls).toEqual([
      ['moveBoundary', 1, 3],
      ['moveBoundary', 1, 4]
    ]);
    expect(document.querySelector('.jp-mod-drop')).toBeNull();
  });
});

describe('the name of a step', () => {
  it('is changed in its place', async () => {
    const { session } = new Setting().show();

    await press('Rename train');
    const field = screen.getByRole('textbox', { name: 'Name of the step train' });
    await userEvent.clear(field);
    await userEvent.type(field, 'fit{Enter}');

    expect(session.calls).toContainEqual(['rename', 'train', 'fit']);
    expect(document.activeElement).toBe(button('Rename train'));
  });

  it('stays when Escape gives it up', async () => {
    const { session } = new Setting().show();

    await press('Rename train');
    await userEvent.keyboard('fit{Escape}');

    expect(session.calls.map(([name]) => name)).not.toContain('rename');
    expect(document.activeElement).toBe(button('Rename train'));
  });

  it('says why it cannot be, and is given up when the user goes elsewhere', async () => {
    const { session } = new Setting().show();
    session.renaming = makeProblem({
      code: 'split.name-taken',
      details: { name: 'load' }
    });

    await press('Rename train');
    await userEvent.keyboard('load{Enter}');
    expect(screen.getByRole('alert').textContent).toBe(
      'There is a step called load already.'
    );
    await userEvent.keyboard('!');
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.tab();

    expect(screen.queryByRole('textbox', { name: /Name of the step/ })).toBeNull();
  });
});

describe('where a notebook is cut', () => {
  it('is chosen among the levels that there are', async () => {
    const { session } = new Setting().show();

    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Level of the headings' }),
      'level 1: 1 step'
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Cut' }),
      'by the tags of cells'
    );

    expect(session.calls).toEqual([
      ['cut', { by: 'heading', level: 1 }],
      ['cut', { by: 'tag', level: null }]
    ]);
  });

  it('says that it is by hand', () => {
    const setting = new Setting();
    setting.session.by = 'hand';

    setting.show();

    const field = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Cut' });
    expect(field.selectedOptions[0].textContent).toBe('by hand');
    expect(screen.queryByRole('combobox', { name: /Level/ })).toBeNull();
  });

  it('can be taken back by buttons and keys', async () => {
    const setting = new Setting();
    setting.session.canUndo = setting.session.canRedo = true;
    setting.show();

    await press('Undo');
    await press('Redo');
    await press('Refresh the preview');
    await userEvent.keyboard('{Control>}z{/Control}{Control>}y{/Control}');
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}b{/Control}');
    await userEvent.click(screen.getByRole('textbox', { name: 'Folder' }));
    await userEvent.keyboard('{Control>}z{/Control}');

    expect(setting.session.calls).toEqual([
      ['undo'],
      ['redo'],
      ['refresh'],
      ['undo'],
      ['redo'],
      ['redo']
    ]);
  });
});

describe('the graph', () => {
  const node = (name: RegExp): HTMLElement => screen.getByRole('button', { name });

  it('says of each step what it takes and leaves', () => {
    const [load, train] = [
      makeStep({ name: 'load', outputs: ['frame'] }),
      makeStep({ name: 'train', upstream: ['load'], inputs: ['frame'] })
    ];
    new Setting().show(makePreview(undefined, { steps: [load, train] }));

    expect(node(/^Step 1/).getAttribute('aria-label')).toBe(
      'Step 1: load. Needs no other step. Leaves frame.'
    );
    expect(node(/^Step 2/).getAttribute('aria-label')).toBe(
      'Step 2: train. After load. Takes frame.'
    );
  });

  it('is one tab stop, gone through by the arrow keys', async () => {
    const { session } = new Setting().show();
    expect([node(/^Step 1/), node(/^Step 2/)].map(one => one.tabIndex)).toEqual([0, -1]);

    act(() => node(/^Step 1/).focus());
    await userEvent.keyboard('{ArrowRight}{Enter}{ArrowLeft}{End}{Home} x');

    expect(session.calls.map(([, step]) => step)).toEqual([
      'load',
      'train',
      'train',
      'load',
      'train',
      'load',
      'load'
    ]);
  });

  it('is there as a table with the reasons', () => {
    new Setting().show();

    const table = screen.getByRole('table', { name: 'What flows', hidden: true });
    expect(table.textContent).toContain('train reads frame, which load writes.');
  });

  it('says that nothing flows, or only the order matters', () => {
    const edge = { source: 'load', target: 'train', names: [], reasons: [] };
    const setting = new Setting().show(makePreview(undefined, { edges: [] }));
    expect(screen.getByText(/Nothing flows/)).toBeTruthy();

    act(() => setting.session.show(makePreview(undefined, { edges: [edge] })));

    expect(screen.getByText('only the order')).toBeTruthy();
  });

  it('is made larger and smaller', async () => {
    new Setting().show();
    const drawing = screen.getByRole('group', { name: /^Steps and what flows/ });
    const width = (): number => Number(drawing.getAttribute('width'));
    const first = width();

    await press('+');
    expect(width()).toBeCloseTo(first * 1.25);
    await press('−');
    expect(width()).toBeCloseTo(first);
    await press('Fit');

    expect(drawing.getAttribute('class')).toContain('jp-mod-fit');
  });
});

describe('the steps', () => {
  it('are created by a command', async () => {
    const { recorded } = new Setting().show();

    await press('Create Steps');

    expect(recorded.calls).toEqual([{ id: CommandIDs.createSteps, args: PANEL }]);
  });

  it('become a pipeline once they are written', async () => {
    const setting = new Setting();
    const states = (...of: SplitFileState[]): SplitPreview =>
      makePreview(undefined, {
        steps: of.map(state => makeStep({ name: state, state }))
      });
    const { recorded } = setting.show(states('new', 'unchanged'));
    expect(screen.queryByRole('button', { name: 'Create Pipeline…' })).toBeNull();

    act(() => setting.session.show(states('changed', 'unchanged')));
    await press('Create Pipeline…');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.createPipeline, args: { ...PANEL, path: 'work/train.ipynb' } }
    ]);
  });

  it('can be created while the preview is only looked at again', async () => {
    const setting = new Setting();
    setting.session.state = { kind: 'loading', answer: null };
    const { recorded } = setting.show();
    expect(screen.getByRole('status').textContent).toBe('Loading…');

    await press('Create Steps');

    expect(recorded.calls).toEqual([{ id: CommandIDs.createSteps, args: PANEL }]);
  });

  it('cannot be created before the preview shows what was chosen', () => {
    const setting = new Setting();
    setting.session.state = { kind: 'loading', answer: null };
    setting.session.isBehind = true;

    setting.show();

    expect(button('Create Steps').matches(':disabled')).toBe(true);
    expect(screen.getByRole('status').textContent).toBe('Loading…');
  });

  it('show how far they are, and can be cancelled', async () => {
    const setting = new Setting();
    setting.splits.job = makeSplitJob();
    const { recorded } = setting.show();

    await press('Cancel');
    await press('Show Log');

    expect(recorded.calls.map(({ id }) => id)).toEqual([
      CommandIDs.cancelJob,
      CommandIDs.showJobLog
    ]);
    expect(screen.queryByRole('button', { name: 'Create Steps' })).toBeNull();
  });

  it('say why they were not created', async () => {
    const setting = new Setting();
    setting.splits.failed = makeSplitJob({ state: 'failed', error: makeProblem() });
    setting.session.problem = makeProblem({ message: 'It has changed.' });
    const { recorded } = setting.show();

    expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('It has changed.'),
      expect.stringContaining('contradict')
    ]);
    await press('Show Log');

    expect(recorded.calls[0].id).toBe(CommandIDs.showJobLog);
  });

  it('say why there is no preview, and try again', async () => {
    const setting = new Setting();
    setting.session.preview = null;
    setting.session.state = { kind: 'error', problem: makeProblem() };
    const { session } = setting.show();

    await press('Retry');

    expect(session.calls).toEqual([['refresh']]);
  });
});

describe('SplitPanel', () => {
  it('marks the cells of the notebook, each step by its name at its first cell', () => {
    const setting = new Setting();
    const panel = new SplitPanel(setting.props);
    const { document: notebook } = setting.session;

    setting.session.show(makePreview(makeCells('-', 'load', 'train', '-', 'train')));

    expect((notebook as FakeDocument).marks).toEqual([
      {
        id: 'cell-1',
        title: 'Step 1: load',
        label: 'Step 1: load',
        className: 'jp-mod-step-0'
      },
      {
        id: 'cell-2',
        title: 'Step 2: train',
        label: 'Step 2: train',
        className: 'jp-mod-step-1'
      },
      { id: 'cell-4', title: 'Step 2: train', label: '', className: 'jp-mod-step-1' }
    ]);
    panel.dispose();
  });
});
