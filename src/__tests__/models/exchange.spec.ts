import { describe, expect, it } from 'vitest';
import type { ExportFormat, IExportPlan } from '../../environmentTokens';
import {
  ExchangeModel,
  FILES_CHANGED,
  FILE_MISSING,
  OWN_NOTEBOOK
} from '../../models/exchange';
import { ProjectFiles } from '../../models/projectFiles';
import { FakeDocument, FakeServer } from '../doubles';
import { FakeStore, makeConversion, makeImport } from '../environmentDoubles';

class Setting {
  constructor(entries: { [path: string]: string | null } = {}) {
    this.store = new FakeStore({ work: null, ...entries });
    this.model = new ExchangeModel(this.server.request, new ProjectFiles(this.store));
  }

  readonly document = new FakeDocument('work/train.ipynb', { requirements: 'old' });
  readonly server = new FakeServer();
  readonly store: FakeStore;
  readonly model: ExchangeModel;

  export(files: { [name: string]: string }): this {
    this.server.on('POST notebooks/exports', {
      notebook: 'work/train.ipynb',
      format: 'pipfile',
      files: Object.entries(files).map(([name, text]) => ({ name, text })),
      lost: ['Something.']
    });
    return this;
  }

  plan(format: ExportFormat = 'pipfile', folder = 'work'): Promise<IExportPlan> {
    return this.model.planExport(this.document, {
      format,
      folder,
      trusted: ['https://x']
    });
  }
}

describe('planConversion', () => {
  it('sends the notebook as it is, and remembers what the edit is for', async () => {
    const { answer } = makeConversion();
    const setting = new Setting();
    setting.server.on('POST notebooks/conversions', answer);

    const plan = await setting.model.planConversion(setting.document);

    expect(plan).toEqual({ answer, base: { requirements: 'old' } });
    expect(setting.server.body('POST notebooks/conversions')).toEqual({
      path: 'work/train.ipynb',
      notebook: setting.document.snapshot()
    });
  });
});

describe('planImport', () => {
  const ROUTE = 'POST notebooks/imports';

  it.each([
    ['Pipfile', 'Pipfile.lock'],
    ['Pipfile.lock', 'Pipfile']
  ])('sends %s with the %s beside it', async (name, other) => {
    const setting = new Setting({ 'work/Pipfile': 'a', 'work/Pipfile.lock': 'b' });
    setting.server.on(ROUTE, makeImport().answer);

    await setting.model.planImport(setting.document, `work/${name}`);

    const { files } = setting.server.body<{ files: { name: string }[] }>(ROUTE);
    expect(files.map(file => file.name)).toEqual([`work/${name}`, `work/${other}`]);
  });

  it('sends a file alone that has no companion', async () => {
    const setting = new Setting({ Pipfile: 'a', 'work/pylock.toml': 'b' });
    setting.server.on(ROUTE, makeImport().answer);

    await setting.model.planImport(setting.document, 'Pipfile');
    await setting.model.planImport(setting.document, 'work/pylock.toml');

    const sent = setting.server.asked.map(
      ({ request }) => (request.body as { files: { name: string }[] }).files
    );
    expect(sent).toEqual([
      [{ name: 'Pipfile', text: 'a' }],
      [{ name: 'work/pylock.toml', text: 'b' }]
    ]);
  });

  it('says so when there is no such file', async () => {
    const setting = new Setting();

    const planning = setting.model.planImport(setting.document, 'work/Pipfile');

    await expect(planning).rejects.toMatchObject({
      problem: { code: FILE_MISSING, details: { files: ['work/Pipfile'] } }
    });
  });
});

describe('planExport', () => {
  it('compares the files with those that are there', async () => {
    const setting = new Setting({ 'work/b': 'old', 'work/c': 'same' });
    setting.export({ a: 'new', b: 'new', c: 'same' });

    const plan = await setting.plan();

    expect(plan).toEqual({
      files: [
        { path: 'work/a', text: 'new', old: null, isSame: false },
        { path: 'work/b', text: 'new', old: 'old', isSame: false },
        { path: 'work/c', text: 'same', old: 'same', isSame: true }
      ],
      lost: ['Something.']
    });
    expect(setting.server.body('POST notebooks/exports')).toMatchObject({
      format: 'pipfile',
      beside: {},
      trust_indexes: ['https://x']
    });
  });

  it.each([
    ['pyproject', { 'pyproject.toml': 'project' }],
    ['pep723', { 'train.py': 'script' }],
    ['requirements', {}]
  ] as const)('sends the files that the format %s changes', async (format, beside) => {
    const entries = { 'work/pyproject.toml': 'project', 'work/train.py': 'script' };
    const setting = new Setting(entries).export({});

    await setting.plan(format);

    expect(setting.server.body('POST notebooks/exports')).toMatchObject({ beside });
  });

  it('takes bills of materials that differ in their time for the same', async () => {
    const bill = (time: string, name: string): string =>
      `{"metadata": {"timestamp": "${time}"}, "name": "${name}"}`;
    const setting = new Setting({
      'work/a.cdx.json': bill('1', 'a'),
      'work/b.cdx.json': bill('1', 'b')
    }).export({ 'a.cdx.json': bill('2', 'a'), 'b.cdx.json': bill('2', 'other') });

    const { files } = await setting.plan('sbom');

    expect(files.map(file => file.isSame)).toEqual([true, false]);
  });

  it('does not take the place of the notebook itself', async () => {
    const setting = new Setting().export({ 'train.ipynb': '{}' });

    await expect(setting.plan('juv')).rejects.toMatchObject({
      problem: { code: OWN_NOTEBOOK }
    });
    await expect(setting.plan('juv', 'work/juv')).resolves.toBeTruthy();
  });
});

describe('write', () => {
  it('writes what differs', async () => {
    const setting = new Setting({ 'work/b': 'old', 'work/c': 'same' });
    setting.export({ a: 'new', b: 'new', c: 'same' });

    await setting.model.write(await setting.plan());

    expect(setting.store.entries).toEqual({
      work: null,
      'work/a': 'new',
      'work/b': 'new',
      'work/c': 'same'
    });
  });

  it('writes nothing when a file has changed since it was shown', async () => {
    const setting = new Setting({ 'work/b': 'old' }).export({ a: 'new', b: 'new' });
    const plan = await setting.plan();
    setting.store.entries['work/a'] = 'mine';
    setting.store.entries['work/b'] = 'mine too';

    await expect(setting.model.write(plan)).rejects.toMatchObject({
      problem: { code: FILES_CHANGED, details: { files: ['work/a', 'work/b'] } }
    });

    expect(setting.store.entries).toMatchObject({
      'work/a': 'mine',
      'work/b': 'mine too'
    });
  });

  it('puts everything back when one of the files cannot be written', async () => {
    const setting = new Setting({ 'work/b': 'old' });
    setting.export({ a: 'new', b: 'new', c: 'new' });
    const plan = await setting.plan();
    setting.store.failing = 'work/c';

    await expect(setting.model.write(plan)).rejects.toThrow('refused');

    expect(setting.store.entries).toEqual({ work: null, 'work/b': 'old' });
  });
});

describe('suggest', () => {
  it('offers folders, and the files that can be taken over', async () => {
    const setting = new Setting({
      envs: null,
      'work/Pipfile': '',
      'work/Pipfile.lock': '',
      'work/photo.png': '',
      'work/pylock.dev.toml': '',
      'work/notes.md': ''
    });

    expect(await setting.model.suggest('')).toEqual(['envs/', 'work/']);
    expect(await setting.model.suggest('work/')).toEqual([
      'work/Pipfile',
      'work/Pipfile.lock',
      'work/pylock.dev.toml'
    ]);
    expect(await setting.model.suggest('work/pi')).toEqual([
      'work/Pipfile',
      'work/Pipfile.lock'
    ]);
    expect(await setting.model.suggest('gone/')).toEqual([]);
  });
});
