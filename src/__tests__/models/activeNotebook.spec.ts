import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { ActiveNotebook } from '../../models/activeNotebook';

/** A panel that has nothing but what opening one reads of it. */
class FakePanel {
  constructor(path: string) {
    this.id = `id-${path}`;
    this.context = {
      localPath: path,
      ready: new Promise<void>(() => undefined),
      pathChanged: new Signal<object, string>({})
    };
  }

  readonly id: string;
  readonly context: {
    localPath: string;
    ready: Promise<void>;
    pathChanged: Signal<object, string>;
  };
  isVisible = true;
  readonly disposed = new Signal<this, void>(this);
}

/** A tracker of panels that a test opens. */
class FakeTracker {
  constructor(...panels: FakePanel[]) {
    this.panels = panels;
    this.currentWidget = panels[0] ?? null;
  }

  panels: FakePanel[];
  currentWidget: FakePanel | null;
  readonly widgetAdded = new Signal<this, FakePanel>(this);
  readonly currentChanged = new Signal<this, FakePanel | null>(this);

  forEach(callback: (panel: FakePanel) => void): void {
    this.panels.forEach(callback);
  }

  asTracker(): INotebookTracker {
    return this as unknown as INotebookTracker;
  }
}

describe('ActiveNotebook', () => {
  it('knows the notebooks that are open when it starts', () => {
    const tracker = new FakeTracker(new FakePanel('a.ipynb'), new FakePanel('b.ipynb'));

    const model = new ActiveNotebook(tracker.asTracker());

    expect(model.documents.map(one => one.path)).toEqual(['a.ipynb', 'b.ipynb']);
    expect(model.current?.path).toBe('a.ipynb');
  });

  it('tells once that a notebook was opened, in whatever order the tracker does', () => {
    const tracker = new FakeTracker();
    const model = new ActiveNotebook(tracker.asTracker());
    const opened: string[] = [];
    const current: (string | undefined)[] = [];
    model.documentOpened.connect((_, document) => opened.push(document.path));
    model.currentChanged.connect((_, document) => current.push(document?.path));
    const panel = new FakePanel('a.ipynb');

    tracker.currentWidget = panel;
    tracker.currentChanged.emit(panel);
    tracker.widgetAdded.emit(panel);

    expect(opened).toEqual(['a.ipynb']);
    expect(current).toEqual(['a.ipynb']);
  });

  it('finds a notebook by panel, by path, or the current one', () => {
    const tracker = new FakeTracker(new FakePanel('a.ipynb'), new FakePanel('b.ipynb'));
    const model = new ActiveNotebook(tracker.asTracker());

    expect(model.find({})?.path).toBe('a.ipynb');
    expect(model.find({ path: 'b.ipynb' })?.path).toBe('b.ipynb');
    expect(model.find({ panel_id: 'id-b.ipynb' })?.path).toBe('b.ipynb');
    expect(model.find({ path: 'closed.ipynb' })).toBeNull();
  });

  it('forgets a notebook that was closed', () => {
    const panel = new FakePanel('a.ipynb');
    const tracker = new FakeTracker(panel);
    const model = new ActiveNotebook(tracker.asTracker());

    panel.disposed.emit();

    expect(model.documents).toEqual([]);
    expect(model.current).toBeNull();
  });
});
