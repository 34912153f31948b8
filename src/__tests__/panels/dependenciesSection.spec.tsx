import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { DependenciesSection } from '../../panels/DependenciesSection';
import {
  FakeAudits,
  FakeDependencies,
  FakeDocument,
  FakeJobs,
  FakeLocks,
  FakeNotebooks,
  FakeServerStatus,
  makeAdvisory,
  makeDependencies,
  makeJob,
  makeProblem,
  makeReport,
  makeRow,
  recordingCommands,
  trans
} from '../doubles';
import { FakeChecks, FakeMaker, FakeRunning } from '../kernelDoubles';

const PANEL = { panel_id: 'id-work/train.ipynb' };

class Setting {
  readonly document = new FakeDocument();
  readonly notebooks = new FakeNotebooks(this.document);
  readonly dependencies = new FakeDependencies();
  readonly locks = new FakeLocks();
  readonly audits = new FakeAudits();
  readonly jobs = new FakeJobs();
  readonly server = new FakeServerStatus();
  readonly kernels = {
    running: new FakeRunning(),
    maker: new FakeMaker(),
    checks: new FakeChecks()
  };
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  show(): this {
    const { notebooks, dependencies, locks, audits, jobs, server, kernels } = this;
    const { commands } = this.recorded;
    const models = { notebooks, dependencies, locks, audits, jobs, server, kernels };
    const props = { ...models, commands, trans };
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

    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(screen.getByRole('alert').textContent).toContain('aidevsecops_ext');
    expect(setting.server.refreshCount).toBe(1);
  });

  it('tells that the user may not look, and what can be done about it', () => {
    const setting = new Setting();
    setting.server.health = null;
    setting.server.problem = makeProblem({ code: 'request.forbidden', message: '' });
    setting.show();

    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('The Jupyter server does not let you do this.');
    expect(alert).toContain('reload the page and sign in');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('shows that it reads while nothing is known', () => {
    const setting = new Setting();
    setting.dependencies.current = { kind: 'loading', dependencies: null };
    setting.dependencies.word = 'loading';

    setting.show();

    expect(screen.getByRole('status').textContent).toBe('Loading the notebook…');
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

    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

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
          { code: 'missing', message: 'numpy is missing.', name: null, cells: [] },
          { code: 'unused', message: 'scipy is not imported.', name: null, cells: [] },
          { code: 'unresolved', message: 'What is mystery?', name: null, cells: [3] }
        ],
        unresolved: [{ import: 'mystery', cells: [3], optional: true }],
        local: [{ import: 'helpers', path: 'helpers.py', cells: [0] }],
        problems: [{ code: 'syntax', message: 'Cell 2 is broken.', cell: 1, line: 1 }]
      })
    };

    setting.show();

    for (const [region, text] of [
      ['Why to lock again', 'numpy is missing.'],
      ['Worth knowing', 'scipy is not imported.'],
      ['Imports of unknown origin', 'mystery (optional)'],
      ['Modules of this project', 'helpers (helpers.py)'],
      ['Problems', 'Cell 2 is broken.']
    ]) {
      expect(screen.getByRole('region', { name: region }).textContent).toContain(text);
    }
  });

  it('tells what is worth knowing of a lock that holds', () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({
        status: 'fresh',
        details: [
          { code: 'transitive', message: 'six is not declared.', name: 'six', cells: [2] }
        ]
      })
    };

    setting.show();

    const region = screen.getByRole('region', { name: 'Worth knowing' });
    expect(region.textContent).toContain('six is not declared.');
    expect(screen.queryByRole('region', { name: 'Why to lock again' })).toBeNull();
  });

  it('starts every action as a command on its own notebook', async () => {
    const setting = new Setting();
    setting.dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({ requirements: [makeRow({ declared: true })] })
    };
    setting.show();

    for (const name of [
      'Lock Dependencies',
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

  it('says calmly that an index was not agreed to, once the question is answered', async () => {
    const setting = new Setting();
    const indexes = [{ name: 'extra', url: 'https://index.example/simple' }];
    const error = makeProblem({ code: 'lock.untrusted-index', details: { indexes } });
    const words = 'Not locked: you did not agree to https://index.example/simple.';
    setting.locks.isAsking = true;
    setting.jobs.jobs = [makeJob({ state: 'failed', error, ended_at: 1 })];
    setting.show();
    expect(screen.queryByText(words)).toBeNull();

    setting.locks.isAsking = false;
    act(() => setting.locks.attended.emit(setting.document));

    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Review and Lock…' }));
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.lockNotebook, args: PANEL }
    ]);
  });

  describe('with a lock', () => {
    const LOCK = { packages: 2, hash: 'abc', python_version: '3.11' };

    function locked(): Setting {
      const setting = new Setting();
      const requirements = [makeRow({ name: 'Holey', locked_version: '1.0' })];
      setting.dependencies.word = 'fresh';
      setting.dependencies.current = {
        kind: 'ready',
        dependencies: makeDependencies({ status: 'fresh', requirements, lock: LOCK })
      };
      return setting;
    }

    it('offers an audit, and shows why the last one failed', async () => {
      const setting = locked();
      const error = makeProblem({ message: '.aidevsecops.toml is not valid.' });
      setting.jobs.jobs = [makeJob({ kind: 'audit', state: 'failed', error })];
      setting.show();

      await userEvent.click(screen.getByRole('button', { name: 'Audit' }));
      await userEvent.click(screen.getByRole('button', { name: 'Show Log' }));

      expect(screen.getByRole('alert').textContent).toContain('.aidevsecops.toml');
      expect(setting.recorded.calls).toEqual([
        { id: CommandIDs.auditNotebook, args: PANEL },
        { id: CommandIDs.showJobLog, args: { ...PANEL, job_id: 'job-1' } }
      ]);
    });

    it('stops an audit that runs', async () => {
      const setting = locked();
      setting.jobs.jobs = [makeJob({ kind: 'audit' })];
      setting.show();

      await userEvent.click(screen.getByRole('button', { name: 'Cancel Audit' }));

      expect(setting.recorded.calls).toEqual([
        { id: CommandIDs.cancelJob, args: { ...PANEL, job_id: 'job-1' } }
      ]);
    });

    it('shows advisories below their requirement, and those against other packages', async () => {
      const setting = locked().show();
      const advisories = [makeAdvisory()];

      act(() => {
        setting.audits.current = makeReport({
          vulnerable: [
            { name: 'holey', version: '1.0', advisories },
            { name: 'deep', version: '2.0', advisories }
          ],
          unasked: [{ name: 'new', version: '3.0' }]
        });
        setting.audits.reportChanged.emit(setting.document);
      });

      const table = screen.getByRole('table');
      expect(within(table).getByRole('link', { name: 'GHSA-1' })).toBeTruthy();
      expect(table.textContent).not.toContain('deep');
      const name = 'Advisories against what other packages need';
      const others = screen.getByRole('region', { name });
      expect(others.textContent).toContain('deep 2.0');
      expect(others.textContent).not.toContain('holey 1.0');
      expect(
        screen.getByRole('region', { name: 'Not checked for advisories' }).textContent
      ).toContain('Locked after the audit. new 3.0');
      await userEvent.click(screen.getByRole('button', { name: 'Upgrade deep' }));
      expect(setting.recorded.calls).toEqual([
        {
          id: CommandIDs.upgradePackage,
          args: { ...PANEL, name: 'deep', specifier: '>=1.1' }
        }
      ]);
    });

    it('says nothing of advisories against another version than the locked one', () => {
      const setting = locked();
      setting.audits.current = makeReport({
        vulnerable: [{ name: 'holey', version: '0.9', advisories: [makeAdvisory()] }]
      });

      setting.show();

      expect(within(screen.getByRole('table')).queryByRole('link')).toBeNull();
    });
  });
});
