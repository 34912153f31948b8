import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { ReleaseContent, ReleaseSection } from '../../panels/ReleaseSection';
import type { Releases } from '../../releaseTokens';
import { FakeJobs, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakeReleases,
  makeBuilds,
  makeFollowed,
  makeNotes,
  makePlan,
  makeRecord,
  makeReleaseCheck,
  makeReleaseJob,
  makeReleases,
  makeRequest
} from '../releaseDoubles';

const FOLDER = { folder: 'work/churn' };

class Setting {
  readonly releases = new FakeReleases();
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  async show(change?: Partial<Releases>): Promise<this> {
    if (change) {
      this.releases.state = { kind: 'ready', answer: makeReleases(change) };
    }
    const { releases, jobs } = this;
    const { commands } = this.recorded;
    render(<ReleaseSection {...{ releases, jobs, commands, trans }} />);
    if (releases.state.kind === 'ready') {
      // It comes in a chunk of its own.
      await waitFor(() =>
        expect(screen.queryByText('Loading the repository…')).toBeNull()
      );
    }
    return this;
  }
}

async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name }));
}

describe('the section of releases', () => {
  it('looks for the repository first', async () => {
    await new Setting().show();

    expect(screen.getByText('Loading the repository…')).toBeTruthy();
  });

  it('says in peace that there is no repository', async () => {
    const setting = new Setting();
    const problem = makeProblem({ code: 'release.no-repository', message: 'In none.' });
    setting.releases.state = { kind: 'error', problem };
    await setting.show();

    expect(screen.getByText('In none.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells what went wrong, and tries again', async () => {
    const setting = new Setting();
    setting.releases.state = { kind: 'error', problem: makeProblem() };
    await setting.show();

    await press('Retry');

    expect(setting.releases.refreshCount).toBe(1);
  });

  it('offers each version that could come next, with the repository that is shown', async () => {
    const setting = new Setting();
    setting.releases.notes = { kind: 'ready', answer: makeNotes() };
    const { recorded } = await setting.show({});

    expect(screen.getAllByRole('status')[0].textContent).toBe(
      'work/churn · branch main · version 1.2.0'
    );
    const list = screen.getByRole('list', { name: 'What could come next' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(one => one.textContent)
    ).toEqual([
      'By the commits1.3.0',
      'Patch1.2.1',
      'Minor1.3.0',
      'Major2.0.0',
      'Another version…'
    ]);
    await press(/^Patch/);
    await press('Cut a Release…');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.cutRelease, args: { ...FOLDER, kind: 'patch' } },
      { id: CommandIDs.cutRelease, args: FOLDER }
    ]);
  });

  it('says what is not released, as the changelog would', async () => {
    const setting = new Setting();
    setting.releases.notes = { kind: 'ready', answer: makeNotes() };
    await setting.show({});

    expect(screen.getByText('2 changes since v1.2.0. They ask for 1.3.0.')).toBeTruthy();
    const one = makeNotes({ count: 1 });
    setting.releases.notes = { kind: 'ready', answer: one };
    act(() => setting.releases.stateChanged.emit());
    expect(screen.getByText('1 change since v1.2.0. It asks for 1.3.0.')).toBeTruthy();
    await userEvent.click(screen.getByText('What the changelog would tell'));
    const notes = screen.getByRole('group', { name: 'Release notes' });
    expect(within(notes).getByRole('heading').textContent).toBe('Added');
    expect(within(notes).getByText('twice').tagName).toBe('CODE');
  });

  it('says that nothing was committed, and what keeps commits from being read', async () => {
    const setting = new Setting();
    const problem = makeProblem({ code: 'release.no-commits', message: 'None.' });
    setting.releases.notes = { kind: 'error', problem };
    await setting.show({ current: null, tags: [], next: {}, branch: null });
    expect(screen.getByText(/^None\./)).toBeTruthy();
    expect(screen.getByText(/Name the first one/)).toBeTruthy();
    expect(screen.getByText('Nothing was released yet.')).toBeTruthy();
    expect(screen.getByText('work/churn · no branch · no version yet')).toBeTruthy();

    setting.releases.notes = { kind: 'error', problem: makeProblem() };
    act(() => setting.releases.stateChanged.emit());

    expect(screen.getByRole('alert')).toBeTruthy();
  });

  it('says why the version cannot be told, and offers none', async () => {
    await new Setting().show({ current: null, problem: 'Two files disagree.', next: {} });

    expect(screen.getByText('Two files disagree.')).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'What could come next' })).toBeNull();
  });

  it('goes on with a release that is not done, or takes it back', async () => {
    const { recorded } = await new Setting().show({
      release: makeRecord({
        version: '1.3.0',
        stage: 'tagged',
        error: 'It was refused.'
      }),
      can_resume: true,
      can_undo: true
    });

    const title = screen.getByRole('heading', {
      name: 'The release of 1.3.0 is not done'
    });
    expect(title.parentElement?.textContent).toContain('nothing has left this machine');
    expect(title.parentElement?.textContent).toContain('It was refused.');
    await press('Resume');
    await press('Undo…');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.resumeRelease, args: FOLDER },
      { id: CommandIDs.undoRelease, args: FOLDER }
    ]);
  });

  it.each<[Partial<Releases>, RegExp]>([
    [
      { release: makeRecord(), published: 'all' },
      /1\.2\.0 is releasedCommit.*on origin\./
    ],
    [{ release: makeRecord(), published: 'unknown' }, /on origin is not known/],
    [{ release: makeRecord({ remote: null }) }, /on this machine only/],
    [
      { release: makeRecord({ stage: 'pushing' }), running: true },
      /is under way.*may be on/
    ],
    [{ release: makeRecord({ stage: 'begun' }) }, /were being written/],
    [{ release: makeRecord({ stage: 'written' }) }, /not committed/],
    [{ release: makeRecord({ stage: 'committed' }) }, /has no tag/],
    [{ release: makeRecord({ stage: 'releasing' }) }, /forge does not tell/],
    [{ release: makeRecord({ stage: 'proposing' }) }, /pull request is not open/]
  ])('says how the newest release stands: %#', async (change, text) => {
    const { container } = render(<div />);
    await new Setting().show(change);

    expect(container.ownerDocument.body.textContent).toMatch(text);
  });

  it('leads to what a forge has of a release, and nowhere else', async () => {
    const request = {
      branch: 'v1.3.0',
      target: 'main',
      number: 7,
      url: 'https://git.example.org/pulls/7',
      note: ''
    };
    await new Setting().show({
      release: makeRecord({ mode: 'pull-request', pull_request: request }),
      pull_request: {
        number: 7,
        title: 'Release of version 1.3.0',
        url: request.url,
        state: 'open',
        merge_commit: null
      }
    });
    const link = screen.getByRole('link', { name: 'Pull request 7' });
    expect(link.getAttribute('href')).toBe(request.url);
    expect(screen.getByText('open')).toBeTruthy();

    await new Setting().show({
      release: makeRecord({
        forge_release: { forge: 'f', url: 'javascript:alert(1)', note: '' }
      })
    });

    expect(screen.getAllByRole('link')).toHaveLength(1);
  });

  it('shows how far a job is, and why the last one came to nothing', async () => {
    const setting = new Setting();
    setting.releases.job = makeReleaseJob();
    const { recorded } = await setting.show({});
    const cut = screen.getByRole('button', { name: 'Cut a Release…' });
    expect(cut.matches(':disabled')).toBe(true);
    await press('Cancel');
    setting.releases.job = null;
    setting.releases.failed = makeReleaseJob({ state: 'failed', error: makeProblem() });
    act(() => setting.jobs.jobsChanged.emit());

    await press('Show Log');

    expect(recorded.calls.map(({ id }) => id)).toEqual([
      CommandIDs.cancelJob,
      CommandIDs.showJobLog
    ]);
  });

  it('says when checks are made as long as there is no plan', async () => {
    await new Setting().show({});

    const checks = within(screen.getByRole('region', { name: 'Checks' }));
    expect(checks.getByText(/^They are made when a release is planned/)).toBeTruthy();
  });

  it('keeps the checks of the last plan, what stands in the way first', async () => {
    const setting = new Setting();
    setting.releases.plan = makePlan({
      checks: [
        makeReleaseCheck(),
        makeReleaseCheck({ name: 'locks', status: 'warn', message: 'One is stale.' }),
        makeReleaseCheck({
          name: 'secrets',
          status: 'fail',
          message: 'A token.',
          fix: 'Take it out.'
        })
      ]
    });
    await setting.show({});

    expect(screen.getByText('1 forbids the release, 1 warning, 1 passed')).toBeTruthy();
    const checks = within(screen.getByRole('list', { name: 'Checks' }));
    expect(checks.getAllByRole('listitem').map(one => one.textContent)).toEqual([
      '✗ Secrets forbids the release A token.Take it out.',
      '! Locks warning One is stale.',
      '✓ Files passed All files are committed.'
    ]);
  });

  it('leads to a token where the forge wants one', async () => {
    const setting = new Setting();
    const forge = makeReleaseCheck({
      name: 'forge',
      status: 'warn',
      message: 'No token.'
    });
    setting.releases.plan = makePlan({ checks: [forge] });
    const { recorded } = await setting.show({});

    await press('Give Git a Token…');

    expect(recorded.calls).toEqual([{ id: CommandIDs.keepForgeToken, args: FOLDER }]);
  });

  it('unfolds older releases', async () => {
    const tags = Array.from({ length: 8 }, (_, index) => ({
      name: `v0.${8 - index}.0`,
      commit: 'c',
      date: '2026-01-01T00:00:00Z',
      url: null
    }));
    await new Setting().show({ tags });

    const list = screen.getByRole('list', { name: 'Releases' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByText('3 earlier ones')).toBeTruthy();
  });

  it('leads to the page of each release that has one', async () => {
    const date = '2026-01-01T00:00:00Z';
    const url = 'https://git.example.org/jo/churn/releases/tag/v1.2.0';
    await new Setting().show({
      tags: [
        { name: 'v1.3.0', commit: 'c2', date, url: null },
        { name: 'v1.2.0', commit: 'c1', date, url }
      ]
    });

    const links = within(screen.getByRole('list', { name: 'Releases' }));
    expect(links.getAllByRole('link').map(link => link.getAttribute('href'))).toEqual([
      url
    ]);
  });

  it('tells how builds stand, what failed first', async () => {
    const setting = new Setting();
    const builds = [
      { name: 'lint', state: 'passed' as const, url: '' },
      { name: 'image', state: 'running' as const, url: 'javascript:alert(1)' },
      { name: 'test', state: 'failed' as const, url: 'https://ci.example.org/1' }
    ];
    setting.releases.builds = { kind: 'ready', answer: makeBuilds({ builds }) };
    await setting.show({});

    const list = within(screen.getByRole('list', { name: 'Builds of v1.2.0' }));
    expect(list.getAllByRole('listitem').map(one => one.textContent)).toEqual([
      'test ✗ failed',
      'image ▶ running',
      'lint ✓ passed'
    ]);
    expect(list.getAllByRole('link')).toHaveLength(1);
  });

  it.each([
    [{ note: 'On none.' }, 'On none.'],
    [{ tag: null }, 'There is no release that could be built.'],
    [{}, 'No builds of v1.2.0 are known.']
  ])('says in peace why there are no builds: %#', async (change, text) => {
    const setting = new Setting();
    setting.releases.builds = { kind: 'ready', answer: makeBuilds(change) };
    await setting.show({});

    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Give Git a Token…' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Requests to bots' })).toBeNull();
  });

  it('leads to a token where builds want one, and tries again where they failed', async () => {
    const setting = new Setting();
    const answer = makeBuilds({ note: 'No token.', wants_token: true });
    setting.releases.builds = { kind: 'ready', answer };
    const { recorded } = await setting.show({});
    await press('Give Git a Token…');
    expect(recorded.calls).toEqual([{ id: CommandIDs.keepForgeToken, args: FOLDER }]);

    const problem = makeProblem();
    setting.releases.builds = { kind: 'error', problem };
    setting.releases.requests = { kind: 'error', problem };
    act(() => setting.releases.stateChanged.emit());
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    await press('Retry');

    expect(setting.releases.refreshCount).toBe(1);
  });

  it('says that bots are asked for nothing, and asks one', async () => {
    const setting = new Setting();
    setting.releases.builds = { kind: 'ready', answer: makeBuilds() };
    setting.releases.requests = { kind: 'ready', answer: [] };
    const { recorded } = await setting.show({});
    expect(screen.getByText('No open issue asks a bot for something.')).toBeTruthy();

    await press('Ask a Bot…');

    expect(recorded.calls).toEqual([{ id: CommandIDs.askBot, args: FOLDER }]);
  });

  it('follows an issue that is unfolded', async () => {
    const setting = new Setting();
    setting.releases.builds = { kind: 'ready', answer: makeBuilds() };
    setting.releases.requests = { kind: 'ready', answer: [makeRequest()] };
    setting.releases.followed = makeFollowed({
      is_open: false,
      comments: [
        { author: 'bot', body: 'On it.', created_at: '2026-11-02T10:00:00Z' },
        { author: 'jo', body: 'x'.repeat(500), created_at: '2026-11-02T10:00:00Z' }
      ],
      pull_request: {
        number: 8,
        title: 'Release of version 1.3.0',
        url: 'https://git.example.org/jo/churn/pulls/8',
        state: 'merged',
        merge_commit: 'c2'
      },
      tag: 'v1.3.0',
      builds: [{ name: 'ci', state: 'passed', url: '' }]
    });
    await setting.show({});
    const item = screen.getByRole('list', { name: 'What bots are asked for' });
    expect(item.textContent).toBe('#7 New minor release open');

    await userEvent.click(screen.getByText('#7 New minor release'));

    expect(await screen.findByText('On it.')).toBeTruthy();
    expect(item.textContent).toContain(`${'x'.repeat(400)}…`);
    expect(item.textContent).toContain('New minor release closed');
    expect(item.textContent).toContain('Pull request 8 merged');
    expect(item.textContent).toContain('Tagged v1.3.0.');
    expect(screen.getByRole('list', { name: 'Builds of issue 7' })).toBeTruthy();
  });

  it('says why an issue cannot be followed, and that nobody answered', async () => {
    const setting = new Setting();
    setting.releases.builds = { kind: 'ready', answer: makeBuilds() };
    setting.releases.requests = { kind: 'ready', answer: [makeRequest()] };
    setting.releases.problem = new Error('It is gone.');
    await setting.show({});
    await userEvent.click(screen.getByText('#7 New minor release'));
    expect((await screen.findByRole('alert')).textContent).toContain('It is gone.');

    setting.releases.problem = null;
    setting.releases.requests = { kind: 'ready', answer: [makeRequest()] };
    act(() => setting.releases.stateChanged.emit());

    expect(await screen.findByText('Nobody answered yet.')).toBeTruthy();
  });

  it('offers a workflow where nothing tags what a pull request brings', async () => {
    const { recorded } = await new Setting().show({
      release: makeRecord({ mode: 'pull-request' }),
      workflow_missing: true
    });

    await press('Add Workflow…');

    expect(recorded.calls).toEqual([
      { id: CommandIDs.writeReleaseWorkflow, args: FOLDER }
    ]);
  });

  it('asks the server only while it is looked at', () => {
    const { releases, jobs, recorded } = new Setting();
    const { commands } = recorded;
    const content = new ReleaseContent({ releases, jobs, commands, trans });
    expect(releases.watched).toEqual([]);

    content.processMessage({ type: 'after-show' } as never);
    content.processMessage({ type: 'after-hide' } as never);
    content.dispose();

    expect(releases.watched).toEqual([true, false]);
  });
});
