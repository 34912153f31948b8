import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import type { Saves } from '../../models/project';
import { ProjectModel } from '../../models/project';
import { eventually, FakeJobs, FakeServer, makeJob } from '../doubles';
import { makeAdoption, makeAuditJob, makeGit, makeProject } from '../projectDoubles';
import { FakeWhereabouts } from '../releaseDoubles';

class Setting {
  project = makeProject();
  changed: string[] = [];
  readonly server = new FakeServer()
    .on('GET project', () => this.project)
    .on('POST project/audits', () => makeAuditJob())
    .on('POST project/adoptions/previews', () => makeAdoption())
    .on('POST project/adoptions', () => ({ path: 'work/churn', written: ['OWNERS'] }));
  readonly jobs = new FakeJobs();
  readonly whereabouts = new FakeWhereabouts();
  readonly fileChanged = new Signal<object, unknown>({});
  readonly model = new ProjectModel(this.server.request, this.jobs, this.whereabouts, {
    contents: { fileChanged: this.fileChanged } as unknown as Saves,
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

    await setting.model.previewAdoption();

    expect(setting.server.body('POST project/adoptions/previews')).toEqual({
      folder: null,
      path: 'a.ipynb',
      approvers: []
    });
  });

  it('is adopted as it was shown, and looked at again', async () => {
    const setting = new Setting();
    const shown = await setting.model.previewAdoption();

    const done = await setting.model.adopt(shown, ['OWNERS']);

    expect(done.written).toEqual(['OWNERS']);
    expect(setting.server.body('POST project/adoptions')).toEqual({
      folder: 'work/churn',
      path: null,
      approvers: [],
      digest: 'd1',
      paths: ['OWNERS']
    });
    await setting.looked(1);
  });

  it('knows which documents in it are not saved', () => {
    const setting = new Setting();
    setting.changed = ['work/churn/a.ipynb', 'work/other.ipynb'];

    expect(setting.model.unsaved('work/churn')).toEqual(['work/churn/a.ipynb']);
    expect(setting.model.unsaved('.')).toHaveLength(2);
  });
});
