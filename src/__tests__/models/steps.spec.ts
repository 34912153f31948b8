import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { StepsModel } from '../../models/steps';
import type {
  ISplitsModel,
  OverlaysState,
  SplitOutcome,
  SplitPreview,
  Verification
} from '../../splitTokens';
import { eventually, FakeNotebooks, FakeServer } from '../doubles';
import {
  makeOverlay,
  makePreview,
  makeSplitJob,
  makeSplitResult,
  makeStep,
  makeVerification,
  SplitDocument
} from '../splitDoubles';

const ROUTE = 'POST splits/previews';

class Overlays {
  state: OverlaysState = { kind: 'ready', answer: { overlays: [], problems: [] } };
  readonly stateChanged = new Signal<never, void>(this as never);
}

class Splits {
  found: Verification | null = null;
  readonly finished = new Signal<ISplitsModel, SplitOutcome>(this as never);

  async standing(): Promise<Verification | null> {
    return this.found;
  }
}

function setUp(): {
  document: SplitDocument;
  server: FakeServer;
  notebooks: FakeNotebooks;
  overlays: Overlays;
  splits: Splits;
  model: StepsModel;
} {
  const document = new SplitDocument();
  const server = new FakeServer().on(ROUTE, makePreview());
  const notebooks = new FakeNotebooks(document);
  const overlays = new Overlays();
  const splits = new Splits();
  const model = new StepsModel(server.request, notebooks, overlays, splits, 0);
  return { document, server, notebooks, overlays, splits, model };
}

/** Let everything happen that is about to. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setTimeout(resolve));
  }
}

describe('StepsModel', () => {
  it('asks nothing of a notebook that is not split', async () => {
    const { document, server, model } = setUp();

    document.contentChanged.emit();
    await settle();

    expect(server.asked).toEqual([]);
    expect(model.state(document).kind).toBe('idle');
  });

  it('knows the steps of a notebook whose cells have tags of steps', async () => {
    const { document, server, model } = setUp();
    document.tags = [['step:load']];

    document.contentChanged.emit();

    await eventually(() => expect(model.state(document).kind).toBe('ready'));
    document.contentChanged.emit();
    await settle();
    expect(server.count(ROUTE)).toBe(1);
  });

  it('knows those of a notebook that overlays are of', async () => {
    const { document, overlays, model } = setUp();

    overlays.state = {
      kind: 'ready',
      answer: { overlays: [makeOverlay()], problems: [] }
    };
    overlays.stateChanged.emit();

    await eventually(() => expect(model.state(document).kind).toBe('ready'));
  });

  it('asks again once a notebook was split', async () => {
    const { document, server, splits, model } = setUp();
    const outcome: SplitOutcome = {
      kind: 'done',
      job: makeSplitJob({ state: 'succeeded' }),
      result: makeSplitResult(),
      tags: 'unchanged'
    };

    splits.finished.emit(outcome);
    await eventually(() => expect(model.state(document).kind).toBe('ready'));
    splits.finished.emit(outcome);

    await eventually(() => expect(server.count(ROUTE)).toBe(2));
  });

  it.each<[Partial<SplitPreview>, Partial<Verification>, boolean]>([
    [{ verified: true }, { verified: true, verdict: 'same' }, true],
    [{ verified: false }, { verified: false }, true],
    [{ verified: true }, { verified: false, verdict: 'different' }, false],
    [
      { verified: null, steps: [makeStep({ state: 'unchanged' })] },
      { verified: false, verdict: 'not-checkable' },
      true
    ],
    [
      { verified: null, steps: [makeStep({ state: 'edited' })] },
      { verified: false, verdict: 'not-checkable' },
      false
    ],
    [{ verified: null }, { verified: true, verdict: 'same' }, false]
  ])(
    'tells what a verification found if it is of these steps: %j, %j',
    async (preview, change, isTold) => {
      const { document, server, splits, model } = setUp();
      server.on(ROUTE, makePreview(undefined, preview));
      splits.found = makeVerification(change);
      document.tags = [['step:load']];
      expect(model.verification(document)).toBeNull();

      document.contentChanged.emit();

      await eventually(() => expect(model.state(document).kind).toBe('ready'));
      expect(model.verification(document)).toEqual(isTold ? splits.found : null);
    }
  );

  it('waits with a notebook that is out of sight until it is in front', async () => {
    const { notebooks, server, model } = setUp();
    const other = new SplitDocument('other.ipynb');
    other.tags = [['step:load']];
    notebooks.documents.push(other);
    notebooks.documentOpened.emit(other);
    await settle();
    expect(server.asked).toEqual([]);

    notebooks.activate(other);

    await eventually(() => expect(model.state(other).kind).toBe('ready'));
    other.dispose();
    expect(model.state(other).kind).toBe('idle');
  });
});
