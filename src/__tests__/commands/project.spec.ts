import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addProjectCommands } from '../../commands/project';
import { GIT_PANEL } from '../../commands/projectContext';
import type { ProjectLink } from '../../projectTokens';
import { makeProblem, recordingCommands, trans } from '../doubles';
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
  CommandIDs.editConfiguration,
  CommandIDs.auditProject,
  CommandIDs.openGit
];
const OTHERS = Object.values(CommandIDs).filter(id => !OURS.includes(id));

class Setting {
  readonly model = new FakeProject();
  readonly recorded = recordingCommands([...OTHERS, 'docmanager:open']);
  readonly commands = this.recorded.commands;

  constructor() {
    const projects = { load: () => Promise.resolve(this.model) };
    addProjectCommands({ commands: this.commands, projects, trans });
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
    await userEvent.click(screen.getByRole('button', { name: 'Write' }));
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
    await userEvent.click(screen.getByRole('button', { name: 'Write' }));
    await done;

    const [{ options }] = Notification.manager.notifications;
    expect(options.actions?.map(({ label }) => label)).toEqual(['Open Git']);
  });

  it('tells why it was refused, and writes nothing when given up', async () => {
    const setting = new Setting();
    setting.model.adoption = makeAdoption({ files: [] });
    setting.model.problem = new ApiError(makeProblem({ message: 'It changed.' }), 409);
    const done = adopt(setting);
    await screen.findByText('Nothing is missing.');

    await userEvent.click(screen.getByRole('button', { name: 'Write' }));
    const dialog = screen.getByRole('dialog');
    await waitFor(() => within(dialog).getByText('It changed.'));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await done;

    expect(setting.model.written).toEqual([]);
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

    await userEvent.click(screen.getByRole('button', { name: 'Write' }));
    await done;

    expect(setting.model.asked).toEqual([['work/churn', 'thoth']]);
    expect(setting.model.wrote).toEqual({
      folder: 'work/churn',
      kind: 'thoth',
      revision: 'r1',
      values: { host: 'other.example', other: 1 }
    });
    expect(messages()).toEqual(['work/churn/.thoth.yaml is written.']);
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
