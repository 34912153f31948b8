import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { RunComparisonView } from '../../components/RunComparisonView';
import { runSummary, secondsText } from '../../components/runText';
import { PipelinesView } from '../../panels/PipelinesView';
import { FakeJobs, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakePipelines,
  makeEntry,
  makeRun,
  makeRunJob,
  makeStepRun
} from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';
const OPEN = 'docmanager:open';

class Setting {
  readonly model = new FakePipelines();
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands([...Object.values(CommandIDs), OPEN]);

  show(): this {
    const { model, jobs } = this;
    const { commands } = this.recorded;
    render(<PipelinesView {...{ model, jobs, commands, trans }} />);
    return this;
  }

  press(name: string | RegExp): Promise<void> {
    return userEvent.click(screen.getByRole('button', { name }));
  }
}

const FAILED = makeRun({
  state: 'failed',
  steps: [
    makeStepRun({ state: 'cached', cached: true, reason: 'nothing changed since r0' }),
    makeStepRun({
      name: 'train',
      upstream: ['load'],
      state: 'failed',
      error: {
        cell: 1,
        name: 'ValueError',
        message: 'no such column\nmore',
        traceback: ['\u001b[31mTraceback\u001b[0m', 'line 1']
      }
    })
  ]
});

describe('the section of pipelines', () => {
  it('says what to do where there are none, and that it looks before', async () => {
    const setting = new Setting();
    setting.model.current = null;
    setting.model.list = { kind: 'loading', answer: null };
    setting.show();
    expect(screen.getByText('Loading the pipelines…')).toBeTruthy();

    setting.model.list = { kind: 'ready', answer: [] };
    act(() => setting.model.changed.emit());

    expect(screen.getByText('The project has no pipelines.')).toBeTruthy();

    setting.model.list = { kind: 'loading', answer: [] };
    act(() => setting.model.changed.emit());

    expect(screen.getByText('The project has no pipelines.')).toBeTruthy();
    await setting.press('Create Pipeline…');
    expect(setting.recorded.calls[0].id).toBe(CommandIDs.createPipeline);
  });

  it('tells why the pipelines cannot be listed, and tries again', async () => {
    const setting = new Setting();
    setting.model.list = { kind: 'error', problem: makeProblem() };
    setting.show();

    await setting.press('Retry');

    expect(screen.getByRole('alert')).toBeTruthy();
    expect(setting.model.calls).toEqual([['refresh']]);
  });

  it('runs a pipeline, and only what has changed', async () => {
    const setting = new Setting().show();
    expect(screen.getByText('It was not run here yet.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Step train. After load.' })).toBeTruthy();

    await setting.press('Run');
    await setting.press('Run Only Changed');
    await setting.press('Open');

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.runPipeline, args: { path: PATH } },
      { id: CommandIDs.runPipeline, args: { path: PATH, only_changed: true } },
      { id: OPEN, args: { path: PATH } }
    ]);
  });

  it('chooses among several', async () => {
    const setting = new Setting();
    const other = makeEntry({ path: 'other.pipeline' });
    setting.model.list = { kind: 'ready', answer: [makeEntry(), other] };
    setting.show();

    await userEvent.selectOptions(screen.getByRole('combobox'), 'other.pipeline');

    expect(setting.model.calls).toEqual([['choose', 'other.pipeline']]);
  });

  it('does not run what cannot be read, and says why', () => {
    const setting = new Setting();
    const error = { code: 'pipeline.invalid', message: 'It is not JSON.', hint: '' };
    setting.model.current = makeEntry({ nodes: [], error });
    setting.show();

    expect(screen.getByRole('alert').textContent).toContain('It is not JSON.');
    const button = screen.getByRole('button', { name: 'Run' }) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
  });

  it('shows how far a run is, and stops it', async () => {
    const setting = new Setting();
    setting.model.job = makeRunJob();
    const running = { state: 'running', cell: 2, cell_count: 5, log: null } as const;
    setting.model.have(
      makeRun({
        state: 'running',
        seconds: null,
        steps: [
          makeStepRun(),
          makeStepRun({ name: 'train', upstream: ['load'], ...running })
        ]
      })
    );
    setting.show();
    expect(screen.getByRole('status').textContent).toBe(
      'Running: 1 of 2 steps are done.'
    );
    expect(
      screen.getByRole('button', {
        name: 'Step train: running, cell 2 of 5. After load.'
      })
    ).toBeTruthy();
    // The step that runs is looked at by itself, with its log.
    expect(await screen.findByText('a line')).toBeTruthy();

    await setting.press('Cancel');

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.cancelPipelineRun, args: { path: PATH, run: 'r1' } }
    ]);
  });

  it('stops a job that came to no run yet', async () => {
    const setting = new Setting();
    setting.model.job = makeRunJob();
    setting.show();

    await setting.press('Cancel');

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.cancelJob, args: { path: PATH, job_id: 'job-1' } }
    ]);
  });

  it('tells why a job came to no run', async () => {
    const setting = new Setting();
    const error = makeProblem({ message: 'Another run goes on.' });
    setting.model.failed = makeRunJob({ state: 'failed', error });
    setting.show();
    expect(screen.getByRole('alert').textContent).toContain('Another run goes on.');

    await setting.press('Show Log');

    expect(setting.recorded.calls[0].id).toBe(CommandIDs.showJobLog);
  });

  it('leads from a step that failed to its cell, its source and a run from there', async () => {
    const setting = new Setting();
    setting.model.have(FAILED);
    setting.show();
    const details = screen.getByRole('region', { name: 'Step train' });
    expect(details.textContent).toContain('Cell 2: ValueError: no such column');
    expect(within(details).getByLabelText('Traceback').textContent).toBe(
      'Traceback\nline 1'
    );
    expect(screen.getByText('nothing changed since r0')).toBeTruthy();

    await setting.press('Open at Cell 2');
    await setting.press('Open Original');
    await setting.press('Run from Here');

    expect(setting.recorded.calls).toEqual([
      {
        id: CommandIDs.openExecutedNotebook,
        args: { path: PATH, run: 'r1', step: 'train' }
      },
      { id: OPEN, args: { path: 'work/load.ipynb' } },
      { id: CommandIDs.runPipeline, args: { path: PATH, from_step: 'train' } }
    ]);
  });

  it('shows the log of a step that somebody opens, and what the step left', async () => {
    const setting = new Setting();
    const outputs = [{ path: 'work/numbers.txt', digest: 'a', size: 3, kept: null }];
    setting.model.have(makeRun({ steps: [makeStepRun({ outputs })] }));
    setting.show();

    await setting.press(/^load\s+succeeded/);
    await userEvent.click(screen.getByText('Log'));

    expect(await screen.findByText('a line')).toBeTruthy();
    expect(screen.getByText('work/numbers.txt')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open Result' })).toBeTruthy();
  });

  it('looks at earlier runs, and compares them', async () => {
    const setting = new Setting();
    setting.model.have(makeRun({ run: 'r2' }), makeRun({ run: 'r1' }));
    setting.model.shown = makeRun({ run: 'r1' });
    setting.show();
    await userEvent.click(screen.getByText('2 runs'));
    const [newer] = within(screen.getByRole('list', { name: 'Runs' })).getAllByRole(
      'listitem'
    );

    await userEvent.click(within(newer).getByRole('button', { name: 'Compare' }));
    await userEvent.click(within(newer).getAllByRole('button')[0]);
    await setting.press('Show Last Run');

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.compareRuns, args: { path: PATH, run: 'r2', with: 'r1' } }
    ]);
    expect(setting.model.calls).toEqual([
      ['show', 'r2'],
      ['show', null]
    ]);
  });
});

describe('what was found in a pipeline', () => {
  const finding = {
    level: 'error',
    code: 'pipeline.missing',
    message: 'train.ipynb is not there.',
    hint: 'Is it train2.ipynb?',
    node: 'train',
    field: 'filename'
  } as const;
  const report = { path: PATH, name: 'churn', version: 8, valid: false, findings: [] };

  it('is asked for, and shown with its step and what to do', async () => {
    const setting = new Setting().show();
    await setting.press('Check');
    expect(setting.model.calls).toEqual([['check', PATH]]);

    const findings = [finding, { ...finding, level: 'warning', node: null } as const];
    setting.model.report = { kind: 'ready', answer: { ...report, findings } };
    act(() => setting.model.changed.emit());

    const region = screen.getByRole('region', { name: 'Check' });
    expect(region.textContent).toContain('1 error, 1 warning');
    expect(region.textContent).toContain('Is it train2.ipynb?');
    await userEvent.click(within(region).getByRole('button', { name: 'train' }));
    const node = screen.getByRole('button', { name: 'Step train. After load.' });
    expect(node.getAttribute('aria-pressed')).toBe('true');
    await setting.press('Close');
    expect(setting.model.calls.pop()).toEqual(['forgetReport']);
  });

  it('may be nothing', () => {
    const setting = new Setting();
    setting.model.report = { kind: 'ready', answer: { ...report, valid: true } };
    setting.show();

    expect(screen.getByText('Nothing stands in the way.')).toBeTruthy();
  });
});

describe('what a run came to', () => {
  it.each([
    [makeRun(), 'Succeeded in 12 s.'],
    [
      makeRun({
        steps: [makeStepRun({ state: 'cached', cached: true })],
        seconds: 0.31
      }),
      'Succeeded in 0.3 s: 1 of 1 steps had not to be run again.'
    ],
    [FAILED, 'Failed after 12 s: train.'],
    [makeRun({ state: 'failed', steps: [] }), 'Failed after 12 s.'],
    [makeRun({ state: 'cancelled' }), 'Cancelled after 12 s.']
  ])('is told in a sentence', (run, sentence) => {
    expect(runSummary(run, trans)).toBe(sentence);
  });

  it('took minutes and seconds', () => {
    expect(secondsText(125, trans)).toBe('2 min 5 s');
  });
});

describe('a comparison', () => {
  it('says for each step what differs', () => {
    render(
      <RunComparisonView
        trans={trans}
        comparison={{
          before: 'r1',
          after: 'r2',
          same: false,
          seconds_before: 3,
          seconds_after: 1,
          parameters: [{ name: 'rate', before: null, after: '0.5' }],
          steps: [
            {
              name: 'train',
              same: false,
              before: { state: 'succeeded', seconds: 2 },
              after: { state: 'failed', seconds: null },
              changes: ['cell 2 changed'],
              outputs: [
                { path: 'a', before: null, after: 'x' },
                { path: 'b', before: 'x', after: null },
                { path: 'c', before: 'x', after: 'y' }
              ]
            },
            {
              name: 'new',
              same: true,
              before: null,
              after: null,
              changes: [],
              outputs: []
            }
          ]
        }}
      />
    );

    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows.slice(1)).toEqual([
      'trainsucceeded, 2.0 sfailedcell 2 changed; a is new; b is gone; c has other content',
      'newis not in itis not in itnothing'
    ]);
    expect(screen.getByText('rate: – → 0.5')).toBeTruthy();
  });
});
