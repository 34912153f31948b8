import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addProjectCommands } from '../../commands/project';
import { GIT_PANEL } from '../../commands/projectContext';
import type { ProjectLink } from '../../projectTokens';
import { FakeJobs, makeJob, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakeProject,
  makeAdoption,
  makeConfiguration,
  makeLink,
  makeNext
} from '../projectDoubles';

const OURS: string[] = [
  CommandIDs.refreshProject,
  CommandIDs.doNextStep,
  CommandIDs.adoptProject,
  CommandIDs.undoAdoption,
  CommandIDs.editConfiguration,
  CommandIDs.auditProject,
  CommandIDs.openGit
];
const OTHERS = Object.values(CommandIDs).filter(id => !OURS.includes(id));

class Setting {
  readonly model = new FakeProject();
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands([...OTHERS, 'docmanager:open']);
  readonly commands = this.recorded.commands;

  constructor() {
    const projects = { load: () => Promise.resolve(this.model) };
    const { commands, jobs } = this;
    addProjectCommands({ commands, projects, jobs, trans });
    onTestFinished(() => {
      Dialog.flush();
      Notification.dismiss();
    });
  }

  /** Have one link be next. */
  withNext(next: ProjectLink['next']): this {
    this.model.show({ next: 'notebooks', links: [makeLink({ next })] });
    return this;
  }

  /** What was started by doing what is next. */
  async next(link?: string): Promise<[string, object][]> {
    await this.commands.execute(CommandIDs.doNextStep, link ? { link } : {});
    return this.recorded.calls.map(({ id, args }) => [id, args]);
  }
}

function messages(): string[] {
  return Notification.manager.notifications.map(({ message }) => message);
}

const A = { path: 'work/churn/a.ipynb' };
const OPEN = 'docmanager:open';

describe('what is next in a project', () => {
  it.each([
    [
      'lock-notebook',
      { path: 'a.ipynb' },
      [
        [OPEN, A],
        [CommandIDs.lockNotebook, A]
      ]
    ],
    ['open-file', { path: 'a.ipynb' }, [[OPEN, A]]],
    [
      'split-notebook',
      { path: 'a.ipynb' },
      [
        [OPEN, A],
        [CommandIDs.splitNotebook, A]
      ]
    ],
    [
      'audit-path',
      { path: 'a.ipynb' },
      [
        [OPEN, A],
        [CommandIDs.auditNotebook, A]
      ]
    ],
    [
      'audit-path',
      { path: 'overlays/a' },
      [[CommandIDs.showSidebar, { section: 'overlays' }]]
    ],
    [
      'lock-overlay',
      { folder: 'o' },
      [[CommandIDs.showSidebar, { section: 'overlays' }]]
    ],
    [
      'lock-overlay',
      { folder: 'o', notebook: 'a.ipynb' },
      [
        [OPEN, A],
        [CommandIDs.extractOverlay, A]
      ]
    ],
    [
      'lock-overlay',
      { folder: 'o', notebook: 'a.ipynb', step: 's' },
      [
        [OPEN, A],
        [CommandIDs.splitNotebook, A]
      ]
    ],
    [
      'check-overlay',
      { folder: 'o' },
      [
        [CommandIDs.showSidebar, { section: 'overlays' }],
        [CommandIDs.refreshOverlays, {}]
      ]
    ],
    ['create-pipeline', { path: 'a.ipynb' }, [[CommandIDs.createPipeline, A]]],
    ['run-pipeline', { path: 'a.ipynb' }, [[CommandIDs.runPipeline, A]]],
    ['show-run', { path: 'a.ipynb', run: '1' }, [[CommandIDs.showPipelines, A]]],
    ['check-pipeline', { path: 'a.ipynb' }, [[CommandIDs.showPipelines, A]]],
    ['cut-release', {}, [[CommandIDs.cutRelease, { folder: 'work/churn' }]]],
    ['resume-release', {}, [[CommandIDs.resumeRelease, { folder: 'work/churn' }]]]
  ] as const)('is %s with %o', async (command, values, expected) => {
    const setting = new Setting().withNext(makeNext(command, { ...values }));

    expect(await setting.next()).toEqual(expected);
  });

  it('is to look up advisories', async () => {
    const setting = new Setting().withNext(makeNext('audit-project'));

    await setting.next('notebooks');

    expect(setting.model.auditCount).toBe(1);
  });

  it('is to commit, where Git has a panel and where it has none', async () => {
    const setting = new Setting().withNext(makeNext('commit-files'));
    expect(setting.commands.isVisible(CommandIDs.openGit)).toBe(false);
    await setting.next();
    expect(messages()[0]).toContain('pip install jupyterlab-git');

    let count = 0;
    setting.commands.addCommand(GIT_PANEL, { execute: () => (count += 1) });
    await setting.next();

    expect(count).toBe(1);
    expect(setting.commands.isVisible(CommandIDs.openGit)).toBe(true);
  });

  it('is nothing where nothing is due', async () => {
    const setting = new Setting();
    setting.model.state = { kind: 'idle' };

    await setting.next();

    expect(setting.model.refreshCount).toBe(1);
    expect(messages()).toEqual(['Nothing is due in the project.']);
  });

  it('is described with its argument', async () => {
    const { args } = (await new Setting().commands.describedBy(
      CommandIDs.doNextStep
    )) as { args: { properties: object } };

    expect(Object.keys(args.properties)).toEqual(['link']);
  });
});

describe('adopting a project', () => {
  function adopt(setting: Setting): Promise<unknown> {
    const adoption = { offered: true, repository: false, missing: [] };
    setting.model.show({ adoption });
    const done = setting.next();
    done.catch(() => undefined);
    return done;
  }

  it('writes the files that are chosen, after they were seen', async () => {
    const setting = new Setting();
    setting.model.adoption = makeAdoption({ repository: false });
    const done = adopt(setting);
    const box = await screen.findByRole('checkbox', { name: 'OWNERS' });
    expect(
      screen.getByText('The folder becomes a Git repository (git init).')
    ).toBeTruthy();
    expect(screen.getByText('README.md')).toBeTruthy();
    expect(screen.getByRole('group', { name: 'What OWNERS would say' }).textContent).toBe(
      'approvers: []\n'
    );

    await userEvent.click(box);
    await userEvent.click(box);
    await userEvent.click(box);
    await userEvent.click(screen.getByRole('button', { name: 'Adopt' }));
    await done;

    expect(setting.model.written).toEqual([['.thoth.yaml']]);
    expect(messages()).toEqual(['1 file is written.']);
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.refreshOverlays, args: {} }
    ]);
  });

  it('leads to Git where that has a panel', async () => {
    const setting = new Setting();
    setting.commands.addCommand(GIT_PANEL, { execute: () => undefined });
    const done = adopt(setting);
    await screen.findByRole('checkbox', { name: 'OWNERS' });
    await userEvent.click(screen.getByRole('button', { name: 'Adopt' }));
    await done;

    const [{ options }] = Notification.manager.notifications;
    expect(options.actions?.map(({ label }) => label)).toEqual(['Undo', 'Open Git']);
  });

  it('names the approvers in what is shown and written', async () => {
    const setting = new Setting();
    const done = adopt(setting);
    await userEvent.type(await screen.findByLabelText('Approvers'), 'jo, ada');
    await waitFor(() => expect(setting.model.approvers).toEqual(['jo', 'ada']));
    setting.model.approvers = [];
    await userEvent.click(screen.getByRole('button', { name: 'Adopt' }));
    await done;

    expect(setting.model.approvers).toEqual(['jo', 'ada']);
  });

  it('is taken back, and what stays of it is told', async () => {
    const setting = new Setting();
    const done = adopt(setting);
    await screen.findByRole('checkbox', { name: 'OWNERS' });
    await userEvent.click(screen.getByRole('button', { name: 'Adopt' }));
    await done;
    const [{ options }] = Notification.manager.notifications;
    Notification.dismiss();

    setting.model.undone.kept = ['OWNERS'];
    options.actions?.[0].callback(new MouseEvent('click'));

    await waitFor(() =>
      expect(messages()).toEqual(['1 file is deleted. Changed since, so kept: OWNERS'])
    );
  });

  it('is not taken back where there is none', async () => {
    const setting = new Setting();
    setting.model.undone = { path: '', removed: [], kept: [] };

    await setting.commands.execute(CommandIDs.undoAdoption);
    setting.model.problem = new ApiError(makeProblem({ message: 'It changed.' }), 409);
    await setting.commands.execute(CommandIDs.undoAdoption);

    expect(messages()[0]).toContain('It changed.');
    expect(messages()[1]).toBe('There is no adoption to take back.');
  });

  it('tells why it was refused, and writes nothing when given up', async () => {
    const setting = new Setting();
    setting.model.adoption = makeAdoption({ files: [] });
    setting.model.problem = new ApiError(makeProblem({ message: 'It changed.' }), 409);
    const done = adopt(setting);
    await screen.findByText('Nothing is missing.');

    await userEvent.click(screen.getByRole('button', { name: 'Adopt' }));
    const dialog = screen.getByRole('dialog');
    await waitFor(() => within(dialog).getByText('It changed.'));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await done;

    expect(setting.model.written).toEqual([]);
    expect(messages()).toEqual([]);
  });
});

describe('locking all notebooks that are due', () => {
  const PATHS = ['a.ipynb', 'b.ipynb', 'c.ipynb'];

  async function lockAll(setting: Setting): Promise<Promise<unknown>> {
    const next = { ...makeNext('lock-notebook', { path: 'a.ipynb' }), paths: PATHS };
    setting.withNext(next as ProjectLink['next']);
    const done = setting.next();
    await screen.findByRole('checkbox', { name: 'work/churn/a.ipynb' });
    return done;
  }

  function setUp(): Setting {
    const setting = new Setting();
    // None is open.
    setting.recorded.commands.isEnabled = () => false;
    return setting;
  }

  function jobs(setting: Setting, ...states: ('succeeded' | 'failed')[]): void {
    states.forEach((state, at) => {
      const error =
        state === 'failed' ? makeProblem({ message: 'No such package.' }) : null;
      const job = makeJob({ job_id: `${at}`, kind: 'lock', state, error });
      setting.jobs.track(job);
      setting.model.locks.push(job);
    });
  }

  it('writes each lock, and says how many there are', async () => {
    const setting = setUp();
    jobs(setting, 'succeeded', 'succeeded');
    const done = lockAll(setting);
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'work/churn/b.ipynb' })
    );
    await userEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await done;

    expect(setting.model.keptLocks.sort()).toEqual(['0', '1']);
    expect(messages()).toEqual(['2 notebooks are locked.']);
  });

  it('goes on after one that fails, and tells which', async () => {
    const setting = setUp();
    setting.model.problem = new ApiError(makeProblem({ message: 'It is gone.' }), 404);
    jobs(setting, 'failed', 'succeeded');
    const done = lockAll(setting);
    await userEvent.click(await screen.findByRole('button', { name: 'Lock' }));
    await done;

    expect(setting.model.keptLocks).toEqual(['1']);
    const lines = messages()[0].split('\n');
    expect(lines[0]).toBe('1 of 3 notebooks are locked.');
    expect(lines.slice(1).sort()).toEqual([
      'work/churn/a.ipynb: No such package.',
      'work/churn/c.ipynb: It is gone.'
    ]);
  });

  it('leaves an open notebook to its editor', async () => {
    const setting = setUp();
    setting.recorded.commands.isEnabled = () => true;
    const done = lockAll(setting);
    await userEvent.click(await screen.findByRole('button', { name: 'Lock' }));
    await done;

    expect(setting.recorded.calls.map(({ id }) => id)).toEqual(
      PATHS.map(() => CommandIDs.lockNotebook)
    );
    expect(setting.model.keptLocks).toEqual([]);
    // The commands of the test lock nothing.
    expect(messages()).toEqual(['0 of 3 notebooks are locked.']);
  });

  it('stops where the user does not want to wait', async () => {
    const setting = setUp();
    for (const id of ['0', '1', '2']) {
      const job = makeJob({ job_id: id, kind: 'lock', state: 'running' });
      setting.jobs.track({ ...job, key: `work/churn/${'abc'[Number(id)]}.ipynb` });
      setting.model.locks.push(job);
    }
    const done = lockAll(setting);
    await userEvent.click(await screen.findByRole('button', { name: 'Lock' }));
    await waitFor(() => expect(messages()).toEqual(['Locking: 0 of 3 notebooks done.']));
    const [{ options }] = Notification.manager.notifications;
    options.actions?.[0].callback(new MouseEvent('click'));
    expect(setting.jobs.cancelled.sort()).toEqual(['0', '1', '2']);
    for (const id of ['0', '1']) {
      setting.jobs.track(makeJob({ job_id: id, kind: 'lock', state: 'cancelled' }));
    }
    await done;

    expect(setting.model.keptLocks).toEqual([]);
    expect(setting.model.locks).toHaveLength(1);
    expect(messages()[0]).toMatch(/^0 of 3 notebooks are locked\./);
  });

  it('does nothing where none is chosen', async () => {
    const setting = setUp();
    const done = lockAll(setting);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await done;

    expect(messages()).toEqual([]);
  });
});

describe('the commands of a project', () => {
  it('look again, and tell what went wrong', async () => {
    const setting = new Setting();
    await setting.commands.execute(CommandIDs.refreshProject);
    expect(setting.model.refreshCount).toBe(1);

    setting.model.audit = () => Promise.reject(new ApiError(makeProblem(), 502));
    await setting.commands.execute(CommandIDs.auditProject);

    expect(messages()).toHaveLength(1);
  });
});

describe('the form of a configuration file', () => {
  const open = async (
    kind?: string
  ): Promise<{ setting: Setting; done: Promise<unknown> }> => {
    const setting = new Setting();
    const args = kind === undefined ? {} : { kind };
    const done = setting.commands.execute(CommandIDs.editConfiguration, args);
    await screen.findByLabelText('Host');
    return { setting, done };
  };

  it('shows what changes and what is off, and writes what was seen', async () => {
    const { setting, done } = await open();
    const host = screen.getByLabelText('Host');
    expect(screen.getByText('Nothing changes.')).toBeTruthy();
    await userEvent.clear(host);
    await userEvent.type(host, 'other.example');
    const changes = await screen.findByRole('group', {
      name: 'Changes to work/churn/.thoth.yaml'
    });
    await waitFor(() => expect(changes.textContent).toContain('host: other.example'));
    expect(screen.getByText('Line 1, error: No such host.')).toBeTruthy();

    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await done;

    expect(setting.model.asked).toEqual([['work/churn', 'thoth']]);
    expect(setting.model.wrote).toEqual({
      folder: 'work/churn',
      kind: 'thoth',
      revision: 'r1',
      values: { host: 'other.example', other: 1 }
    });
    expect(messages()).toEqual(['work/churn/.thoth.yaml is written.']);

    const [{ options }] = Notification.manager.notifications;
    options.actions?.[0].callback(new MouseEvent('click'));
    await waitFor(() =>
      expect(messages()[0]).toBe('work/churn/.thoth.yaml says what it said before.')
    );
    expect(setting.model.wrote?.values).toEqual({ host: 'thoth.example', other: 1 });
  });

  it('is left without a change', async () => {
    const { setting, done } = await open('aicoe-ci');

    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await done;

    expect(setting.model.asked).toEqual([['work/churn', 'aicoe-ci']]);
    expect(setting.model.wrote).toBeNull();
    expect(messages()).toEqual([]);
  });

  it('says why a file cannot be shown so', async () => {
    const setting = new Setting();
    const problem = { line: 3, place: '', level: 'error' as const, message: 'No colon.' };
    setting.model.file = makeConfiguration({ values: null, problems: [problem] });

    await setting.commands.execute(CommandIDs.editConfiguration);

    expect(messages()).toEqual([
      'work/churn/.thoth.yaml cannot be shown as a form.\nMend line 3 in a text editor: No colon.'
    ]);
  });
});
