import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CommandIDs } from '../../commandIds';
import type { Saves } from '../../models/project';
import { ProjectModel } from '../../models/project';
import { eventually, FakeJobs, FakeServer, makeJob } from '../doubles';
import {
  makeAdoption,
  makeAuditJob,
  makeConfiguration,
  makeGit,
  makeProject
} from '../projectDoubles';
import type { ConfigurationDraft } from '../../projectTokens';
import { FakeWhereabouts } from '../releaseDoubles';

const UNDONE = { path: 'work/churn', removed: ['OWNERS'], kept: [] };
const DRAFT = { file: '.thoth.yaml', before: 'host: a\n', after: 'host: b\n' };
function makeDraft(): ConfigurationDraft {
  const { file, kind, valid, problems } = makeConfiguration();
  return { file, kind, valid, problems, before: '', after: '' };
}
const LOCKED = {
  edit: { metadata: { lock: 'new', a: null } },
  base: { lock: null, a: 1 }
};

class Setting {
  file = makeConfiguration({ text: 'host: b\n', revision: 'r2' });
  project = makeProject();
  changed: string[] = [];
  readonly server = new FakeServer()
    .on('GET project', () => this.project)
    .on('POST project/audits', () => makeAuditJob())
    .on('POST project/adoptions/previews', () => makeAdoption())
    .on('POST project/adoptions/undos', () => UNDONE)
    .on('POST notebooks/locks', () => makeJob({ job_id: 'l', key: 'a.ipynb' }))
    .on('GET configuration', () => this.file)
    .on('PUT configuration', () => DRAFT)
    .on('POST project/adoptions', () => ({ path: 'work/churn', written: ['OWNERS'] }));
  readonly jobs = new FakeJobs();
  readonly whereabouts = new FakeWhereabouts();
  readonly fileChanged = new Signal<object, unknown>({});
  readonly commands = new CommandRegistry();
  /** A notebook that is not open. */
  notebook = {
    metadata: { a: 1 } as Record<string, unknown>,
    cells: [{ outputs: ['x'] }]
  };
  readonly saved: unknown[] = [];
  private readonly files = {
    get: async () => ({ content: structuredClone(this.notebook) }),
    save: async (path: string, options: { content: unknown }) =>
      this.saved.push([path, options.content])
  };
  readonly model = new ProjectModel(this.server.request, this.jobs, this.whereabouts, {
    contents: { ...this.files, fileChanged: this.fileChanged } as unknown as Saves,
    commands: this.commands,
    unsaved: () => this.changed,
    quietMs: 0
  });

  /** How often the project was looked at. */
  get count(): number {
    return this.server.count('GET project');
  }

  async looked(count: number): Promise<void> {
    await eventually(() => {
      expect(this.count).toBe(count);
      expect(this.model.state.kind).toBe('ready');
    });
  }
}

describe('the project', () => {
  it('is looked at when somebody looks, and not before', async () => {
    const setting = new Setting();
    setting.fileChanged.emit({});
    expect(setting.count).toBe(0);

    setting.model.watch(true);
    await setting.looked(1);

    setting.model.watch(false);
    setting.model.watch(true);
    expect(setting.count).toBe(1);
  });

  it('is looked at again when a file is saved or a job has ended', async () => {
    const setting = new Setting();
    setting.model.watch(true);
    await setting.looked(1);

    setting.fileChanged.emit({});
    await setting.looked(2);
    setting.jobs.track(makeJob({ state: 'running' }));
    setting.jobs.track(makeJob({ state: 'succeeded', preview: true }));
    setting.jobs.track(makeJob({ state: 'failed' }));

    await setting.looked(3);
  });

  it('is looked at again when a command has written files, and not after others', async () => {
    const setting = new Setting();
    let write = (): void => undefined;
    const written = new Promise<void>(resolve => (write = resolve));
    const { createPipeline, importPipeline, openGit } = CommandIDs;
    setting.commands.addCommand(createPipeline, { execute: () => written });
    setting.commands.addCommand(importPipeline, { execute: () => Promise.reject('no') });
    setting.commands.addCommand(openGit, { execute: () => undefined });
    setting.model.watch(true);
    await setting.looked(1);

    await setting.commands.execute(openGit);
    const creating = setting.commands.execute(createPipeline);
    expect(setting.count).toBe(1);
    write();
    await creating;
    await setting.looked(2);

    await setting.commands.execute(importPipeline).catch(() => undefined);
    await setting.looked(3);
  });

  it('is looked at again by who comes back to it, but not at every turn', async () => {
    const setting = new Setting();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    onTestFinished(() => clock.mockRestore());
    setting.model.watch(true);
    await setting.looked(1);

    clock.mockReturnValue(1_000_800);
    setting.model.refreshIfOld();
    expect(setting.count).toBe(1);
    clock.mockReturnValue(1_001_200);
    setting.model.refreshIfOld();

    await setting.looked(2);
  });

  it('is looked at later when nobody looks now', async () => {
    const setting = new Setting();
    setting.model.watch(true);
    await setting.looked(1);
    setting.model.watch(false);
    setting.fileChanged.emit({});
    expect(setting.count).toBe(1);

    setting.model.watch(true);

    await setting.looked(2);
  });

  it('stays the same in another tab of its repository, and no further', async () => {
    const setting = new Setting();
    setting.model.watch(true);
    await setting.looked(1);

    setting.whereabouts.go({ path: 'work/churn/notebooks/a.ipynb' });
    setting.whereabouts.go({ folder: 'work/churn' });
    setting.whereabouts.go({ folder: 'work/churner' });

    await setting.looked(2);
  });

  it('may be another one anywhere below the root, and where there is no repository', async () => {
    const setting = new Setting();
    setting.project = makeProject({ path: '.', git: makeGit() });
    setting.model.watch(true);
    await setting.looked(1);
    setting.whereabouts.go({ path: 'a.ipynb' });
    await setting.looked(2);

    setting.project = makeProject({ path: 'work', git: null });
    setting.whereabouts.go({ path: 'work/a.ipynb' });
    await setting.looked(3);
    setting.whereabouts.go({ path: 'work/b.ipynb' });

    await setting.looked(4);
  });

  it('is audited as it is shown, and says so meanwhile', async () => {
    const setting = new Setting();
    setting.model.watch(true);
    await setting.looked(1);
    setting.whereabouts.place = { folder: 'elsewhere' };

    await setting.model.audit();

    expect(setting.server.body('POST project/audits')).toEqual({
      folder: 'work/churn',
      path: null
    });
    expect(setting.model.isAuditing).toBe(true);
    setting.jobs.track(makeAuditJob({ state: 'succeeded' }));
    expect(setting.model.isAuditing).toBe(false);
  });

  it('is where the user is as long as none is shown', async () => {
    const setting = new Setting();
    setting.whereabouts.place = { path: 'a.ipynb' };

    await setting.model.previewAdoption(['jo']);

    expect(setting.server.body('POST project/adoptions/previews')).toEqual({
      folder: null,
      path: 'a.ipynb',
      approvers: ['jo']
    });
  });

  it('is adopted as it was shown, and looked at again', async () => {
    const setting = new Setting();
    const shown = await setting.model.previewAdoption(['jo', 'ada']);

    const done = await setting.model.adopt(shown, ['jo', 'ada'], ['OWNERS']);

    expect(done.written).toEqual(['OWNERS']);
    expect(setting.server.body('POST project/adoptions')).toEqual({
      folder: 'work/churn',
      path: null,
      approvers: ['jo', 'ada'],
      digest: 'd1',
      paths: ['OWNERS']
    });
    await setting.looked(1);
  });

  it('has its adoption taken back, and is looked at again', async () => {
    const setting = new Setting();

    expect(await setting.model.undoAdoption('work/churn')).toEqual(UNDONE);

    const asked = setting.server.body('POST project/adoptions/undos');
    expect(asked).toEqual({ folder: 'work/churn', path: null });
    await setting.looked(1);
  });

  it('has a configuration file restored where nobody changed it meanwhile', async () => {
    const setting = new Setting();
    const edit = {
      folder: '.',
      kind: 'thoth',
      revision: '',
      values: { host: 'a' }
    } as const;
    const written = { ...makeDraft(), ...DRAFT };

    await setting.model.restoreConfiguration(edit, written);
    expect(setting.server.body('PUT configuration')).toEqual({ ...edit, revision: 'r2' });

    setting.file = makeConfiguration({ text: 'host: c\n' });
    await expect(setting.model.restoreConfiguration(edit, written)).rejects.toThrow(
      'changed meanwhile'
    );
  });

  it('locks a notebook that is not open as it was saved, without outputs', async () => {
    const setting = new Setting();

    const job = await setting.model.lockClosed('a.ipynb');

    expect(setting.jobs.jobs).toEqual([job]);
    expect(setting.server.body('POST notebooks/locks')).toMatchObject({
      path: 'a.ipynb',
      notebook: { metadata: { a: 1 }, cells: [{ outputs: [], execution_count: null }] }
    });
  });

  it('writes a lock to a closed notebook, whose outputs stay', async () => {
    const setting = new Setting();
    const job = makeJob({ key: 'a.ipynb', state: 'succeeded', result: LOCKED });
    setting.jobs.track(job);

    await setting.model.keepLock(job);

    expect(setting.saved).toEqual([
      ['a.ipynb', { metadata: { lock: 'new' }, cells: [{ outputs: ['x'] }] }]
    ]);
  });

  it('writes no lock where the notebook was changed meanwhile', async () => {
    const setting = new Setting();
    setting.notebook.metadata = { a: 2 };
    const job = makeJob({ key: 'a.ipynb', state: 'succeeded', result: LOCKED });
    setting.jobs.track(job);

    await expect(setting.model.keepLock(job)).rejects.toThrow('changed meanwhile');

    expect(setting.saved).toEqual([]);
  });

  it('knows which documents in it are not saved', () => {
    const setting = new Setting();
    setting.changed = ['work/churn/a.ipynb', 'work/other.ipynb'];

    expect(setting.model.unsaved('work/churn')).toEqual(['work/churn/a.ipynb']);
    expect(setting.model.unsaved('.')).toHaveLength(2);
  });
});
