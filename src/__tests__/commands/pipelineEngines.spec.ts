import { Notification } from '@jupyterlab/apputils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import type { IPipelineContext } from '../../commands/pipelineContext';
import { runMessage } from '../../commands/pipelineOutcome';
import { addPipelineCommands } from '../../commands/pipelines';
import type { PipelineExport } from '../../pipelineTokens';
import { SUBMIT_JOB } from '../../pipelineTokens';
import { eventually, makeProblem, recordingCommands, trans } from '../doubles';
import {
  FakePipelines,
  makeEntry,
  makeExport,
  makePipelineReport,
  makeRunJob,
  makeRuntime
} from '../pipelineDoubles';

const PATH = 'work/churn.pipeline';
const ARGS = { path: PATH };
const FINDING = {
  level: 'error',
  code: 'pipeline.missing',
  message: 'train.ipynb is not there.',
  hint: '',
  node: 'train',
  field: null
} as const;

class Setting implements IPipelineContext {
  readonly model = new FakePipelines();
  readonly engines = this.model.engines;
  readonly recorded = recordingCommands([CommandIDs.showPipelines, 'docmanager:open']);
  readonly commands = this.recorded.commands;
  readonly pipelines = { load: async () => this.model };
  readonly trans = trans;

  constructor() {
    addPipelineCommands(this);
  }

  selectedPaths = (): string[] => [];
  frontPath = (): string | null => null;
  save = async (): Promise<void> => undefined;

  get told(): string[] {
    return Notification.manager.notifications.map(({ message }) => message);
  }
}

const press = (name: string): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name }));
const fill = async (label: string, text: string): Promise<void> => {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
};

async function fillRuntime(): Promise<void> {
  await fill('Name', 'Team');
  await fill('Address', 'https://kfp.example.org/pipeline');
  await fill('Address of the storage', 'https://minio.example.org');
  await fill('Bucket', 'runs');
  await fill('Access key', 'steps');
  await fill('Secret key', 'not-for-anybody');
}

beforeEach(() => Notification.manager.dismiss());

describe('submitting', () => {
  it('says what is sent and what was found, and hands it over', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.submitPipeline, ARGS);
    await screen.findByText('Nothing stands in the way.');
    const dialog = screen.getByRole('dialog');
    expect(dialog.textContent).toContain(
      'The files of its 2 steps are stored in the bucket runs at minio.example.org.'
    );
    expect(dialog.textContent).toContain('whoever may see the run there sees them');
    await fill('Secret of Kubernetes', 'storage-keys');
    expect(dialog.textContent).not.toContain('whoever may see the run there');

    await press('Submit');
    await done;

    const choice = { runtime: 'my_kfp', parameters: {}, secret: 'storage-keys' };
    expect(setting.model.calls).toEqual([
      ['validate', PATH, false],
      ['submit', PATH, choice]
    ]);
    expect(setting.recorded.calls).toEqual([
      { id: CommandIDs.showPipelines, args: ARGS }
    ]);
  });

  it('wants errors to be mended or agreed to, also those of Elyra', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.submitPipeline, ARGS);
    await screen.findByText('Nothing stands in the way.');
    setting.model.validated = makePipelineReport({ valid: false, findings: [FINDING] });
    await userEvent.click(screen.getByLabelText(/^Have Elyra check it/));
    await screen.findByText('1 error');

    await press('Submit');
    expect(screen.getByRole('alert').textContent).toContain('has found errors');
    await userEvent.click(screen.getByLabelText('Submit it in spite of the errors'));
    await press('Submit');
    await done;

    expect(setting.model.calls.map(([name, , what]) => [name, what])).toEqual([
      ['validate', false],
      ['validate', true],
      ['submit', expect.anything()]
    ]);
  });

  it('asks for parameters, and tells what is wrong with them', async () => {
    const setting = new Setting();
    setting.model.current = makeEntry({
      parameters: [{ name: 'rate', kind: 'Float', default: null, is_required: true }]
    });
    const done = setting.commands.execute(CommandIDs.submitPipeline, ARGS);
    await screen.findByText('Nothing stands in the way.');
    await fill('rate', 'fast');
    await press('Submit');
    expect(screen.getByRole('alert').textContent).toContain('rate is a number.');

    await fill('rate', '0.5');
    await press('Submit');
    await done;

    const choice = { runtime: 'my_kfp', parameters: { rate: '0.5' }, secret: '' };
    expect(setting.model.calls.pop()).toEqual(['submit', PATH, choice]);
  });

  it('begins with a configuration where there is none that fits', async () => {
    const setting = new Setting();
    setting.model.current = makeEntry({ runtime_type: 'KUBEFLOW_PIPELINES' });
    setting.engines.runtimes = {
      kind: 'ready',
      answer: [makeRuntime({ kind: 'airflow' })]
    };
    const done = setting.commands.execute(CommandIDs.submitPipeline, ARGS);
    await screen.findByText(/There is no configuration that the pipeline can run with/);
    await fillRuntime();
    await press('Add and Test');
    await screen.findByText('Nothing stands in the way.');
    await press('Submit');
    await done;

    const { calls } = setting.engines;
    expect(calls.map(([name]) => name)).toEqual(['add', 'test']);
    expect(setting.model.calls.pop()).toMatchObject([
      'submit',
      PATH,
      { runtime: 'Team' }
    ]);
  });

  it('leads to another configuration, and is nothing where the user gives up', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.submitPipeline, ARGS);
    await screen.findByText('Nothing stands in the way.');
    await press('Add Configuration…');
    await screen.findByText('Add a runtime configuration');
    await press('Cancel');
    await screen.findByText('Submit churn.pipeline');
    await press('Cancel');
    await done;

    expect(setting.model.calls.map(([name]) => name)).not.toContain('submit');
    expect(setting.recorded.calls).toEqual([]);
  });
});

describe('a new runtime configuration', () => {
  it('says which value is missing, and sends secrets apart', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.addRuntime);
    await screen.findByText('Add a runtime configuration');
    await press('Add and Test');
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    expect(screen.getByRole('alert').textContent).toBe('Name is missing.');
    await fillRuntime();
    expect(screen.getByLabelText('Secret key').getAttribute('type')).toBe('password');

    await press('Add and Test');
    await done;

    expect(setting.engines.calls).toEqual([
      [
        'add',
        {
          name: 'Team',
          kind: 'kfp',
          force: false,
          settings: {
            api_endpoint: 'https://kfp.example.org/pipeline',
            auth_type: 'NO_AUTHENTICATION',
            cos_endpoint: 'https://minio.example.org',
            cos_bucket: 'runs',
            cos_auth_type: 'USER_CREDENTIALS',
            cos_username: 'steps'
          },
          secrets: { cos_password: 'not-for-anybody' }
        }
      ],
      ['test', 'Team']
    ]);
    expect(setting.recorded.calls).toEqual([{ id: CommandIDs.showPipelines, args: {} }]);
  });

  it('asks for what the engine and the ways to be let in want', async () => {
    const setting = new Setting();
    const done = setting.commands.execute(CommandIDs.addRuntime);
    await screen.findByText('Add a runtime configuration');
    const choose = (label: string, value: string): Promise<void> =>
      userEvent.selectOptions(screen.getByLabelText(label), value);
    await choose('How it lets you in', 'EXISTING_BEARER_TOKEN');
    expect(screen.getByLabelText('Token')).toBeTruthy();
    await choose('How it lets you in', 'DEX_LDAP');
    expect(screen.getByLabelText('User')).toBeTruthy();
    await choose('How steps get its keys', 'KUBERNETES_SECRET');
    expect(screen.getByLabelText('Name of the secret')).toBeTruthy();
    await choose('How steps get its keys', 'AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS');
    expect(screen.queryByLabelText('Access key')).toBeNull();

    await choose('Engine', 'airflow');
    const repository = screen.getByRole('group', { name: 'Repository of DAGs' });
    expect(within(repository).getByLabelText('Branch')).toHaveProperty('value', 'main');
    await press('Cancel');
    await done;

    expect(setting.engines.calls).toEqual([]);
  });

  it('shows what the server finds wrong beside its field, and may replace one', async () => {
    const setting = new Setting();
    const details = { field: 'cos_bucket' };
    const message = "A bucket's name has small letters.";
    setting.engines.problem = new ApiError(makeProblem({ message, details }), 400);
    const done = setting.commands.execute(CommandIDs.addRuntime);
    await screen.findByText('Add a runtime configuration');
    await fillRuntime();
    await press('Add and Test');
    await eventually(() =>
      expect(document.activeElement).toBe(screen.getByLabelText('Bucket'))
    );
    const taken = makeProblem({ code: 'metadata.taken', message: 'There is one.' });
    setting.engines.problem = new ApiError(taken, 409);
    await press('Add and Test');
    await userEvent.click(await screen.findByLabelText(/^Take the place of/));
    setting.engines.problem = new ApiError(makeProblem({ message: 'Disk full.' }), 502);
    await press('Add and Test');
    expect(await screen.findByText('Disk full.')).toBeTruthy();
    setting.engines.problem = null;
    await press('Add and Test');
    await done;

    expect(setting.engines.calls.slice(-2)).toMatchObject([
      ['add', { force: true }],
      ['test', 'Team']
    ]);
  });
});

describe('an export', () => {
  /** What ends with the dialog, boxed, since it is not to be waited for yet. */
  const start = async (setting: Setting): Promise<[Promise<unknown>]> => {
    const done = setting.commands.execute(CommandIDs.exportPipeline, ARGS);
    await screen.findByText('Export churn.pipeline');
    return [done];
  };

  it('shows how far it is, and where the file is', async () => {
    const setting = new Setting();
    let finish: () => void = () => undefined;
    const made = new Promise<PipelineExport>(resolve => {
      const issue = { level: 'warning', message: 'old image', node: 'load' } as const;
      const issues = [{ ...issue, kind: '', field: '', value: '' }];
      finish = () => resolve(makeExport({ issues }));
    });
    setting.engines.exported = () => made;
    const [done] = await start(setting);
    await userEvent.selectOptions(screen.getByLabelText('Format'), 'py');
    await fill('File', 'deploy/churn.py');
    await press('Export');
    setting.engines.follower?.onProgress(makeRunJob({ title: 'Export churn' }));
    await screen.findByRole('progressbar', { name: 'Export churn' });

    finish();
    await done;

    const choice = { runtime: 'my_kfp', parameters: {}, secret: '' };
    expect(setting.engines.calls).toEqual([
      ['export', PATH, { ...choice, format: 'py', out: 'deploy/churn.py' }],
      ['write', 'work/churn.yaml']
    ]);
    expect(setting.told).toEqual(['Written: work/churn.yaml.\nload: old image']);
  });

  it('replaces a file only where that is agreed to', async () => {
    const setting = new Setting();
    setting.engines.exported = async () => makeExport({ state: 'replaced' });
    const [done] = await start(setting);
    await press('Export');
    expect((await screen.findByRole('alert')).textContent).toContain('is there');

    await userEvent.click(screen.getByLabelText('Replace the file if it is there'));
    await press('Export');
    await done;

    expect(setting.engines.calls.map(([name]) => name)).toEqual([
      'export',
      'export',
      'write'
    ]);
  });

  it('stops where the user gives up, and tells what went wrong', async () => {
    const setting = new Setting();
    const problem = new ApiError(
      makeProblem({ message: 'It would hold the keys.' }),
      409
    );
    setting.engines.exported = () => Promise.reject(problem);
    const [done] = await start(setting);
    await press('Export');
    expect(await screen.findByText('It would hold the keys.')).toBeTruthy();

    await press('Cancel');
    await done;

    expect(setting.engines.follower?.signal.aborted).toBe(true);
    expect(setting.told).toEqual([]);
  });
});

describe('an image', () => {
  it('is registered of an overlay', async () => {
    const setting = new Setting();
    const args = { overlay: 'overlays/train' };
    const done = setting.commands.execute(CommandIDs.registerImage, args);
    await screen.findByText('Register an image');
    expect(screen.getByLabelText('Overlay')).toHaveProperty('value', 'overlays/train');
    await userEvent.selectOptions(
      screen.getByLabelText('When the cluster fetches it'),
      'Always'
    );
    await press('Register');
    await done;

    expect(setting.engines.calls).toEqual([
      [
        'register',
        {
          overlay: 'overlays/train',
          image: null,
          name: '',
          description: '',
          pull_policy: 'Always',
          pull_secret: '',
          force: false
        }
      ]
    ]);
    expect(setting.told).toEqual(['Registered: registry.example.org/team/train:v1.']);
  });

  it('may be any other one, in the place of one of its name', async () => {
    const setting = new Setting();
    const taken = makeProblem({ code: 'metadata.taken', message: 'There is one.' });
    setting.engines.problem = new ApiError(taken, 409);
    const done = setting.commands.execute(CommandIDs.registerImage);
    await screen.findByText('Register an image');
    await userEvent.selectOptions(screen.getByLabelText('Overlay'), '');
    await press('Register');
    expect(screen.getByRole('alert').textContent).toContain('The image is missing.');
    await fill('Image', 'registry.example.org/a:v1');
    await press('Register');
    await userEvent.click(await screen.findByLabelText(/^Take the place of/));
    setting.engines.problem = null;
    await press('Register');
    await done;

    expect(setting.engines.calls.pop()).toMatchObject([
      'register',
      { overlay: null, image: 'registry.example.org/a:v1', force: true }
    ]);
  });
});

it('a run elsewhere is tried again by its name', async () => {
  const setting = new Setting();

  const args = { path: PATH, run: 'k1' };
  await setting.commands.execute(CommandIDs.retryPipelineRun, args);

  expect(setting.model.calls).toEqual([['retry', PATH, 'k1']]);
});

it('it is told what became of a submission', () => {
  const kind = SUBMIT_JOB;
  const submitted = runMessage(makeRunJob({ kind, state: 'succeeded' }), trans);
  const error = makeProblem({ message: 'Nobody answers.' });
  const failed = runMessage(makeRunJob({ kind, state: 'failed', error }), trans);

  expect(submitted?.text).toBe('churn.pipeline was submitted.');
  expect(failed?.text).toBe('churn.pipeline could not be submitted: Nobody answers.');
});
