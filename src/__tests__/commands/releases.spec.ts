import { Notification } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { releaseMessage } from '../../commands/releaseOutcome';
import { addReleaseCommands } from '../../commands/releases';
import type { ReleaseOutcome } from '../../releaseTokens';
import { eventually, FakeJobs, makeProblem, trans } from '../doubles';
import {
  FakeReleases,
  makeAnswer,
  makePlan,
  makeRecord,
  makeReleaseJob,
  makeReleaseResult,
  makeReleases,
  makeRequest,
  makeWorkflow
} from '../releaseDoubles';

class Setting {
  readonly commands = new CommandRegistry();
  readonly releases = new FakeReleases();
  readonly jobs = new FakeJobs();

  constructor() {
    addReleaseCommands({ ...this, trans });
  }
}

const CHURN = { folder: 'work/churn' };

/** What is told. */
function messages(): string[] {
  return Notification.manager.notifications.map(({ message }) => message);
}

async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name }));
}

beforeEach(() => {
  Notification.dismiss();
});

describe('the commands about releases', () => {
  it('are called after the kind that they plan', () => {
    const { commands } = new Setting();
    const labels = [{}, { kind: 'patch' }, { kind: 'minor' }, { kind: 'major' }];

    expect(labels.map(args => commands.label(CommandIDs.cutRelease, args))).toEqual([
      'Cut a Release…',
      'Cut a Patch Release…',
      'Cut a Minor Release…',
      'Cut a Major Release…'
    ]);
  });

  it('ask first which release, and plan nothing before', async () => {
    const { commands, releases } = new Setting();
    const shown = commands.execute(CommandIDs.cutRelease);
    await press('Close');
    await shown;

    expect(releases.begun).toEqual([{ place: releases.place, choice: {} }]);
    expect(releases.session.planCount).toBe(0);
    expect(releases.session.isDisposed).toBe(true);
  });

  it('plan at once where the kind is named, but for one that has to be typed', async () => {
    const { commands, releases } = new Setting();
    const args = { folder: 'work/churn', kind: 'minor' };
    const shown = commands.execute(CommandIDs.cutRelease, args);
    await press('Close');
    await shown;
    expect(releases.begun[0]).toEqual({
      place: { folder: 'work/churn' },
      choice: { kind: 'minor' }
    });
    expect(releases.session.planCount).toBe(1);

    const typed = commands.execute(CommandIDs.cutRelease, {
      path: 'a.ipynb',
      kind: 'explicit'
    });
    await press('Close');
    await typed;

    expect(releases.begun[1].place).toEqual({ path: 'a.ipynb' });
    expect(releases.session.planCount).toBe(1);
  });

  it('go on with a release, and tell what keeps that from being begun', async () => {
    const { commands, releases } = new Setting();
    await commands.execute(CommandIDs.resumeRelease);
    expect(releases.resumed).toEqual([releases.place]);

    releases.problem = new ApiError(makeProblem({ message: 'There is none.' }), 404);
    await commands.execute(CommandIDs.resumeRelease);

    expect(Notification.manager.notifications[0].message).toContain('There is none.');
  });

  it('read again what was released', async () => {
    const { commands, releases } = new Setting();

    await commands.execute(CommandIDs.refreshReleases);

    expect(releases.refreshCount).toBe(1);
  });

  it('show what the next release would tell', async () => {
    const { commands } = new Setting();
    const shown = commands.execute(CommandIDs.showReleaseNotes);

    expect(
      await screen.findByText('2 changes since v1.2.0. They ask for 1.3.0.')
    ).toBeTruthy();
    await press('Close');
    await shown;
  });
});

describe('the token for a forge', () => {
  it('is kept by git, once the forge has accepted it', async () => {
    const { commands, releases } = new Setting();
    const args = { folder: 'work/churn' };
    releases.problem = new ApiError(makeProblem({ message: 'Not accepted.' }), 422);
    const asked = commands.execute(CommandIDs.keepForgeToken, args);
    const field = await screen.findByLabelText('Token');
    expect(field.getAttribute('type')).toBe('password');
    await userEvent.type(field, ' t0k ');
    await press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('Not accepted.');

    releases.problem = null;
    await press('Save');
    await asked;

    expect(releases.kept).toEqual([{ place: args, token: 't0k' }]);
    expect(Notification.manager.notifications[0].message).toBe(
      'git keeps the token for https://git.example.org.'
    );
  });

  it('is not kept where the user gives up', async () => {
    const { commands, releases } = new Setting();
    const asked = commands.execute(CommandIDs.keepForgeToken);
    await press('Cancel');
    await asked;

    expect(releases.kept).toEqual([]);
  });
});

describe('the question whether to undo a release', () => {
  it('takes back what is here', async () => {
    const { commands, releases } = new Setting();
    releases.known = makeReleases({ release: makeRecord(), can_undo: true });
    const undoing = commands.execute(CommandIDs.undoRelease);
    await screen.findByText(/the files are as before/);
    await press('Undo');
    await undoing;

    expect(releases.undone).toEqual([{ place: releases.place, isPublished: false }]);
  });

  it.each(['all', 'unknown'] as const)(
    'wants to be sure about what is on the remote: %s',
    async published => {
      const { commands, releases } = new Setting();
      releases.known = makeReleases({ release: makeRecord(), can_undo: true, published });
      const undoing = commands.execute(CommandIDs.undoRelease);
      const box = await screen.findByRole('checkbox');
      await press('Undo');
      expect((await screen.findByRole('alert')).textContent).toContain('that is out');
      expect(releases.undone).toEqual([]);

      await userEvent.click(box);
      await press('Undo');
      await undoing;

      expect(releases.undone).toEqual([{ place: releases.place, isPublished: true }]);
    }
  );

  it('undoes nothing where there is nothing, or where the user gives up', async () => {
    const { commands, releases } = new Setting();
    const undoing = commands.execute(CommandIDs.undoRelease);
    await screen.findByText(/no release that could be undone/);
    await press('Undo');
    await screen.findByRole('alert');
    await press('Cancel');
    await undoing;

    expect(releases.undone).toEqual([]);
  });

  it('says why it cannot be known', async () => {
    const { commands, releases } = new Setting();
    releases.known = new ApiError(makeProblem({ message: 'git failed.' }), 502);
    const undoing = commands.execute(CommandIDs.undoRelease);
    await screen.findByText('git failed.');
    await press('Undo');
    await press('Cancel');
    await undoing;

    expect(releases.undone).toEqual([]);
  });
});

describe('the dialog of a release', () => {
  async function open(
    prepare: (session: FakeReleases['session']) => void
  ): Promise<{ session: FakeReleases['session']; closed: Promise<unknown> }> {
    const { commands, releases } = new Setting();
    const { session } = releases;
    prepare(session);
    const closed = commands.execute(CommandIDs.cutRelease);
    await screen.findByRole('combobox', { name: 'Next version' });
    return { session, closed };
  }

  it('plans what is chosen', async () => {
    const { session, closed } = await open(() => undefined);
    const user = userEvent.setup();

    expect(screen.getByRole('status').textContent).toBe('Nothing is planned yet.');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Next version' }),
      'Another version'
    );
    expect(screen.getByRole('button', { name: 'Plan' }).matches(':disabled')).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'Version' }), '2.0.0');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'How' }),
      'By a pull request'
    );
    await user.click(screen.getByRole('checkbox', { name: /run the commands/ }));
    await press('Plan');

    expect(session.planCount).toBe(1);
    expect(session.choice).toMatchObject({
      kind: 'explicit',
      version: '2.0.0',
      mode: 'pull-request',
      isChecked: false
    });
    await press('Close');
    await closed;
  });

  it('shows the plan, says what it is going to do, and closes when that is done', async () => {
    const { session, closed } = await open(one => {
      one.plan = makePlan({
        references: [{ file: 'a.yaml', path: 'image', from: 'i:v1', to: 'i:v2' }],
        images: ['registry.example.org/churn:v1.3.0'],
        forge: 'https://git.example.org/jo/churn'
      });
    });

    expect(screen.getByRole('status').textContent).toBe(
      '1.2.0 → 1.3.0. Checks: 1 passed.'
    );
    expect(screen.getByRole('table', { name: 'References' }).textContent).toContain(
      'i:v2'
    );
    expect(screen.getByText('registry.example.org/churn:v1.3.0')).toBeTruthy();
    expect(screen.getByText(/^Writes 1 file, commits it on main/).textContent).toMatch(
      /pushes branch and tag to origin.*release on https:\/\/git\.example\.org/
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'Push to origin' }));
    expect(screen.getByText(/Nothing leaves this machine\./)).toBeTruthy();
    await press('Release v1.3.0');
    await closed;

    expect(session.releaseCount).toBe(1);
  });

  it('says what a pull request would bring', async () => {
    const { closed } = await open(one => {
      one.plan = makePlan({
        current: null,
        versions: [],
        changelog: '',
        mode: 'pull-request',
        pull_request: { branch: 'v1.3.0', target: 'main', title: 'Release', body: '' }
      });
    });

    expect(screen.getByText(/opens the pull request "Release" into main/)).toBeTruthy();
    expect(screen.getByText(/the tag alone does/)).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: /^Push/ })).toBeNull();
    await press('Close');
    await closed;
  });

  it('cannot release what a check forbids, or what was planned before', async () => {
    const { session, closed } = await open(one => {
      one.plan = makePlan({ can_release: false });
      one.isReleasing = false;
    });
    const button = screen.getByRole('button', { name: 'Release v1.3.0' });
    expect(button.matches(':disabled')).toBe(true);
    expect(screen.getByText(/The checks forbid this release/)).toBeTruthy();

    session.plan = makePlan();
    session.isBehind = true;
    session.changed.emit();
    await eventually(() =>
      expect(screen.getByRole('status').textContent).toContain('chosen before')
    );
    expect(button.matches(':disabled')).toBe(true);

    session.isBehind = false;
    session.changed.emit();
    await eventually(() => expect(button.matches(':disabled')).toBe(false));
    await userEvent.click(button);
    session.problem = makeProblem({ message: 'Refused.' });
    session.changed.emit();
    await screen.findByText('Refused.');
    await press('Close');
    await closed;
  });

  it('shows how far a job is, with its log, and stops it', async () => {
    const { session, closed } = await open(one => {
      one.activity = 'planning';
      one.job = makeReleaseJob({ job_id: 'preview-1' });
      one.logOf = 'preview-1';
    });
    expect(screen.getByRole('status').textContent).toBe('Planning…');

    await press('Show Log');
    expect(await screen.findByRole('log')).toBeTruthy();
    await press('Cancel');

    expect(session.cancelCount).toBe(1);
    await press('Close');
    await closed;
  });
});

describe('what is told of a release', () => {
  const commands = new CommandRegistry();
  const done: ReleaseOutcome = {
    kind: 'done',
    job: makeReleaseJob(),
    result: makeReleaseResult(),
    isSeen: true
  };
  const told = (outcome: ReleaseOutcome): string | undefined =>
    releaseMessage(outcome, { commands, trans })?.text;

  it('is where it is, with its log', () => {
    const message = releaseMessage(done, { commands, trans });

    expect(message).toMatchObject({
      type: 'success',
      text: 'v1.3.0 is released, and on origin.'
    });
    expect(message?.actions.map(({ label }) => label)).toEqual(['Show Log']);
    const local = makeReleaseResult({ release: makeRecord({ remote: null }) });
    expect(told({ ...done, result: local })).toContain('on this machine only');
  });

  it.each([
    [7, 'Pull request 7 brings v1.2.0.'],
    [null, 'The branch v1.2.0 is on origin. Open it.']
  ])('is the pull request that brings it: %s', (number, text) => {
    const release = makeRecord({
      mode: 'pull-request',
      pull_request: {
        branch: 'v1.2.0',
        target: 'main',
        number,
        url: '',
        note: 'Open it.'
      }
    });

    expect(told({ ...done, result: makeReleaseResult({ release }) })).toBe(text);
  });

  it('is what is left where it was undone', () => {
    const job = makeReleaseJob({ kind: 'release-undo' });
    const result = makeReleaseResult({ left: ['A file stays.'] });

    expect(releaseMessage({ ...done, job, result }, { commands, trans })).toMatchObject({
      type: 'warning',
      text: 'v1.3.0 is taken back. A file stays.'
    });
  });

  it('is nothing where it was cancelled, or where the dialog says it', () => {
    const job = makeReleaseJob();
    const problem = makeProblem({ message: '' });
    const failed: ReleaseOutcome = { kind: 'failed', job, problem, isSeen: true };

    expect(told({ kind: 'cancelled', job, isSeen: false })).toBeUndefined();
    expect(told(failed)).toBeUndefined();
    expect(told({ ...failed, isSeen: false })).toContain('was lost');
  });

  it('leads to the panel of jupyterlab-git where there is one', () => {
    const registry = new CommandRegistry();
    registry.addCommand('git:ui', { execute: () => undefined });

    const message = releaseMessage(done, { commands: registry, trans });

    expect(message?.actions.map(({ id }) => id)).toEqual([
      'git:ui',
      CommandIDs.showJobLog
    ]);
  });
});

describe('a release by a bot', () => {
  it('is shown as an issue, opened, and told of', async () => {
    const { commands, releases } = new Setting();
    const { session } = releases;
    session.choice = { ...session.choice, mode: 'bot' };
    session.issue = makeAnswer({ template: '.github/ISSUE_TEMPLATE/minor.md' });
    const shown = commands.execute(CommandIDs.cutRelease, { folder: 'work/churn' });
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('This issue would be opened.');
    expect(dialog.getByRole('group', { name: 'Text of the issue' }).textContent).toBe(
      'Hey, Kebechet!'
    );
    expect(dialog.getByText(/ISSUE_TEMPLATE\/minor\.md/)).toBeTruthy();
    expect(dialog.queryByRole('checkbox')).toBeNull();
    session.issue = makeAnswer({ issue: makeRequest() });

    await press('Create Issue');
    await shown;

    expect(session.releaseCount).toBe(1);
    expect(messages()).toEqual([
      'Issue 7 is open: New minor release. The section Release follows it.'
    ]);
  });

  it('cannot be asked for twice', async () => {
    const { commands, releases } = new Setting();
    const { session } = releases;
    session.issue = makeAnswer({ is_open_already: true, issue: makeRequest() });
    const shown = commands.execute(CommandIDs.cutRelease);

    const open = await screen.findByRole('button', { name: 'Create Issue' });
    expect(open.matches(':disabled')).toBe(true);
    expect(screen.getByRole('link', { name: 'issue 7, opened by jo' })).toBeTruthy();
    await press('Close');
    await shown;

    expect(messages()).toEqual([]);
  });
});

describe('the command that asks a bot', () => {
  it('shows the issue first, and opens what was shown', async () => {
    const { commands, releases } = new Setting();
    releases.state = { kind: 'ready', answer: makeReleases() };
    const asked = commands.execute(CommandIDs.askBot, CHURN);
    const wish = await screen.findByRole('combobox');
    expect(releases.asked[0].wish).toEqual({ request: 'update', tag: '' });
    await userEvent.selectOptions(wish, 'Deliver the container image of a tag');
    await userEvent.type(screen.getByRole('textbox', { name: 'Tag' }), '-rc.1');
    await eventually(() =>
      expect(releases.asked.at(-1)?.wish).toEqual({
        request: 'deliver-image',
        tag: 'v1.2.0-rc.1'
      })
    );
    await screen.findByRole('group', { name: 'Text of the issue' });

    await press('Create Issue');
    await asked;

    expect(releases.asked.at(-1)).toEqual({
      place: CHURN,
      wish: { request: 'deliver-image', tag: 'v1.2.0-rc.1' },
      isOpened: true
    });
    expect(messages()).toHaveLength(1);
  });

  it('stays open where nothing was shown or the forge refuses, until it is given up', async () => {
    const { commands, releases } = new Setting();
    const asked = commands.execute(CommandIDs.askBot, CHURN);
    await screen.findByRole('group', { name: 'Text of the issue' });
    expect(releases.asked[0].wish).toEqual({ request: 'update', tag: '' });
    releases.problem = new ApiError(makeProblem({ message: 'It may not.' }), 422);
    await press('Create Issue');
    expect(await screen.findByText('It may not.')).toBeTruthy();

    await userEvent.selectOptions(
      screen.getByRole('combobox'),
      'Deliver the missing module of a tag'
    );
    await press('Create Issue');
    expect(await screen.findByText(/^Name the tag/)).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: 'Tag' }), 'v');
    await press('Create Issue');
    expect(await screen.findByText('It is not shown yet.')).toBeTruthy();
    await press('Cancel');
    await asked;

    expect(messages()).toEqual([]);
  });

  it('says that it is asked for already', async () => {
    const { commands, releases } = new Setting();
    releases.botAnswer = makeAnswer({ is_open_already: true, issue: makeRequest() });
    const asked = commands.execute(CommandIDs.askBot, CHURN);
    await screen.findByText(/It is asked for already/);

    await press('Create Issue');
    await asked;

    expect(messages()).toEqual(['Issue 7 asks for that already: New minor release.']);
  });
});

describe('the command that writes a workflow', () => {
  it('shows it first, for the forge that is chosen, and writes what was shown', async () => {
    const { commands, releases } = new Setting();
    const written = commands.execute(CommandIDs.writeReleaseWorkflow, CHURN);
    const diff = await screen.findByRole('group', {
      name: 'Changes to .github/workflows/release.yml'
    });
    expect(diff.textContent).toContain('+ name: Release');
    await userEvent.selectOptions(screen.getByRole('combobox'), 'Gitea or Forgejo');

    await press('Add');
    await written;

    expect(releases.written).toEqual([
      { place: CHURN, forge: 'gitea', digest: 'workflow-1' }
    ]);
    expect(messages()).toEqual([
      '.github/workflows/release.yml is written. Commit it, and have it merged.'
    ]);
  });

  it('writes nothing where all is there, and says what is left to do', async () => {
    const { commands, releases } = new Setting();
    releases.workflow = makeWorkflow({ changes: [], notes: ['Write into x:'] });
    const written = commands.execute(CommandIDs.writeReleaseWorkflow, CHURN);
    await screen.findByText('Write into x:');
    expect(screen.getByText(/It is there already/)).toBeTruthy();

    await press('Add');
    await written;

    expect([releases.written, messages()]).toEqual([[], []]);
  });

  it('shows it anew where the files are others by now', async () => {
    const { commands, releases } = new Setting();
    releases.problem = new ApiError(makeProblem({ message: 'They changed.' }), 409);
    const written = commands.execute(CommandIDs.writeReleaseWorkflow, CHURN);
    await screen.findByRole('group', { name: /Changes to/ });
    await press('Add');
    expect(await screen.findByText('They changed.')).toBeTruthy();
    await press('Cancel');

    await written;

    expect(messages()).toEqual([]);
  });
});
