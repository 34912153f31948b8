import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { CommandIDs } from '../../commandIds';
import { submissionTexts } from '../../components/engineText';
import { PipelinesView } from '../../panels/PipelinesView';
import type { PipelineRun, RuntimeTest } from '../../pipelineTokens';
import { SUBMIT_JOB } from '../../pipelineTokens';
import { eventually, FakeJobs, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakePipelines,
  makeEntry,
  makeImage,
  makeRun,
  makeRunJob,
  makeRuntime,
  makeStepRun
} from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';

class Setting {
  readonly model = new FakePipelines();
  readonly engines = this.model.engines;
  readonly jobs = new FakeJobs();
  readonly recorded = recordingCommands(Object.values(CommandIDs));

  show(): this {
    const { model, jobs } = this;
    const { commands } = this.recorded;
    render(<PipelinesView {...{ model, jobs, commands, trans }} />);
    return this;
  }
}

function press(name: string | RegExp): Promise<void> {
  return userEvent.click(screen.getByRole('button', { name }));
}

function remote(change: Partial<PipelineRun> = {}): PipelineRun {
  const links = {
    run: 'https://kfp.example.org/#/runs/details/1',
    dag: 'https://git.example.org/team/dags',
    other: 'javascript:alert(1)'
  };
  const there = { notebook: null, log: null, where: 'registry.example.org/a:v1' };
  return makeRun({
    run: 'k1',
    kind: 'kubeflow',
    state: 'running',
    seconds: null,
    links,
    steps: [
      makeStepRun(there),
      makeStepRun({ ...there, name: 'train', state: 'running', started_at: 1002 })
    ],
    ...change
  });
}

describe('a run elsewhere', () => {
  it('says where it is, leads there, and can be stopped while others run here', async () => {
    const setting = new Setting();
    setting.model.have(remote());
    setting.show();

    expect(screen.getByText(/The last run, of .* · Kubeflow Pipelines$/)).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Open on Kubeflow Pipelines' });
    expect(link.getAttribute('href')).toBe('https://kfp.example.org/#/runs/details/1');
    expect(screen.getByRole('link', { name: 'Open the DAG' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'other' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Run' }).matches(':disabled')).toBe(false);
    expect(screen.queryByRole('button', { name: 'Run from Here' })).toBeNull();

    await press('Cancel Run');

    const args = { path: PATH, run: 'k1' };
    expect(setting.recorded.calls).toEqual([{ id: CommandIDs.cancelPipelineRun, args }]);
  });

  it('is tried again where it failed, and shows the log that it has stored', async () => {
    const setting = new Setting();
    setting.model.have(remote({ state: 'failed', seconds: 3 }), makeRun());
    setting.show();

    await press('Retry');
    await userEvent.click(screen.getByText('Log'));

    expect(await screen.findByText('a line')).toBeTruthy();
    const args = { path: PATH, run: 'k1' };
    expect(setting.recorded.calls).toEqual([{ id: CommandIDs.retryPipelineRun, args }]);
    await userEvent.click(screen.getByText('2 runs'));
    const [first, second] = within(
      screen.getByRole('list', { name: 'Runs' })
    ).getAllByRole('listitem');
    expect(first.textContent).toContain('Kubeflow Pipelines');
    expect(second.textContent).not.toContain('Kubeflow');
  });

  it('lists what it has stored, once somebody wants to see it', async () => {
    const setting = new Setting();
    setting.model.have(remote());
    const file = { modified: '2026-11-20T10:00:00Z' };
    setting.model.stored = {
      run: 'k1',
      url: 'https://minio.example.org/runs',
      files: [
        { ...file, name: 'a.txt', size: 7 },
        { ...file, name: 'b.txt', size: 2500 },
        { ...file, name: 'c.txt', size: 3_100_000 }
      ]
    };
    setting.show();
    expect(setting.model.calls).toEqual([]);

    await userEvent.click(screen.getByText('Stored files'));

    const list = await screen.findByRole('list', { name: 'Stored files' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(one => one.textContent)
    ).toEqual(['a.txt 7 B', 'b.txt 2.5 kB', 'c.txt 3.1 MB']);
    expect(setting.model.calls).toEqual([['outputs', PATH, 'k1']]);
  });

  it('may be one that nobody knows more of', async () => {
    const setting = new Setting();
    setting.model.have(remote({ kind: 'airflow', state: 'unknown' }));
    setting.show();

    expect(screen.getByText(/^Handed over/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open on Apache Airflow' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Cancel|Retry/ })).toBeNull();
    await userEvent.click(screen.getByText('Stored files'));
    expect(await screen.findByText('It has stored nothing yet.')).toBeTruthy();
  });
});

describe('a submission', () => {
  it('shows how far it is, and can be stopped', async () => {
    const setting = new Setting();
    const progress = { message: 'Submitting with Elyra', fraction: null };
    setting.model.submitting = makeRunJob({ kind: SUBMIT_JOB, progress });
    setting.show();
    expect(screen.getByText('Submitting with Elyra')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Submit…' }).matches(':disabled')).toBe(
      true
    );

    await press('Cancel');
    await press('Show Log');

    const args = { path: PATH, job_id: 'job-1' };
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.cancelJob, args },
      { id: CommandIDs.showJobLog, args }
    ]);
  });

  it('that failed tells why once, with its log', async () => {
    const setting = new Setting();
    const error = makeProblem({ message: 'Nobody answers.' });
    setting.model.failed = makeRunJob({ kind: SUBMIT_JOB, state: 'failed', error });
    setting.model.have(remote({ state: 'failed', seconds: 1, links: {}, error }));
    setting.show();

    expect(screen.getAllByText('Nobody answers.')).toHaveLength(1);
    await press('Show Log');

    expect(setting.recorded.calls[0].id).toBe(CommandIDs.showJobLog);
  });

  it('and an export are begun by commands', async () => {
    const setting = new Setting().show();

    await press('Submit…');
    await press('Export…');

    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.submitPipeline, args: { path: PATH } },
      { id: CommandIDs.exportPipeline, args: { path: PATH } }
    ]);
  });

  it('says what becomes of it on each engine', () => {
    const airflow = makeRuntime({
      kind: 'airflow',
      api_endpoint: 'no address',
      repository: 'team/dags',
      branch: 'main'
    });

    const [, committed, started] = submissionTexts(makeEntry(), airflow, trans);

    expect(committed).toContain('committed to team/dags, branch main');
    expect(started).toContain('Apache Airflow at no address');
  });
});

it('a run that needs indexes is begun once they are trusted', async () => {
  const setting = new Setting();
  const url = 'https://index.example.org/simple';
  const details = { indexes: [{ url }] };
  const error = makeProblem({ code: 'lock.untrusted-index', details });
  setting.model.failed = makeRunJob({ state: 'failed', error });
  setting.show();
  expect(screen.getByRole('alert').textContent).toContain(url);

  await press('Trust for This Run');

  expect(setting.recorded.calls).toEqual([
    { id: CommandIDs.runPipeline, args: { path: PATH, trust_indexes: [url] } }
  ]);
});

describe('the engines', () => {
  const TEST: RuntimeTest = {
    name: 'my_kfp',
    passed: false,
    checks: [
      {
        part: 'engine',
        place: 'https://kfp.example.org',
        status: 'failed',
        reason: null,
        error: makeProblem({ message: 'It does not answer.', hint: 'Start it.' })
      },
      { part: 'storage', place: 'runs', status: 'passed', reason: null, error: null },
      {
        part: 'repository',
        place: 'team/dags',
        status: 'skipped',
        reason: 'Nobody asks.',
        error: null
      }
    ]
  };

  it('are read when somebody looks, listed and tested', async () => {
    const setting = new Setting();
    setting.engines.runtimes = { kind: 'idle' };
    setting.show();
    await userEvent.click(screen.getByText('Runtime configurations'));
    await eventually(() => expect(setting.engines.calls).toEqual([['readRuntimes']]));
    const runtime = makeRuntime({ description: 'Ours', repository: 'team/dags' });
    setting.engines.runtimes = { kind: 'ready', answer: [runtime] };
    act(() => setting.engines.changed.emit());

    const item = screen.getByRole('listitem', { name: 'My KFP' });
    expect(item.textContent).toContain('Files: bucket runs at minio.example.org');
    await press('Test');
    expect(setting.engines.calls.pop()).toEqual(['test', 'my_kfp']);
    setting.engines.answered = { kind: 'ready', answer: TEST };
    act(() => setting.engines.changed.emit());

    expect(item.textContent).toContain('It does not work');
    const answers = within(screen.getByRole('list', { name: 'Test of My KFP' }));
    expect(answers.getAllByRole('listitem').map(one => one.textContent)).toEqual([
      '✗ failed Engine (https://kfp.example.org)It does not answer.Start it.',
      '✓ answers Object storage (runs)',
      '– not asked Repository (team/dags)Nobody asks.'
    ]);
    setting.engines.answered = { kind: 'ready', answer: { ...TEST, passed: true } };
    act(() => setting.engines.changed.emit());
    expect(item.textContent).toContain('It works.');
  });

  it('are shown by themselves when one is tested', () => {
    const setting = new Setting();
    setting.engines.answered = { kind: 'loading', answer: null };
    setting.show();

    const part = screen.getByText('Runtime configurations').closest('details');
    expect(part?.open).toBe(true);
  });

  it('say what to do where there are none, also where there are no pipelines', async () => {
    const setting = new Setting();
    setting.model.current = null;
    setting.model.list = { kind: 'ready', answer: [] };
    setting.engines.runtimes = { kind: 'ready', answer: [] };
    setting.engines.images = { kind: 'ready', answer: [] };
    setting.show();
    expect(screen.getByText('There are no runtime configurations.')).toBeTruthy();
    expect(screen.getByText('There are no runtime images.')).toBeTruthy();

    await press('Add Configuration…');
    await press('Register Image…');

    expect(setting.recorded.calls.map(({ id }) => id)).toEqual([
      CommandIDs.addRuntime,
      CommandIDs.registerImage
    ]);
  });

  it('have images, each with how a cluster fetches it', async () => {
    const setting = new Setting();
    setting.engines.images = {
      kind: 'ready',
      answer: [
        makeImage({ pull_policy: 'Always', pull_secret: 'registry' }),
        makeImage({ name: 'b', display_name: 'b', pull_policy: 'IfNotPresent' }),
        makeImage({ name: 'c', display_name: 'c', pull_policy: 'Never' })
      ]
    };
    setting.show();
    await userEvent.click(screen.getByText('Runtime images'));

    const list = within(screen.getByRole('list', { name: 'Runtime images' }));
    expect(list.getByText('with the secret registry')).toBeTruthy();
    expect(list.getByText('fetched each time')).toBeTruthy();
    expect(list.getByText('fetched if it is not there')).toBeTruthy();
    expect(list.getByText('never fetched')).toBeTruthy();
  });

  it('tell why they cannot be read, and try again', async () => {
    const setting = new Setting();
    setting.engines.images = { kind: 'error', problem: makeProblem() };
    setting.show();

    await press('Retry');

    expect(setting.engines.calls).toEqual([['readImages']]);
  });
});
