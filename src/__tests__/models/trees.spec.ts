import { describe, expect, it } from 'vitest';
import { PackagesModel } from '../../models/packages';
import { CANCELLED } from '../../models/jobResult';
import { TreesModel } from '../../models/trees';
import { FakeDocument, FakeJobs, FakeServer, makeJob, makeProblem } from '../doubles';
import {
  makePackage,
  makeSearch,
  makeTree,
  makeTreePackage
} from '../environmentDoubles';

const ROUTE = 'POST notebooks/trees';

class Setting {
  readonly document = new FakeDocument('a.ipynb', { requirements_lock: 'one' });
  readonly server = new FakeServer().on(ROUTE, makeJob({ kind: 'tree' }));
  readonly jobs = new FakeJobs();
  readonly model = new TreesModel(this.server.request, this.jobs);
  readonly tree = makeTree([makeTreePackage()]);

  /** Let the job end as soon as it is known. */
  end(change: Parameters<typeof makeJob>[0]): this {
    const job = makeJob({ kind: 'tree', ...change });
    this.server.on(ROUTE, job);
    return this;
  }
}

describe('TreesModel', () => {
  it('lets a job find it out, once for each lock', async () => {
    const setting = new Setting();
    setting.end({ state: 'succeeded', result: { ...setting.tree } });

    const first = await setting.model.read(setting.document, ['https://x']);
    const second = await setting.model.read(setting.document, []);
    setting.document.metadata = { requirements_lock: 'another' };
    await setting.model.read(setting.document, []);

    expect(first).toEqual(setting.tree);
    expect(second).toBe(first);
    expect(setting.server.count(ROUTE)).toBe(2);
    expect(setting.server.asked[0].request.body).toEqual({
      path: 'a.ipynb',
      notebook: { metadata: { requirements_lock: 'one' }, cells: ['import pandas'] },
      trust_indexes: ['https://x']
    });
  });

  it('waits until the job has ended', async () => {
    const setting = new Setting();
    let isThere = false;
    const reading = setting.model.read(setting.document, []).then(tree => {
      isThere = true;
      return tree;
    });
    await Promise.resolve();
    expect(isThere).toBe(false);

    await new Promise(resolve => setting.jobs.jobChanged.connect(resolve));
    setting.jobs.track(makeJob({ state: 'succeeded', result: { ...setting.tree } }));

    expect(await reading).toEqual(setting.tree);
  });

  it.each([
    [{ state: 'failed', error: makeProblem() }, 'lock.unsatisfiable'],
    [{ state: 'cancelled' }, CANCELLED]
  ] as const)('says why the job %j came to nothing', async (change, code) => {
    const setting = new Setting().end(change);

    const reading = setting.model.read(setting.document, []);

    await expect(reading).rejects.toMatchObject({ problem: { code } });
  });
});

describe('PackagesModel', () => {
  it('asks the index for names and versions', async () => {
    const server = new FakeServer()
      .on('GET packages', makeSearch(['pandas']))
      .on('GET packages/a%2Fb', makePackage(['1']));
    const model = new PackagesModel(server.request);

    await model.search('pan');
    await model.describe('a/b', '3.12');
    await model.describe('a/b', null);

    expect(server.asked.map(({ request }) => request.query)).toEqual([
      { query: 'pan', limit: 20 },
      { python_version: '3.12' },
      {}
    ]);
  });
});
