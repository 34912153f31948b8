import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { VerificationReport } from '../../components/VerificationReport';
import { OverlaysSection } from '../../panels/OverlaysSection';
import type { Overlays } from '../../splitTokens';
import {
  FakeDependencies,
  FakeDocument,
  FakeJobs,
  FakeNotebooks,
  makeProblem,
  recordingCommands,
  trans
} from '../doubles';
import {
  FakeOverlays,
  FakeSplits,
  FakeSteps,
  makeComparison,
  makeOverlay,
  makePreview,
  makeSplitJob,
  makeStep,
  makeVerification
} from '../splitDoubles';

const OPEN = 'docmanager:open';
const PANEL = { panel_id: 'id-work/train.ipynb' };

class Setting {
  readonly notebooks = new FakeNotebooks(new FakeDocument());
  readonly dependencies = new FakeDependencies();
  readonly jobs = new FakeJobs();
  readonly splits = new FakeSplits();
  readonly steps = new FakeSteps();
  readonly overlays = new FakeOverlays();
  readonly recorded = recordingCommands([...Object.values(CommandIDs), OPEN]);

  show(answer?: Partial<Overlays>): this {
    if (answer) {
      this.overlays.state = {
        kind: 'ready',
        answer: { overlays: [], problems: [], ...answer }
      };
    }
    const { notebooks, dependencies, jobs, splits, steps, overlays } = this;
    const { commands } = this.recorded;
    const models = { notebooks, dependencies, jobs, splits, steps, overlays };
    render(<OverlaysSection {...models} commands={commands} trans={trans} />);
    return this;
  }
}

function steps(): HTMLElement {
  return screen.getByRole('region', { name: 'Steps of train.ipynb' });
}

async function press(name: string): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name }));
}

describe('the overlays of the project', () => {
  it('are read when somebody looks', () => {
    const { overlays } = new Setting().show();

    expect(screen.getByText('Loading the overlays…')).toBeTruthy();
    expect(overlays.refreshCount).toBe(1);
  });

  it('say that there are none, and what to do', () => {
    const { overlays } = new Setting().show({ problems: ['A folder is empty.'] });

    expect(screen.getByText('The project has no overlays.')).toBeTruthy();
    expect(screen.getByText('A folder is empty.')).toBeTruthy();
    expect(overlays.refreshCount).toBe(0);
  });

  it('tell why they cannot be read, and try again', async () => {
    const setting = new Setting();
    setting.overlays.state = { kind: 'error', problem: makeProblem() };
    setting.show();

    await press('Retry');

    expect(setting.overlays.refreshCount).toBe(1);
  });

  it('show what each holds, and lead to its notebook', async () => {
    const { recorded } = new Setting().show({
      overlays: [
        makeOverlay(),
        makeOverlay({
          name: 'old',
          folder: 'overlays/old',
          status: 'unlocked',
          packages: null,
          python_version: null,
          notebook: null,
          step: null
        })
      ]
    });

    const first = screen.getByRole('listitem', { name: 'train-load' });
    expect(first.textContent).toContain('step load, Python 3.11, 12 packages');
    expect(within(first).getByText('fresh')).toBeTruthy();
    expect(screen.getByRole('listitem', { name: 'old' }).textContent).toBe(
      'old– not locked'
    );
    await press('work/train.ipynb');
    expect(recorded.calls).toEqual([{ id: OPEN, args: { path: 'work/train.ipynb' } }]);
  });

  it('say why one is not fresh, as far as the list knows', () => {
    new Setting().show({
      overlays: [makeOverlay({ status: 'stale', reasons: ['The Pipfile was changed.'] })]
    });

    const why = screen.getByRole('list', { name: 'Why train-load is not fresh' });
    expect(why.textContent).toContain('The Pipfile was changed.');
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('are checked, with the cells that import what is missing', async () => {
    const overlay = makeOverlay({ status: 'stale', reasons: ['It lacks rich.'] });
    const message = 'It lacks rich.';
    const missing = { code: 'missing', message, name: 'rich', cells: [2] };
    const serves = 'work/train-load.ipynb';
    const { recorded } = new Setting().show({
      overlays: [overlay, makeOverlay({ name: 'other', folder: 'overlays/other' })],
      checks: [{ overlay, details: [missing], serves }]
    });

    expect(screen.getByRole('status').textContent).toBe('1 is not fresh.');
    await press('Refresh');
    await press('Go to cell 3');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.refreshOverlays, args: {} },
      { id: OPEN, args: { path: serves } },
      { id: CommandIDs.revealCell, args: { path: serves, cell: 2 } }
    ]);
  });

  it('are found to be as they should, and looked at anew', () => {
    const setting = new Setting();
    const answer = { overlays: [makeOverlay()], problems: [], checks: [] };
    setting.show(answer);
    expect(screen.getByRole('status').textContent).toBe(
      'All hold what their notebooks import.'
    );

    setting.overlays.state = { kind: 'loading', answer };
    act(() => setting.overlays.stateChanged.emit());

    expect(screen.getByRole('status').textContent).toBe('Loading…');
    expect(screen.getByRole('button', { name: 'Refresh' }).matches(':disabled')).toBe(
      true
    );
  });
});

describe('the steps of the current notebook', () => {
  it('are not there without a Python notebook', () => {
    const setting = new Setting();
    setting.dependencies.word = 'unsupported';

    setting.show({});
    expect(screen.queryByRole('region', { name: /^Steps of/ })).toBeNull();
    setting.dependencies.word = 'fresh';
    act(() => setting.notebooks.activate(null));

    expect(screen.queryByRole('region', { name: /^Steps of/ })).toBeNull();
  });

  it('can be made of a notebook that is not split', async () => {
    const { recorded } = new Setting().show({});
    expect(screen.queryByRole('button', { name: 'Verify' })).toBeNull();

    await press('Split into Steps…');
    await press('Extract Overlay…');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.splitNotebook, args: PANEL },
      { id: CommandIDs.extractOverlay, args: PANEL }
    ]);
  });

  it('lead to their notebooks', async () => {
    const setting = new Setting();
    const answer = makePreview(undefined, {
      steps: [
        makeStep({ name: 'load', state: 'unchanged' }),
        makeStep({ name: 'train', state: 'changed' }),
        makeStep({ name: 'score', state: 'new' })
      ]
    });
    setting.steps.current = { kind: 'ready', answer };
    const { recorded } = setting.show({});

    expect(steps().textContent).toContain('3 steps');
    expect(steps().textContent).toContain('unverified');
    expect(screen.getByRole('button', { name: 'score' }).matches(':disabled')).toBe(true);
    await press('train');
    await press('Verify');
    await press('Create Pipeline…');

    const path = 'work/train.ipynb';
    expect(recorded.calls).toEqual([
      { id: OPEN, args: { ...PANEL, path: 'work/train-train.ipynb' } },
      { id: CommandIDs.verifySteps, args: PANEL },
      { id: CommandIDs.createPipeline, args: { ...PANEL, path } }
    ]);
  });

  it.each([
    [true, 'verified: the same'],
    [false, 'verified: different']
  ])('lead to the report of a verification: %s', async (verified, text) => {
    const setting = new Setting();
    setting.steps.current = {
      kind: 'ready',
      answer: makePreview(undefined, { verified })
    };
    const { recorded } = setting.show({});

    expect(screen.getByText(text)).toBeTruthy();
    await press('Report');

    expect(recorded.calls).toEqual([{ id: CommandIDs.showVerification, args: PANEL }]);
  });

  it('say how much was the same, and lead to the report of what cannot be compared', async () => {
    const setting = new Setting();
    setting.steps.current = { kind: 'ready', answer: makePreview() };
    setting.steps.found = makeVerification({
      verified: false,
      verdict: 'not-checkable',
      cells: [makeComparison({ outcome: 'not-checkable' })],
      files: [makeComparison(), makeComparison({ outcome: 'different' })]
    });
    const { recorded } = setting.show({});

    expect(steps().textContent).toContain('? verified: not checkable');
    expect(steps().textContent).toContain('2 the same, 1 different, 1 not checkable');
    await press('Report');

    expect(recorded.calls).toEqual([{ id: CommandIDs.showVerification, args: PANEL }]);
  });

  it('show how far a job is', async () => {
    const setting = new Setting();
    setting.splits.job = makeSplitJob();
    const { recorded } = setting.show({});

    await press('Cancel');
    await press('Show Log');

    expect(recorded.calls.map(({ id }) => id)).toEqual([
      CommandIDs.cancelJob,
      CommandIDs.showJobLog
    ]);
    const again = screen.getByRole('button', { name: 'Split into Steps…' });
    expect(again.matches(':disabled')).toBe(true);
  });

  it('say what failed', async () => {
    const setting = new Setting();
    setting.splits.failed = makeSplitJob({ state: 'failed', error: makeProblem() });
    setting.steps.current = {
      kind: 'error',
      problem: makeProblem({ message: 'No steps.' })
    };
    const { recorded } = setting.show({});

    expect(screen.getAllByRole('alert')).toHaveLength(2);
    await press('Show Log');

    expect(recorded.calls[0].id).toBe(CommandIDs.showJobLog);
  });
});

describe('VerificationReport', () => {
  function report(
    change: Parameters<typeof makeVerification>[0],
    page: string | null = null
  ): number[] {
    const revealed: number[] = [];
    render(
      <VerificationReport
        verification={makeVerification(change)}
        page={page}
        trans={trans}
        onReveal={cell => revealed.push(cell)}
      />
    );
    return revealed;
  }

  it('says that all is the same', () => {
    report({});

    expect(screen.getByRole('status').textContent).toBe(
      'The steps do the same as the notebook.'
    );
    expect(screen.getAllByRole('table')).toHaveLength(1);
  });

  it('shows the notes and the page with both sides, which runs no scripts', () => {
    report({ notes: ['It took long.'], summary: 'All is well.' }, '<p>Both</p>');

    expect(screen.getByRole('status').textContent).toBe('All is well.');
    expect(screen.getByText('It took long.')).toBeTruthy();
    const page = screen.getByTitle('Both sides');
    expect(page.getAttribute('sandbox')).toBe('');
    expect(page.getAttribute('srcdoc')).toBe('<p>Both</p>');
  });

  it('lists what differs first, and leads to the cells', async () => {
    const revealed = report({
      verified: false,
      differences: 1,
      cells: [
        makeComparison({ cell: 1, name: 'print(1)' }),
        makeComparison({
          cell: 2,
          name: 'now()',
          outcome: 'not-checkable',
          message: 'A time.'
        }),
        makeComparison({
          cell: 3,
          name: 'x',
          step: null,
          outcome: 'different',
          message: '1 ≠ 2'
        })
      ]
    });

    expect(screen.getByRole('status').textContent).toContain('in 1 place.');
    const table = screen.getByRole('table', { name: 'Outputs of cells' });
    const [, ...rows] = within(table).getAllByRole('row');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Cell 4: x–≠ different1 ≠ 2',
      'Cell 3: now()load? not checkableA time.',
      'Cell 2: print(1)load= same'
    ]);
    await press('Cell 4: x');
    expect(revealed).toEqual([3]);
  });
});
