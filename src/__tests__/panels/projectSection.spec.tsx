import { Widget } from '@lumino/widgets';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { ProjectContent } from '../../panels/ProjectSection';
import { ProjectView } from '../../panels/ProjectView';
import { eventually, FakeJobs, makeProblem, recordingCommands, trans } from '../doubles';
import { FakeProject, makeGit, makeLink, makeNext, makeProject } from '../projectDoubles';

class Setting {
  readonly model = new FakeProject();
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  show(): this {
    const { model, jobs } = this;
    const { commands } = this.recorded;
    render(<ProjectView {...{ model, jobs, commands, trans }} />);
    return this;
  }
}

async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name }));
}

describe('the section of the project', () => {
  it('says that it looks, and keeps what is shown while it looks again', () => {
    const setting = new Setting();
    setting.model.state = { kind: 'idle' };
    setting.show();
    expect(screen.getByText('Loading the project…')).toBeTruthy();

    act(() => setting.model.show({}));
    act(() => {
      setting.model.state = { kind: 'loading', answer: makeProject() };
      setting.model.stateChanged.emit();
    });

    expect(screen.getAllByRole('listitem')).toHaveLength(6);
    expect(screen.getByRole('status').textContent).toBe('Nothing is due.');
  });

  it('says in peace what went wrong, and looks again', async () => {
    const setting = new Setting();
    setting.model.state = { kind: 'error', problem: makeProblem({ message: 'No.' }) };
    setting.show();

    expect(screen.getByText('No.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Retry');

    expect(setting.model.refreshCount).toBe(1);
  });

  it('looks whether all is as it was when somebody comes back to it', async () => {
    const setting = new Setting();
    setting.model.show({});
    setting.show();

    await userEvent.hover(screen.getByRole('list', { name: 'Links of the chain' }));

    expect(setting.model.comeBackCount).toBe(1);
  });

  it('has a row for each link, with its one next action', async () => {
    const setting = new Setting();
    setting.model.show({
      next: 'notebooks',
      links: [
        makeLink({
          state: 'attention',
          summary: '1 of 2 notebooks locked.',
          details: ['a.ipynb is not locked.'],
          next: makeNext('lock-notebook', { path: 'a.ipynb' })
        }),
        makeLink({ name: 'release', state: 'problem', summary: 'It failed.' })
      ]
    });
    setting.show();

    const [row] = screen.getAllByRole('listitem');
    expect(within(row).getByText('to do')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('1 problem, 1 to do');
    const text = within(row).getByRole('button', { name: /^Notebooks/ });
    expect(text.title).toContain('a.ipynb is not locked.');
    await userEvent.click(text);
    const button = within(row).getByRole('button', { name: 'Lock' });
    expect(button.title).toBe('Lock a.ipynb');
    await userEvent.click(button);

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.showSidebar, args: { section: 'dependencies' } },
      { id: CommandIDs.doNextStep, args: { link: 'notebooks' } }
    ]);
  });

  it('does not look up advisories twice', () => {
    const setting = new Setting();
    setting.model.isAuditing = true;
    setting.model.show({
      links: [
        makeLink({
          name: 'advisories',
          state: 'unknown',
          next: makeNext('audit-project')
        })
      ]
    });
    setting.show();

    const button = screen.getByRole('button', { name: 'Audit' });
    expect(button).toHaveProperty('disabled', true);
    expect(screen.getByRole('status').textContent).toBe('1 not known');
  });

  it('says where the repository is, and opens Git', async () => {
    const setting = new Setting();
    const git = makeGit({ ahead: 2, behind: 1, uncommitted: ['a.ipynb'] });
    setting.model.show({ git });
    setting.model.changed = ['work/churn/b.ipynb'];
    setting.show();

    expect(
      screen.getByText(/2 commits ahead · 1 commit behind · 1 file not committed/)
    ).toBeTruthy();
    expect(screen.getByText('Not saved, so not looked at: b.ipynb')).toBeTruthy();
    await press('Open Git');

    expect(setting.recorded.calls).toEqual([{ id: CommandIDs.openGit, args: {} }]);
  });

  it('opens no Git where there is nothing to do or git does not tell', () => {
    const setting = new Setting();
    setting.model.show({ git: makeGit({ branch: null }) });
    setting.show();
    expect(screen.getByText('no branch')).toBeTruthy();

    act(() => setting.model.show({ git: makeGit({ problem: 'git is missing.' }) }));

    expect(screen.getByText('git is missing.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Open Git' })).toBeNull();
  });

  it('offers to adopt what is no project yet', async () => {
    const setting = new Setting();
    const adoption = { offered: true, repository: false, missing: ['OWNERS'] };
    setting.model.show({ git: null, adoption });
    setting.show();
    expect(screen.getByText('The folder is no project yet.')).toBeTruthy();
    expect(screen.getByText('In no Git repository.')).toBeTruthy();

    await press('Adopt…');
    act(() => setting.model.show({ adoption: { ...adoption, repository: true } }));

    expect(setting.recorded.calls).toEqual([{ id: CommandIDs.adoptProject, args: {} }]);
    expect(screen.getByText(/has not adopted the template/)).toBeTruthy();
  });
});

describe('the content of that section', () => {
  it('looks at the project as long as it is visible', async () => {
    const { model, jobs, recorded } = new Setting();
    const { commands } = recorded;
    const projects = { load: () => Promise.resolve(model) };
    const content = new ProjectContent({ projects, jobs, commands, trans });
    onTestFinished(() => content.dispose());

    await act(async () => Widget.attach(content, document.body));
    await eventually(() => expect(model.watched).toEqual([true]));
    await screen.findByText('churn');
    await act(async () => content.hide());
    await eventually(() => expect(model.watched).toEqual([true, false]));
    await act(async () => content.show());

    await eventually(() => expect(model.watched).toEqual([true, false, true]));
  });

  it('waits until somebody sees it', async () => {
    const { model, jobs, recorded } = new Setting();
    const { commands } = recorded;
    const projects = { load: () => Promise.resolve(model) };
    const content = new ProjectContent({ projects, jobs, commands, trans });
    onTestFinished(() => content.dispose());
    content.hide();

    await act(async () => Widget.attach(content, document.body));

    expect(content.node.textContent).toBe('');
    expect(model.watched).toEqual([]);
  });
});
