import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { splitMessage, splitNotes } from '../../commands/splitOutcome';
import { addOverlayCommands, addSplitCommands } from '../../commands/splits';
import type { SplitOutcome } from '../../splitTokens';
import { makeProblem, trans } from '../doubles';
import {
  makeOverlayResult,
  makeSplitJob,
  makeSplitResult,
  makeVerification
} from '../splitDoubles';
import { SplitSetting } from './splitSetting';

const INDEX = 'https://index.example/simple';

function setUp(): SplitSetting {
  const setting = new SplitSetting();
  addSplitCommands(setting);
  addOverlayCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

function told(): string[] {
  return Notification.manager.notifications.map(({ message }) => message);
}

async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name }));
}

function done(change = {}, tags: 'applied' | 'refused' | null = 'applied'): SplitOutcome {
  return { kind: 'done', job: makeSplitJob(), result: makeSplitResult(change), tags };
}

function untrusted(): SplitOutcome {
  const problem = makeProblem({
    code: 'lock.untrusted-index',
    details: { indexes: [{ url: INDEX }] }
  });
  return { kind: 'failed', job: makeSplitJob(), problem };
}

describe('the command that splits', () => {
  it.each([
    ['fresh', true, 'Split into steps:'],
    ['unsupported', true, 'Not a Python notebook:'],
    ['unsupported', false, 'Split into steps:']
  ] as const)('says what it does, or why it cannot: %s, %s', (word, isOpen, text) => {
    const { commands, dependencies, notebooks } = setUp();
    dependencies.word = word;
    if (!isOpen) {
      notebooks.activate(null);
    }

    expect(commands.caption(CommandIDs.splitNotebook)).toContain(text);
  });

  it('shows the preview of the current notebook', async () => {
    const { commands, document, previewed } = setUp();

    await commands.execute(CommandIDs.splitNotebook);

    expect(previewed).toEqual([document]);
  });

  it.each([
    [{ path: 'other.ipynb' }, null],
    [{ selected: true }, 'other.ipynb']
  ])('opens a notebook that is not open: %j', async (args, selection) => {
    const setting = setUp();
    setting.selection = selection;

    await setting.commands.execute(CommandIDs.splitNotebook, args);

    expect(setting.previewed.map(({ path }) => path)).toEqual(['other.ipynb']);
  });

  it('does nothing when nothing is selected', async () => {
    const { commands, previewed } = setUp();

    await commands.execute(CommandIDs.splitNotebook, { selected: true });

    expect(previewed).toEqual([]);
  });

  it('is there for Python notebooks', () => {
    const { commands, dependencies, notebooks } = setUp();
    const isEnabled = (args = {}): boolean =>
      commands.isEnabled(CommandIDs.splitNotebook, args);

    expect([isEnabled(), isEnabled({ selected: true })]).toEqual([true, true]);
    dependencies.word = 'unsupported';
    expect(isEnabled()).toBe(false);
    notebooks.current = null;
    expect([isEnabled(), isEnabled({ path: 'other.ipynb' })]).toEqual([false, true]);
  });

  it('tells that a notebook cannot be opened', async () => {
    const setting = setUp();
    const failing = { ...setting, open: () => Promise.reject(new Error('no such file')) };
    const { commands } = new SplitSetting();
    addSplitCommands({ ...failing, commands });

    await commands.execute(CommandIDs.splitNotebook, { path: 'other.ipynb' });

    expect(told()).toEqual(['no such file']);
  });
});

describe('the command that creates steps', () => {
  it('applies the preview, and is there while there is one', async () => {
    const { commands, document, splits } = setUp();
    expect(commands.isEnabled(CommandIDs.createSteps)).toBe(false);
    splits.begin(document);
    expect(commands.isEnabled(CommandIDs.createSteps)).toBe(true);
    splits.outcomes = [done()];

    await commands.execute(CommandIDs.createSteps);

    expect(splits.applied).toEqual([[]]);
    splits.job = makeSplitJob();
    expect(commands.isEnabled(CommandIDs.createSteps)).toBe(false);
  });

  it('asks whether an index may be trusted, and applies once more', async () => {
    const { commands, document, splits } = setUp();
    splits.begin(document);
    splits.outcomes = [untrusted(), done()];

    const creating = commands.execute(CommandIDs.createSteps);
    expect(await screen.findByText(INDEX)).toBeTruthy();
    await press(/^Trust/);
    await creating;

    expect(splits.applied).toEqual([[], [INDEX]]);
  });

  it('gives up when the index is not trusted, or still is not', async () => {
    const { commands, document, splits } = setUp();
    splits.begin(document);
    splits.outcomes = [untrusted()];
    const creating = commands.execute(CommandIDs.createSteps);
    await press('Cancel');
    await creating;

    splits.outcomes = [untrusted(), untrusted()];
    const again = commands.execute(CommandIDs.createSteps);
    await press(/^Trust/);
    await again;

    expect(splits.applied).toEqual([[], [], [INDEX]]);
  });

  it('tells what keeps it from being asked for', async () => {
    const { commands, document, splits } = setUp();
    splits.begin(document);
    splits.outcomes = [new ApiError(makeProblem(), 422)];

    await commands.execute(CommandIDs.createSteps);

    expect(told()[0]).toContain('contradict');
  });
});

describe('the commands about verification', () => {
  it('verify and show what was found', async () => {
    const setting = setUp();
    const { commands, document, splits } = setting;
    splits.outcomes = [{ kind: 'cancelled', job: makeSplitJob() }];
    splits.found = makeVerification();

    await commands.execute(CommandIDs.verifySteps);
    await commands.execute(CommandIDs.showVerification);

    expect(splits.verified).toEqual([document]);
    expect(setting.reported).toEqual([makeVerification()]);
  });

  it('say that nothing was found any more', async () => {
    const setting = setUp();

    await setting.commands.execute(CommandIDs.showVerification);

    expect(setting.reported).toEqual([]);
    expect(told()[0]).toContain('Verify again');
  });

  it('do nothing without a notebook', async () => {
    const { commands, notebooks, splits } = setUp();
    notebooks.current = null;

    await commands.execute(CommandIDs.verifySteps);

    expect(splits.verified).toEqual([]);
  });
});

describe('the commands about overlays', () => {
  it('extract one under the name that is asked for, once it was previewed', async () => {
    const { commands, overlays } = setUp();
    overlays.results = [makeOverlayResult()];

    const extracting = commands.execute(CommandIDs.extractOverlay);
    expect(await screen.findByText('Goes to overlays/train.')).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'mine');
    await waitFor(() => expect(overlays.asked.at(-1)?.name).toBe('mine'));
    await press('Extract');
    await extracting;

    expect(overlays.asked.map(({ name, isDry }) => [name, isDry])).toEqual([
      ['', true],
      ['mine', true],
      ['mine', false]
    ]);
    expect(told()).toEqual(['The overlay is in overlays/train.']);
  });

  it('offer another name for one that is taken, or to take it all the same', async () => {
    const { commands, overlays } = setUp();
    const details = { suggestion: 'train-2' };
    const taken = makeProblem({
      code: 'format.overlay-taken',
      message: 'Taken.',
      details
    });
    overlays.results = [new ApiError(taken, 422), makeOverlayResult()];

    const extracting = commands.execute(CommandIDs.extractOverlay);
    expect((await screen.findByRole('alert')).textContent).toContain('Taken.');
    expect(screen.getByRole('checkbox').matches(':checked')).toBe(false);
    await press('Rename to train-2');
    expect(await screen.findByText('Goes to overlays/train.')).toBeTruthy();
    await press('Cancel');
    await extracting;

    expect(overlays.asked.map(({ name, force }) => [name, force])).toEqual([
      ['', false],
      ['train-2', false]
    ]);
    expect(told()).toEqual([]);
  });

  it('ask for trust, and say why the overlay was not written', async () => {
    const { commands, overlays } = setUp();
    const details = { indexes: [{ url: INDEX }] };
    const problem = makeProblem({ code: 'lock.untrusted-index', details });
    overlays.results = [
      new ApiError(problem, 422),
      makeOverlayResult({ notes: ['Look at it.'] }),
      new ApiError(makeProblem(), 422)
    ];

    const extracting = commands.execute(CommandIDs.extractOverlay);
    await press('Trust for This Overlay');
    expect(await screen.findByText('Look at it.')).toBeTruthy();
    expect(overlays.asked.at(-1)?.trusted).toEqual([INDEX]);
    await press('Extract');
    expect((await screen.findByRole('alert')).textContent).toContain('contradict');
    await press('Cancel');
    await extracting;

    expect(overlays.asked.at(-1)?.isDry).toBe(false);
  });

  it('check what their notebooks import', async () => {
    const { commands, overlays } = setUp();

    await commands.execute(CommandIDs.refreshOverlays);

    expect(overlays.checkCount).toBe(1);
  });
});

describe('splitMessage', () => {
  const job = makeSplitJob();

  it.each<[SplitOutcome, string, string, string[]]>([
    [
      done(),
      'success',
      '2 files were written. Save the notebook',
      ['Create Pipeline…', 'Show Log']
    ],
    [done({}, 'refused'), 'warning', 'was not recorded', ['Show Log']],
    [
      done({ verified: true, verification: makeVerification() }, null),
      'success',
      'The steps do the same as the notebook.',
      ['Show Verification', 'Create Pipeline…', 'Show Log']
    ],
    [
      done({
        verified: false,
        verification: makeVerification({ verified: false, summary: 'Not so.' })
      }),
      'warning',
      'Not so.',
      ['Show Verification', 'Show Log']
    ],
    [
      done({
        verification: makeVerification({
          verified: false,
          verdict: 'not-checkable',
          summary: 'It cannot be said.'
        })
      }),
      'warning',
      'It cannot be said.',
      ['Show Verification', 'Show Log']
    ],
    [
      done({ written: [], unchanged: ['one'], deleted: ['old.ipynb'] }, null),
      'success',
      '0 files were written. 1 file was deleted.',
      ['Create Pipeline…', 'Show Log']
    ],
    [
      done({ written: [], unchanged: ['one'] }, null),
      'success',
      'are what they should be already.',
      ['Create Pipeline…', 'Show Log']
    ],
    [
      { kind: 'verified', job, result: makeVerification() },
      'success',
      'do the same as the notebook.',
      ['Show Verification', 'Show Log']
    ],
    [
      {
        kind: 'verified',
        job,
        result: makeVerification({ verified: false })
      },
      'warning',
      'train.ipynb: The steps were not found',
      ['Show Verification', 'Show Log']
    ],
    [
      { kind: 'failed', job, problem: makeProblem({ message: '' }) },
      'error',
      'could not be split: The job was lost',
      ['Show Log']
    ],
    [
      {
        kind: 'failed',
        job: makeSplitJob({ kind: 'verify-split' }),
        problem: makeProblem()
      },
      'error',
      'could not be verified: The requirements',
      ['Show Log']
    ]
  ])('tells what became of it: %#', (outcome, type, text, labels) => {
    const message = splitMessage(outcome, trans);

    expect(message?.type).toBe(type);
    expect(message?.text).toContain(text);
    expect(message?.actions.map(({ label }) => label)).toEqual(labels);
  });

  it('has nothing to tell of what was cancelled', () => {
    const outcome: SplitOutcome = { kind: 'cancelled', job };

    expect(splitMessage(outcome, trans)).toBeNull();
    expect(splitNotes(outcome, trans)).toEqual([]);
  });

  it('tells each note of a split', () => {
    const notes = splitNotes(done({ notes: ['One.', 'Two.'] }), trans);

    expect(notes.map(({ text }) => text)).toEqual(['One.', 'Two.']);
  });
});
