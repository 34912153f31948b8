import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { DependenciesSection } from '../../panels/DependenciesSection';
import {
  FakeDependencies,
  FakeDocument,
  FakeJobs,
  FakeLocks,
  FakeNotebooks,
  FakeServerStatus,
  makeDependencies,
  makeJob,
  makeProblem,
  makeRow,
  recordingCommands,
  trans
} from '../doubles';

const PANEL = { panel_id: 'id-work/train.ipynb' };

class Setting {
  readonly document = new FakeDocument();
  readonly notebooks = new FakeNotebooks(this.document);
  readonly dependencies = new FakeDependencies();
  readonly locks = new FakeLocks();
  readonly jobs = new FakeJobs();
  readonly server = new FakeServerStatus();
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  show(): this {
    const { notebooks, dependencies, locks, jobs, server } = this;
    const { commands } = this.recorded;
    const props = { notebooks, dependencies, locks, jobs, server, commands, trans };
    render(<DependenciesSection {...props} />);
    return this;
  }
}

describe('DependenciesSection', () => {
  it('asks for a notebook when none is open', () => {
    const setting = new Setting();
    setting.notebooks.current = null;

    setting.show();

    expect(screen.getByText('No notebook is open.')).toBeTruthy();
  });

  it('follows the current notebook', () => {
    const setting = new Setting().show();
    expect(screen.getByText('train.ipynb')).toBeTruthy();

    act(() => setting.notebooks.activate(new FakeDocument('other.ipynb')));

    expect(screen.getByText('other.ipynb')).toBeTruthy();
  });

  it('tells that the server extension is missing, and asks it again', async () => {
    const setting = new Setting();
    setting.server.health = null;
    setting.server.problem = makeProblem({ code: 'server.missing', message: '' });
    setting.show();

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(screen.getByRole('alert').textContent).toContain('aidevsecops_ext');
    expect(setting.server.refreshCount).toBe(1);
  });

  it('shows that it reads while nothing is known', () => {
    const setting = new Setting();
    setting.dependencies.current = { kind: 'loading', dependencies: null };
    setting.dependencies.word = 'loading';

    setting.show();

    expect(screen.getByRole('status').textContent).toBe('Reading the notebook…');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('keeps the table beside a problem, and can read again', async () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'error',
      problem: makeProblem(),
      dependencies: makeDependencies()
    };
    setting.show();

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(screen.getByRole('table')).toBeTruthy();
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.refreshDependencies, args: PANEL }
    ]);
  });

  it('says why a notebook is not supported, without a table', () => {
    const setting = new Setting();
    setting.dependencies.word = 'unsupported';
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({
        status: 'unsupported',
        details: [
          { code: 'language', message: 'The language is R.', name: null, cells: [] }
        ]
      })
    };

    setting.show();

    expect(screen.getByText('The language is R.')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says so when the notebook needs nothing', () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({ requirements: [] })
    };

    setting.show();

    expect(screen.getByText('This notebook needs no packages.')).toBeTruthy();
  });

  it('lists what keeps the lock from being fresh, and what could not be read', () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({
        status: 'drifted',
        details: [
          { code: 'missing', message: 'numpy is missing.', name: null, cells: [] }
        ],
        unresolved: [{ import: 'mystery', cells: [3], optional: true }],
        local: [{ import: 'helpers', path: 'helpers.py', cells: [0] }],
        problems: [{ code: 'syntax', message: 'Cell 2 is broken.', cell: 1, line: 1 }]
      })
    };

    setting.show();

    for (const [region, text] of [
      ['Why to lock again', 'numpy is missing.'],
      ['Imports of unknown origin', 'mystery (optional)'],
      ['Modules of this project', 'helpers (helpers.py)'],
      ['Problems', 'Cell 2 is broken.']
    ]) {
      expect(screen.getByRole('region', { name: region }).textContent).toContain(text);
    }
  });

  it('starts every action as a command on its own notebook', async () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({ requirements: [makeRow({ declared: true })] })
    };
    setting.show();

    for (const name of [
      'Lock dependencies',
      'Options…',
      'Edit pandas',
      'Remove pandas',
      'Go to cell 1'
    ]) {
      await userEvent.click(screen.getByRole('button', { name }));
    }

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.lockNotebook, args: PANEL },
      { id: CommandIDs.lockNotebookWithOptions, args: PANEL },
      { id: CommandIDs.editRequirement, args: { ...PANEL, name: 'pandas' } },
      { id: CommandIDs.removeRequirement, args: { ...PANEL, name: 'pandas' } },
      { id: CommandIDs.revealCell, args: { ...PANEL, cell: 0 } }
    ]);
  });

  it('explains a failed lock until another one is started', () => {
    const setting = new Setting();
    const failed = makeJob({ state: 'failed', error: makeProblem(), ended_at: 1 });
    setting.jobs.jobs = [failed];
    setting.show();
    expect(screen.getByRole('alert').textContent).toContain('contradict');

    act(() => setting.jobs.track(makeJob({ job_id: 'job-2' })));

    expect(screen.queryByRole('alert')).toBeNull();
  });
});
