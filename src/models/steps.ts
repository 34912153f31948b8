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
  SplitPreview
} from '../splitTokens';
import type { IActiveNotebook, INotebookDocument, NotebookSnapshot } from '../tokens';
import { LatestAnswer } from './latestAnswer';

const QUIET_MS = 1500;
const STEP_TAG = 'step:';

/** What is kept of one open notebook. */
interface IEntry {
  latest: LatestAnswer<NotebookSnapshot, SplitPreview>;
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
    splits: Pick<ISplitsModel, 'finished'>,
    private readonly _quietMs = QUIET_MS
  ) {
    _notebooks.documents.forEach(document => this._open(document));
    _notebooks.documentOpened.connect((_, document) => this._open(document), this);
    _notebooks.currentChanged.connect(() => this._lookAtCurrent(), this);
    _overlays.stateChanged.connect(() => this._lookAtCurrent(), this);
    splits.finished.connect((_, { kind, job }) => {
      const document = _notebooks.find({ path: job.key });
      if (document && (kind === 'done' || kind === 'verified')) {
        this._split.add(document);
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
    return this._entries.get(document)?.latest.state ?? { kind: 'idle' };
  }

  private _open(document: INotebookDocument): void {
    if (this._entries.has(document)) {
      return;
    }
    const entry: IEntry = {
      latest: new LatestAnswer(
        notebook => previewSplit(this._request, { path: document.path, notebook }),
        0
      ),
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
      this._split.has(document) ||
      overlays.some(
        ({ notebook: path, step }) => path === document.path && step !== null
      ) ||
      hasStepTags(notebook)
    );
  }

  private readonly _entries = new Map<INotebookDocument, IEntry>();
  /** The notebooks that were split since the page was loaded. */
  private readonly _split = new WeakSet<INotebookDocument>();
  private readonly _stateChanged = new Signal<this, INotebookDocument>(this);
}

function hasStepTags({ cells }: NotebookSnapshot): boolean {
  const found = (cells ?? []) as { metadata?: { tags?: unknown } }[];
  return found.some(({ metadata }) => {
    const tags = metadata?.tags;
    return Array.isArray(tags) && tags.some(tag => String(tag).startsWith(STEP_TAG));
  });
}
