import { Notification } from '@jupyterlab/apputils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import type { IPipelineContext } from '../../commands/pipelineContext';
import { runMessage } from '../../commands/pipelineOutcome';
import { addPipelineCommands } from '../../commands/pipelines';
import type { IDraftChoice } from '../../pipelineTokens';
import { eventually, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakePipelines,
  makeDraft,
  makeEntry,
  makeRun,
  makeRunJob,
  makeStepRun
} from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';
const OPEN = 'docmanager:open';
const CHOICE = { onlyChanged: false, fromStep: null, parameters: {}, trusted: [] };

class Setting implements IPipelineContext {
  readonly model = new FakePipelines();
  readonly recorded = recordingCommands([
    CommandIDs.showPipelines,
    CommandIDs.revealCell,
    OPEN
  ]);
  readonly commands = this.recorded.commands;
  readonly pipelines = { load: async () => this.model };
  readonly trans = trans;
  selected: string[] = [];
  front: string | null = null;
  saved: string[] = [];

  constructor() {
    addPipelineCommands(this);
  }

  selectedPaths = (): string[] => this.selected;
  frontPath = (): string | null => this.front;

  save = async (path: string): Promise<void> => {
    this.saved.push(path);
  };

  get told(): string[] {
    return Notification.manager.notifications.map(({ message }) => message);
  }
}

beforeEach(() => Notification.manager.dismiss());

describe('running a pipeline', () => {
  it('saves it first, and shows the run', async () => {
    const setting = new Setting();

    await setting.commands.execute(CommandIDs.runPipeline, { path: PATH });

    expect(setting.saved).toEqual([PATH]);
    expect(setting.model.calls).toEqual([['run', PATH, CHOICE]]);
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.showPipelines, args: { path: PATH } }
    ]);
  });

  it.each([
    [{ only_changed: true }, { onlyChanged: true }],
    [{ from_step: 'train' }, { fromStep: 'train' }]
  ])('takes what is wanted of it', async (args, choice) => {
    const setting = new Setting();

    await setting.commands.execute(CommandIDs.runPipeline, args);

    expect(setting.model.calls).toEqual([['run', PATH, { ...CHOICE, ...choice }]]);
  });

  it('is the same again once the user agrees to its indexes', async () => {
    const setting = new Setting();
    const trusted = ['https://index.example.org/simple'];
    const args = { path: PATH, trust_indexes: trusted };
    await setting.commands.execute(CommandIDs.runPipeline, args);
    setting.model.last = { ...CHOICE, fromStep: 'train', parameters: { rate: '1' } };
    await setting.commands.execute(CommandIDs.runPipeline, args);

    expect(setting.model.calls).toEqual([
      ['run', PATH, { ...CHOICE, trusted }],
      ['run', PATH, { ...setting.model.last, trusted }]
    ]);
  });

  it('means the file that is selected, or in front', async () => {
    const setting = new Setting();
    setting.model.current = makeEntry({ path: 'b.pipeline' });
    setting.front = 'b.pipeline';
    await setting.commands.execute(CommandIDs.runPipeline);
    setting.front = null;
    setting.selected = ['b.pipeline'];
    await setting.commands.execute(CommandIDs.runPipeline, { selected: true });

    expect(setting.saved).toEqual(['b.pipeline', 'b.pipeline']);
  });

  it('is in the menu of pipelines only', () => {
    const setting = new Setting();
    const isVisible = (): boolean =>
      setting.commands.isVisible(CommandIDs.runPipeline, { selected: true });
    expect(isVisible()).toBe(false);
    setting.selected = ['a.ipynb'];
    expect(isVisible()).toBe(false);
    setting.selected = ['a.pipeline'];
    expect(isVisible()).toBe(true);
    expect(setting.commands.isVisible(CommandIDs.runPipeline)).toBe(true);
  });

  it('shows the run that goes on instead of beginning another', async () => {
    const setting = new Setting();
    setting.model.job = makeRunJob();

    await setting.commands.execute(CommandIDs.runPipeline, { path: PATH });

    expect(setting.model.calls).toEqual([]);
    expect(setting.recorded.calls).toHaveLength(1);
  });

  it('tells that there is none, that it is gone, or that it cannot be read', async () => {
    const setting = new Setting();
    await setting.commands.execute(CommandIDs.runPipeline, { path: 'gone.pipeline' });
    const error = { code: 'x', message: 'It is not JSON.', hint: 'Mend it.' };
    setting.model.current = makeEntry({ error });
    await setting.commands.execute(CommandIDs.runPipeline, { path: PATH });
    setting.model.current = null;
    await setting.commands.execute(CommandIDs.runPipeline);

    expect(setting.told).toHaveLength(3);
    expect(setting.told.join()).toMatch(/no pipeline gone\.pipeline/);
    expect(setting.told.join()).toMatch(/It is not JSON\.\nMend it\./);
    expect(setting.told.join()).toMatch(/The project has no pipelines\./);
    expect(setting.model.calls).toEqual([['refresh']]);
  });
});

describe('a new pipeline', () => {
  const written = async (setting: Setting, args = {}): Promise<void> => {
    const done = setting.commands.execute(CommandIDs.createPipeline, args);
    await screen.findByText('work/churn.pipeline is written.');
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    await done;
  };

  it('is made of the notebooks that are selected, shown, and then written', async () => {
    const setting = new Setting();
    setting.selected = ['work/load.ipynb', 'work/notes.txt', 'work/train.py'];
    setting.front = 'work/other.ipynb';

    await written(setting);

    const names = ['work/load.ipynb', 'work/train.py'];
    const choice = { names, path: '', order: 'given', image: '' };
    expect(setting.model.calls).toEqual([
      ['draft', choice],
      ['create', choice, 'rev']
    ]);
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.showPipelines, args: { path: PATH } }
    ]);
  });

  it('is made of the one in front, or the one that is named', async () => {
    const setting = new Setting();
    setting.front = 'work/front.ipynb';
    await written(setting);
    await written(setting, { path: 'work/named.ipynb' });

    const names = setting.model.calls.map(([, choice]) => (choice as IDraftChoice).names);
    expect(names).toEqual([
      ['work/front.ipynb'],
      ['work/front.ipynb'],
      ['work/named.ipynb'],
      ['work/named.ipynb']
    ]);
  });

  it('follows what is typed, and is written only when it is shown', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.createPipeline);
    await screen.findByText('work/churn.pipeline is written.');
    await userEvent.type(screen.getByLabelText('Notebooks'), 'a.ipynb, b.ipynb');
    await userEvent.selectOptions(screen.getByLabelText('Order'), 'files');
    await userEvent.type(screen.getByLabelText('File'), 'c.pipeline');
    await userEvent.type(screen.getByLabelText('Image'), 'example.org/team:v1');
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(screen.getByRole('alert').textContent).toContain('not shown yet');

    const choice = {
      names: ['a.ipynb', 'b.ipynb'],
      path: 'c.pipeline',
      order: 'files',
      image: 'example.org/team:v1'
    };
    await eventually(() => expect(setting.model.calls.pop()).toEqual(['draft', choice]));
    await userEvent.click(await screen.findByRole('button', { name: /^Step train\./ }));
    expect(screen.getByText('train · train.ipynb')).toBeTruthy();
    expect(screen.getByText('train has no lock')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await done;

    expect(setting.recorded.calls).toEqual([]);
  });
});

it('an older pipeline is shown as it would be, saved before, and written', async () => {
  const setting = new Setting();
  setting.model.drafted = makeDraft({
    file: { path: PATH, state: 'replaced', text: '', diff: '' }
  });
  const done = setting.commands.execute(CommandIDs.importPipeline, { path: PATH });
  await screen.findByText(`${PATH} changes; what people edited in it stays.`);
  await userEvent.click(screen.getByRole('button', { name: 'Update' }));
  await done;

  expect(setting.saved).toEqual([PATH]);
  expect(setting.model.calls).toEqual([
    ['previewImport', PATH],
    ['import', PATH, 'rev'],
    ['refresh']
  ]);
});

describe('an executed notebook', () => {
  it('is opened at the cell that failed', async () => {
    const setting = new Setting();
    const error = { cell: 3, name: 'E', message: '', traceback: [] };
    setting.model.have(makeRun({ steps: [makeStepRun({ error })] }));

    const args = { path: PATH, run: 'r1', step: 'load' };
    await setting.commands.execute(CommandIDs.openExecutedNotebook, args);

    const path = 'work/runs/churn/r1/load.ipynb';
    expect(setting.recorded.calls).toEqual([
      { id: OPEN, args: { path } },
      { id: CommandIDs.revealCell, args: { path, cell: 3 } }
    ]);
  });

  it('may be missing, which is told', async () => {
    const setting = new Setting();
    setting.model.have(makeRun());

    const args = { path: PATH, run: 'r1', step: 'gone' };
    await setting.commands.execute(CommandIDs.openExecutedNotebook, args);

    expect(setting.told.join()).toContain('no notebook of step gone');
  });
});

it('runs are cancelled, and all is read again', async () => {
  const setting = new Setting();
  const { commands } = setting;

  await commands.execute(CommandIDs.cancelPipelineRun, { path: PATH, run: 'r1' });
  await commands.execute(CommandIDs.refreshPipelines);

  expect(setting.model.calls).toEqual([['cancel', PATH, 'r1'], ['refresh']]);
});

describe('what is told of a run', () => {
  it('leads to the run that succeeded', () => {
    const told = runMessage(makeRunJob({ state: 'succeeded' }), trans);

    expect(told).toMatchObject({ type: 'success', text: 'churn.pipeline succeeded.' });
    expect(told?.actions.map(({ label }) => label)).toEqual(['Show Run', 'Show Log']);
  });

  it('leads to the notebook of the step that failed', () => {
    const details = { run: 'r1', steps: ['train'] };
    const error = makeProblem({ message: 'train failed in cell 2', details });

    const told = runMessage(makeRunJob({ state: 'failed', error }), trans);

    expect(told?.text).toBe('churn.pipeline failed: train failed in cell 2');
    expect(told?.actions[0]).toMatchObject({
      label: 'Open Notebook',
      id: CommandIDs.openExecutedNotebook,
      args: { path: PATH, run: 'r1', step: 'train' }
    });
  });

  it('leads to the log of what came to no run, and is nothing where it was cancelled', () => {
    const lost = runMessage(makeRunJob({ state: 'failed' }), trans);

    expect(lost?.text).toContain('lost when the server stopped');
    expect(lost?.actions.map(({ label }) => label)).toEqual(['Show Log']);
    expect(runMessage(makeRunJob({ state: 'cancelled' }), trans)).toBeNull();
  });
});
