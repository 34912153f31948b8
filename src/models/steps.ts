import { Debouncer } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Request } from '../api/request';
import { previewSplit } from '../api/splits';
import type { AnswerState } from '../environmentTokens';
import type {
  IOverlaysModel,
  ISplitsModel,
  IStepsModel,
  SplitPreview,
  Verification
} from '../splitTokens';
import type { IActiveNotebook, INotebookDocument, NotebookSnapshot } from '../tokens';
import { LatestAnswer } from './latestAnswer';

const QUIET_MS = 1500;
const STEP_TAG = 'step:';

/** The steps of a notebook, and what is known of them. */
interface IKnown {
  preview: SplitPreview;
  verification: Verification | null;
}

/** What is kept of one open notebook. */
interface IEntry {
  latest: LatestAnswer<NotebookSnapshot, IKnown>;
  watcher: Debouncer<void>;
  /** The text that was last asked about. */
  asked: string;
}

/** Follows how the open notebooks that are split compare with their steps. */
export class StepsModel implements IStepsModel {
  constructor(
    private readonly _request: Request,
    private readonly _notebooks: IActiveNotebook,
    private readonly _overlays: Pick<IOverlaysModel, 'state' | 'stateChanged'>,
    private readonly _splits: Pick<ISplitsModel, 'finished' | 'standing'>,
    private readonly _quietMs = QUIET_MS
  ) {
    _notebooks.documents.forEach(document => this._open(document));
    _notebooks.documentOpened.connect((_, document) => this._open(document), this);
    _notebooks.currentChanged.connect(() => this._lookAtCurrent(), this);
    _overlays.stateChanged.connect(() => this._lookAtCurrent(), this);
    _splits.finished.connect((_, { kind, job }) => {
      const document = _notebooks.find({ path: job.key });
      if (document && (kind === 'done' || kind === 'verified')) {
        this._made.add(document);
        this._look(document, true);
      }
    }, this);
  }

  /** Emitted with the notebook whose steps are known now, or are others. */
  get stateChanged(): ISignal<this, INotebookDocument> {
    return this._stateChanged;
  }

  /** What is known; `idle` for a notebook that is not split. */
  state(document: INotebookDocument): AnswerState<SplitPreview> {
    const state = this._entries.get(document)?.latest.state ?? { kind: 'idle' };
    switch (state.kind) {
      case 'ready':
        return { kind: 'ready', answer: state.answer.preview };
      case 'loading':
        return { kind: 'loading', answer: state.answer?.preview ?? null };
      default:
        return state;
    }
  }

  /** What the last verification of just these steps found, where that is still on record. */
  verification(document: INotebookDocument): Verification | null {
    const state = this._entries.get(document)?.latest.state;
    return state && 'answer' in state ? (state.answer?.verification ?? null) : null;
  }

  private _open(document: INotebookDocument): void {
    if (this._entries.has(document)) {
      return;
    }
    const entry: IEntry = {
      latest: new LatestAnswer(notebook => this._ask(document.path, notebook), 0),
      watcher: new Debouncer(() => this._look(document), this._quietMs),
      asked: ''
    };
    this._entries.set(document, entry);
    entry.latest.changed.connect(() => this._stateChanged.emit(document), this);
    // A debouncer rejects the calls that a later call replaces.
    const watch = (): void => void entry.watcher.invoke().catch(() => undefined);
    document.contentChanged.connect(watch, entry);
    document.disposed.connect(() => {
      entry.latest.dispose();
      entry.watcher.dispose();
      this._entries.delete(document);
    }, this);
    void document.ready.then(watch);
  }

  private async _ask(path: string, notebook: NotebookSnapshot): Promise<IKnown> {
    const preview = await previewSplit(this._request, { path, notebook });
    // The steps themselves are what counts; what was found is told where it can be had.
    const found = await this._splits.standing(path).catch(() => null);
    return { preview, verification: found && isOf(preview, found) ? found : null };
  }

  private _lookAtCurrent(): void {
    const { current } = this._notebooks;
    if (current) {
      void current.ready.then(() => this._look(current));
    }
  }

  /** Ask for the steps of a notebook that is in sight and split, unless they are known. */
  private _look(document: INotebookDocument, isChanged = false): void {
    const entry = this._entries.get(document);
    if (!entry || document !== this._notebooks.current) {
      return;
    }
    const notebook = document.snapshot();
    if (!this._isSplit(document, notebook)) {
      return;
    }
    const text = JSON.stringify([document.path, notebook]);
    if (isChanged || text !== entry.asked) {
      entry.asked = text;
      void entry.latest.askNow(notebook);
    }
  }

  private _isSplit(document: INotebookDocument, notebook: NotebookSnapshot): boolean {
    const { state } = this._overlays;
    const overlays = 'answer' in state ? (state.answer?.overlays ?? []) : [];
    return (
      this._made.has(document) ||
      overlays.some(
        ({ notebook: path, step }) => path === document.path && step !== null
      ) ||
      hasStepTags(notebook)
    );
  }

  private readonly _entries = new Map<INotebookDocument, IEntry>();
  /** The notebooks that were split since the page was loaded. */
  private readonly _made = new WeakSet<INotebookDocument>();
  private readonly _stateChanged = new Signal<this, INotebookDocument>(this);
}

/** Whether a verification is of the steps as they are now. */
function isOf({ verified, steps }: SplitPreview, found: Verification): boolean {
  if (found.verdict === 'not-checkable') {
    // Step notebooks say nothing of it, as if they had never been run.
    return verified === null && steps.every(({ state }) => state === 'unchanged');
  }
  return verified === found.verified;
}

function hasStepTags({ cells }: NotebookSnapshot): boolean {
  const found = (cells ?? []) as { metadata?: { tags?: unknown } }[];
  return found.some(({ metadata }) => {
    const tags = metadata?.tags;
    return Array.isArray(tags) && tags.some(tag => String(tag).startsWith(STEP_TAG));
  });
}
