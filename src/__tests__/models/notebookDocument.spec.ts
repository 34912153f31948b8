import { YNotebook } from '@jupyter/ydoc';
import type * as nbformat from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { NotebookDocument } from '../../models/notebookDocument';
import type { NotebookSnapshot } from '../../tokens';

/** A panel that has nothing but what a document reads of it, over a real shared model. */
class FakePanel {
  id = 'panel-1';
  isVisible = true;
  readonly shared = new YNotebook();
  readonly disposed = new Signal<this, void>(this);

  constructor() {
    this.shared.fromJSON({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
  }

  readonly model = {
    sharedModel: this.shared,
    contentChanged: new Signal<object, void>({}),
    metadataChanged: new Signal<object, void>({})
  };
  readonly context = {
    localPath: 'work/train.ipynb',
    ready: Promise.resolve(),
    pathChanged: new Signal<object, string>({}),
    model: this.model
  };
  revealed: unknown[] = [];
  readonly content = {
    widgets: ['cell 0', 'cell 1'],
    activeCellIndex: 0,
    deselectAll: (): void => undefined,
    scrollToCell: async (cell: unknown): Promise<void> => {
      this.revealed.push(cell);
    }
  };

  asPanel(): NotebookPanel {
    return this as unknown as NotebookPanel;
  }
}

describe('NotebookDocument', () => {
  it('tells the value of a metadata key, and that there is none', () => {
    const panel = new FakePanel();
    panel.shared.setMetadata('custom', { kept: true });
    const document = new NotebookDocument(panel.asPanel());

    expect(document.value('custom')).toEqual({ kept: true });
    expect(document.value('other')).toBeNull();
  });

  it.each([
    [{ lock: 'new' }, { lock: 'old' }, 'applied'],
    [{ lock: 'old' }, { lock: 'old' }, 'unchanged'],
    [{ lock: 'new' }, { lock: 'older' }, 'refused']
  ] as const)(
    'foresees what an edit to %j from %j comes to',
    (metadata, base, outcome) => {
      const panel = new FakePanel();
      panel.shared.setMetadata('lock', 'old');
      const document = new NotebookDocument(panel.asPanel());

      expect(document.foresee({ metadata }, base)).toBe(outcome);

      expect(panel.shared.getMetadata('lock')).toBe('old');
    }
  );

  it('leaves outputs and execution counts out of its snapshot', () => {
    const panel = new FakePanel();
    panel.shared.fromJSON({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        {
          cell_type: 'code',
          id: 'one',
          metadata: {},
          source: 'import pandas',
          execution_count: 7,
          outputs: [{ output_type: 'stream', name: 'stdout', text: 'a secret' }]
        },
        { cell_type: 'markdown', id: 'two', metadata: {}, source: '# Title' }
      ]
    });
    panel.shared.setMetadata('custom', { kept: true });
    const document = new NotebookDocument(panel.asPanel());

    const snapshot = document.snapshot();

    expect(JSON.stringify(snapshot)).not.toContain('a secret');
    expect(snapshot).toMatchObject({
      nbformat: 4,
      metadata: { custom: { kept: true } },
      cells: [
        {
          cell_type: 'code',
          source: 'import pandas',
          outputs: [],
          execution_count: null
        },
        { cell_type: 'markdown', source: '# Title' }
      ]
    });
  });

  it('has pictures in its snapshot only where they are asked for', () => {
    const panel = new FakePanel();
    const attachments = { 'plot.png': { 'image/png': 'iVBORw0KGgo=' } };
    const cell = (type: string, source: string): object => ({
      cell_type: type,
      metadata: {},
      source
    });
    panel.shared.fromJSON({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        { ...cell('markdown', '![plot](attachment:plot.png)'), attachments },
        { ...cell('raw', 'raw'), attachments },
        cell('markdown', 'words'),
        { ...cell('code', '1'), outputs: [], execution_count: null }
      ]
    } as never);
    const document = new NotebookDocument(panel.asPanel());
    const pictures = (snapshot: NotebookSnapshot): unknown[] =>
      ((snapshot.cells ?? []) as { attachments?: unknown }[]).map(
        cellNow => cellNow.attachments
      );

    expect(pictures(document.snapshot(true))).toEqual([
      attachments,
      attachments,
      undefined,
      undefined
    ]);
    expect(JSON.stringify(document.snapshot())).not.toContain('attachments');
  });

  it('writes and deletes metadata in one step', () => {
    const panel = new FakePanel();
    panel.shared.setMetadata('thoth_config', 'old');
    panel.shared.setMetadata('custom', 1);
    const document = new NotebookDocument(panel.asPanel());

    const outcome = document.apply(
      { metadata: { requirements: '{}', thoth_config: null } },
      { requirements: null, thoth_config: 'old' }
    );

    expect(outcome).toBe('applied');
    expect(panel.shared.getMetadata()).toMatchObject({ requirements: '{}', custom: 1 });
    expect(panel.shared.getMetadata()).not.toHaveProperty('thoth_config');
  });

  it('refuses an edit when one of its keys has moved away from its base', () => {
    const panel = new FakePanel();
    panel.shared.setMetadata('requirements', 'mine');
    const document = new NotebookDocument(panel.asPanel());

    const outcome = document.apply(
      { metadata: { requirements: 'theirs', requirements_lock: '{}' } },
      { requirements: null, requirements_lock: null }
    );

    expect(outcome).toBe('refused');
    expect(panel.shared.getMetadata('requirements')).toBe('mine');
    expect(panel.shared.getMetadata('requirements_lock')).toBeUndefined();
  });

  it('says that nothing has changed when the notebook holds the edit already', () => {
    const panel = new FakePanel();
    panel.shared.setMetadata('requirements', 'same');
    const document = new NotebookDocument(panel.asPanel());

    const outcome = document.apply(
      { metadata: { requirements: 'same', thoth_config: null } },
      { requirements: null }
    );

    expect(outcome).toBe('unchanged');
  });

  describe('with an edit of cells', () => {
    const BEFORE = '!pip install pandas\nimport pandas';
    const AFTER = '# !pip install pandas\nimport pandas';
    const EDIT = {
      metadata: { requirements: '{}' },
      cells: [{ index: 0, id: 'one', base: BEFORE, source: AFTER }]
    };

    function open(source: string, ...others: object[]): [FakePanel, NotebookDocument] {
      const panel = new FakePanel();
      const cell = { cell_type: 'code', id: 'one', metadata: {}, outputs: [], source };
      panel.shared.fromJSON({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [...others, cell] as nbformat.ICell[]
      });
      panel.shared.clearUndoHistory();
      return [panel, new NotebookDocument(panel.asPanel())];
    }

    it('writes cells and metadata in one step that can be undone', () => {
      const [panel, document] = open(BEFORE);

      const outcome = document.apply(EDIT, { requirements: null });

      expect(outcome).toBe('applied');
      expect(panel.shared.getCell(0).getSource()).toBe(AFTER);
      expect(panel.shared.getMetadata('requirements')).toBe('{}');
      panel.shared.undo();
      expect(panel.shared.getCell(0).getSource()).toBe(BEFORE);
    });

    it('finds a cell that was moved', () => {
      const text = { cell_type: 'markdown', id: 'two', metadata: {}, source: 'Hi' };
      const [panel, document] = open(BEFORE, text);

      const outcome = document.apply(EDIT, { requirements: null });

      expect(outcome).toBe('applied');
      expect(panel.shared.getCell(1).getSource()).toBe(AFTER);
      expect(panel.shared.getCell(0).getSource()).toBe('Hi');
    });

    it('finds a cell without an id by its place', () => {
      const [panel, document] = open(BEFORE);
      const [change] = EDIT.cells;

      const outcome = document.apply(
        { metadata: {}, cells: [{ ...change, id: null }] },
        {}
      );

      expect(outcome).toBe('applied');
      expect(panel.shared.getCell(0).getSource()).toBe(AFTER);
    });

    it.each([`${BEFORE} as pd`, ''])('refuses all of it when a cell is now %j', now => {
      const [panel, document] = open(now);

      const outcome = document.apply(EDIT, { requirements: null });

      expect(outcome).toBe('refused');
      expect(panel.shared.getCell(0).getSource()).toBe(now);
      expect(panel.shared.getMetadata('requirements')).toBeUndefined();
    });

    it('refuses all of it when a cell is gone', () => {
      const [panel, document] = open(BEFORE);
      panel.shared.deleteCell(0);

      expect(document.apply(EDIT, { requirements: null })).toBe('refused');
    });

    it('says that nothing has changed when the cells hold it already', () => {
      const [panel, document] = open(AFTER);
      panel.shared.setMetadata('requirements', '{}');

      expect(document.apply(EDIT, { requirements: null })).toBe('unchanged');
    });
  });

  describe('with an edit of tags', () => {
    const EDIT = {
      metadata: {},
      tags: [{ index: 0, id: 'one', base: ['keep'], tags: ['keep', 'step:load'] }]
    };

    function open(tags?: string[]): [FakePanel, NotebookDocument] {
      const panel = new FakePanel();
      const metadata = tags ? { tags } : {};
      const cell = { cell_type: 'code', id: 'one', metadata, outputs: [], source: '' };
      const cells = [cell] as nbformat.ICell[];
      panel.shared.fromJSON({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
      panel.shared.clearUndoHistory();
      return [panel, new NotebookDocument(panel.asPanel())];
    }

    it('gives cells tags, and takes them back with an undo', () => {
      const [panel, document] = open(['keep']);

      expect(document.apply(EDIT, {})).toBe('applied');

      expect(panel.shared.getCell(0).getMetadata('tags')).toEqual(['keep', 'step:load']);
      expect(document.foresee(EDIT, {})).toBe('unchanged');
      panel.shared.undo();
      expect(panel.shared.getCell(0).getMetadata('tags')).toEqual(['keep']);
    });

    it('leaves no empty list of tags behind', () => {
      const [panel, document] = open(['keep']);
      const [change] = EDIT.tags;

      document.apply({ metadata: {}, tags: [{ ...change, tags: [] }] }, {});

      expect(panel.shared.getCell(0).getMetadata('tags')).toBeUndefined();
    });

    it.each([[['other']], [undefined]])('refuses it when the tags are now %j', tags => {
      const [panel, document] = open(tags);

      expect(document.apply(EDIT, {})).toBe('refused');
      expect(panel.shared.getCell(0).getMetadata('tags')).toEqual(tags);
    });

    it('takes a cell without tags for one with an empty list', () => {
      const [, document] = open();
      const [change] = EDIT.tags;

      expect(document.apply({ metadata: {}, tags: [{ ...change, base: [] }] }, {})).toBe(
        'applied'
      );
    });
  });

  it('marks cells in the margin, other ones, and none', () => {
    const panel = new FakePanel();
    const cells = ['a', 'b'].map(id => ({
      model: { id },
      node: globalThis.document.createElement('div')
    }));
    Object.assign(panel.content, { widgets: cells });
    const notebook = new NotebookDocument(panel.asPanel());
    const mark = { id: 'a', title: 'Step 1: load', label: '1 load', className: 'blue' };
    const shown = (): string[] => cells.map(({ node }) => node.innerHTML);

    notebook.mark([mark, { ...mark, id: 'gone' }]);
    expect(shown()[0]).toContain('title="Step 1: load">1 load</div>');
    expect(shown()[1]).toBe('');
    notebook.mark([
      { ...mark, label: '' },
      { ...mark, id: 'b' }
    ]);
    expect(shown()[0]).toContain('title="Step 1: load"></div>');
    expect(shown()[1]).toContain('blue');
    notebook.mark([]);

    expect(shown()).toEqual(['', '']);
  });

  it('tells the ids of its cells', () => {
    const panel = new FakePanel();
    panel.shared.insertCell(0, { cell_type: 'code', id: 'one', source: '' });
    const notebook = new NotebookDocument(panel.asPanel());

    expect(notebook.cellIds()).toEqual(['one']);
  });

  it('tells changes of content, metadata and path once it is loaded', async () => {
    const panel = new FakePanel();
    const document = new NotebookDocument(panel.asPanel());
    await document.ready;
    let count = 0;
    document.contentChanged.connect(() => (count += 1));

    panel.model.contentChanged.emit();
    panel.model.metadataChanged.emit();
    panel.context.pathChanged.emit('work/renamed.ipynb');

    expect(count).toBe(3);
  });

  it('selects a cell and scrolls to it, and ignores one that is not there', async () => {
    const panel = new FakePanel();
    const document = new NotebookDocument(panel.asPanel());

    await document.reveal(1);
    await document.reveal(9);

    expect(panel.content.activeCellIndex).toBe(1);
    expect(panel.revealed).toEqual(['cell 1']);
  });

  it('ends with its panel', () => {
    const panel = new FakePanel();
    const document = new NotebookDocument(panel.asPanel());
    let isTold = false;
    document.disposed.connect(() => (isTold = true));

    panel.disposed.emit();

    expect(isTold).toBe(true);
    expect(document.isDisposed).toBe(true);
    expect(document.isVisible).toBe(false);
  });
});
