import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { NotebookKernels } from '../../models/notebookKernels';
import { FakeDocument, FakeNotebooks } from '../doubles';

/** A session without a server. */
class FakeSession {
  session: { kernel: { id: string; name: string } | null } | null = null;
  kernelDisplayName = 'Python (train)';
  readonly kernelChanged = new Signal<this, void>(this);
  changes: object[] = [];

  async changeKernel(model: object): Promise<void> {
    this.changes.push(model);
  }
}

/** Panels that a test opens. */
class FakeTracker {
  panels: { id: string; sessionContext: FakeSession }[] = [];
  readonly widgetAdded = new Signal<this, { id: string; sessionContext: FakeSession }>(
    this
  );

  forEach(visit: (panel: object) => void): void {
    this.panels.forEach(visit);
  }

  find(isWanted: (panel: { id: string }) => boolean): object | undefined {
    return this.panels.find(isWanted);
  }

  open(id: string): FakeSession {
    const panel = { id, sessionContext: new FakeSession() };
    this.panels.push(panel);
    this.widgetAdded.emit(panel);
    return panel.sessionContext;
  }
}

function setUp(): {
  document: FakeDocument;
  session: FakeSession;
  kernels: NotebookKernels;
  log: string[];
} {
  const document = new FakeDocument();
  const tracker = new FakeTracker();
  const log: string[] = [];
  const offer = { refreshSpecs: async () => void log.push('offer') };
  const kernels = new NotebookKernels(
    tracker as unknown as INotebookTracker,
    new FakeNotebooks(document),
    offer
  );
  return { document, session: tracker.open(document.id), kernels, log };
}

describe('NotebookKernels', () => {
  it('knows no kernel where none runs', () => {
    const { document, session, kernels } = setUp();
    expect(kernels.current(document)).toBeNull();

    session.session = { kernel: null };

    expect(kernels.current(document)).toBeNull();
    expect(kernels.current(new FakeDocument('other.ipynb'))).toBeNull();
  });

  it('tells which kernel a notebook runs in, and who runs in a kernel', () => {
    const { document, session, kernels } = setUp();

    session.session = { kernel: { id: 'k1', name: 'train' } };

    expect(kernels.current(document)).toEqual({
      id: 'k1',
      name: 'train',
      displayName: 'Python (train)'
    });
    expect(kernels.running('train')).toEqual([document]);
    expect(kernels.running('python3')).toEqual([]);
  });

  it('says when a notebook has another kernel', () => {
    const { document, session, kernels } = setUp();
    const changed: unknown[] = [];
    kernels.changed.connect((_, which) => changed.push(which));

    session.kernelChanged.emit();

    expect(changed).toEqual([document]);
  });

  it('reads the offer before it switches to a kernel that may be new', async () => {
    const { document, session, kernels, log } = setUp();

    await kernels.use(document, 'train');

    expect(log).toEqual(['offer']);
    expect(session.changes).toEqual([{ name: 'train' }]);
  });
});
