import { Debouncer } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { previewSplit } from '../api/splits';
import type { Request } from '../api/request';
import type { AnswerState } from '../environmentTokens';
import type { components } from '../generated/api';
import type {
  CutBy,
  ICellRun,
  ICutChoice,
  ISplitOptions,
  ISplitSession,
  SplitPreview
} from '../splitTokens';
import type { INotebookDocument, IProblem, NotebookSnapshot } from '../tokens';
import type { ICellNow, ICut } from './cut';
import * as cuts from './cut';
import { LatestAnswer } from './latestAnswer';

type SplitRequest = components['schemas']['SplitRequest'];

/** Codes of problems: a step needs a name, and one of its own. */
export const NAME_MISSING = 'split.name-missing';
export const NAME_TAKEN = 'split.name-taken';

/** A moment without a key or a press of a button, in milliseconds. */
const CHANGE_MS = 150;
/** A moment without a key in the notebook, in milliseconds. */
const TYPING_MS = 800;

/** A preview, and the ids that its cells had. */
interface IAnswer {
  preview: SplitPreview;
  ids: string[];
}

/** How the notebook is cut, to be taken back and made again. */
interface IMoment {
  choice: ICutChoice;
  cut: ICut | null;
}

const INITIAL: ISplitOptions = {
  out: null,
  overlays: true,
  module: false,
  prune: false,
  verify: false,
  force: false
};

/** The cells of a notebook, as far as a cut by hand asks. */
function cellsOf(notebook: NotebookSnapshot, ids: readonly string[]): ICellNow[] {
  const cells = (notebook.cells ?? []) as { cell_type?: string }[];
  return cells.map((cell, index) => ({
    id: ids[index],
    isCode: cell.cell_type === 'code'
  }));
}

/** The preview of one notebook, asked for again whenever the cut or the notebook changes. */
export class SplitSession implements ISplitSession {
  constructor(
    readonly document: INotebookDocument,
    private readonly _request: Request,
    quiet = { changeMs: CHANGE_MS, typingMs: TYPING_MS }
  ) {
    this._latest = new LatestAnswer(() => this._ask(), quiet.changeMs);
    this._latest.changed.connect(this._onAnswer, this);
    this._watcher = new Debouncer(() => this._look(), quiet.typingMs);
    document.contentChanged.connect(this._onContent, this);
    void document.ready.then(() => this.refresh());
  }

  /** The preview, or how far it is. */
  get state(): AnswerState<SplitPreview> {
    const { state } = this._latest;
    switch (state.kind) {
      case 'ready':
        return { kind: 'ready', answer: state.answer.preview };
      case 'loading':
        return { kind: 'loading', answer: state.answer?.preview ?? null };
      default:
        return state;
    }
  }

  /** The last preview that there was. */
  get preview(): SplitPreview | null {
    return this._shown?.preview ?? null;
  }

  /** Whether it does not show yet what was chosen last. */
  get isBehind(): boolean {
    return this._isBehind;
  }

  /** The ids of its cells. */
  get ids(): readonly string[] {
    return this._shown?.ids ?? [];
  }

  /** How the notebook is cut. */
  get by(): CutBy {
    return this._cut ? 'hand' : this._choice.by;
  }

  /** The cells as they are cut at this moment. */
  get runs(): readonly ICellRun[] {
    return this._runs;
  }

  /** What is to be written. */
  get options(): ISplitOptions {
    return this._options;
  }

  /** The name of the step that the user looks at, or null. */
  get selected(): string | null {
    return this._selected;
  }

  /** Whether a change can be taken back. */
  get canUndo(): boolean {
    return this._past.length > 0;
  }

  /** Whether a change that was taken back can be made again. */
  get canRedo(): boolean {
    return this._future.length > 0;
  }

  /** What kept the split from being applied. */
  get problem(): IProblem | null {
    return this._problem;
  }

  /** Emitted when any of these changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Cut elsewhere; changes by hand are dropped. */
  cut(choice: ICutChoice): void {
    this._change({ choice, cut: null });
  }

  /** Let a run begin at another cell. */
  moveBoundary(run: number, cell: number): void {
    this._byHand((shown, cut) => cuts.moveBoundary(shown, cut, run, cell));
  }

  /** Let a run begin some code cells later, or earlier. */
  shiftBoundary(run: number, by: number): void {
    const cell = cuts.shifted(this._runs, run, by);
    if (cell !== null) {
      this.moveBoundary(run, cell);
    }
  }

  /** Give a step another name; what keeps it from having it, or null. */
  rename(step: string, name: string): IProblem | null {
    const wanted = name.trim();
    if (wanted === step) {
      return null;
    }
    const cut = this._present();
    const code =
      wanted === ''
        ? NAME_MISSING
        : cut && cuts.isTaken(cut, wanted, step)
          ? NAME_TAKEN
          : null;
    if (code) {
      return { code, message: '', hint: '', details: { name: wanted } };
    }
    const isSelected = this._selected === step;
    this._byHand((_, present) => cuts.renameStep(present, step, wanted));
    if (isSelected) {
      this._selected = wanted;
    }
    return null;
  }

  /** Make a run part of the step before it. */
  merge(run: number): void {
    this._byHand((shown, cut) => cuts.mergeRun(shown, cut, run));
  }

  /** Begin a step at a cell. */
  splitAt(cell: number): void {
    this._byHand((shown, cut) => cuts.splitAt(shown, cut, cell));
  }

  /** Take the last change back. */
  undo(): void {
    const moment = this._past.pop();
    if (moment) {
      this._future.push(this._moment());
      this._set(moment);
    }
  }

  /** Make it again. */
  redo(): void {
    const moment = this._future.pop();
    if (moment) {
      this._past.push(this._moment());
      this._set(moment);
    }
  }

  /** Choose what is to be written. */
  choose(options: Partial<ISplitOptions>): void {
    const before = this._options;
    this._options = { ...before, ...options };
    const isAsked = (['out', 'overlays', 'module', 'prune'] as const).some(
      key => this._options[key] !== before[key]
    );
    if (isAsked) {
      this._isBehind = true;
      this._latest.ask();
    }
    this._changed.emit();
  }

  /** Look at a step. */
  select(step: string | null): void {
    this._selected = step;
    this._changed.emit();
  }

  /** Ask for the preview again. */
  refresh(): void {
    if (!this._isDisposed) {
      void this._latest.askNow();
    }
  }

  /** Resolves when no preview is on its way. */
  settled(): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        if (this._isDisposed || this.state.kind !== 'loading') {
          this._changed.disconnect(look);
          resolve();
        }
      };
      this._changed.connect(look);
      look();
    });
  }

  /** Say what kept the split from being applied. */
  report(problem: IProblem | null): void {
    this._problem = problem;
    this._changed.emit();
  }

  /** The request of this moment; with the pictures in texts, which a preview does without. */
  body(withPictures = false): SplitRequest {
    const { document } = this;
    const notebook = document.snapshot(withPictures);
    const { out, overlays, module, prune } = this._options;
    const { by, level } = this._choice;
    const where: Partial<SplitRequest> = this._cut
      ? {
          by: 'hand',
          steps: cuts.choicesOf(this._cut, cellsOf(notebook, document.cellIds()))
        }
      : { by, level };
    return { path: document.path, notebook, out, overlays, module, prune, ...where };
  }

  /** Stop asking, and leave no marks. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._latest.dispose();
    this._watcher.dispose();
    this.document.contentChanged.disconnect(this._onContent, this);
    this.document.mark([]);
    this._changed.emit();
    Signal.clearData(this);
  }

  private async _ask(): Promise<IAnswer> {
    const ids = this.document.cellIds();
    const body = this.body();
    this._asked = JSON.stringify([body.path, body.notebook]);
    return { preview: await previewSplit(this._request, body), ids };
  }

  private _onAnswer(): void {
    const { state } = this._latest;
    this._isBehind &&= state.kind === 'loading';
    if (state.kind === 'ready') {
      this._shown = state.answer;
      // The names are made safe, and a step that lost its last cell is gone.
      this._cut = this._cut ? cuts.cutOf(this._cells()) : null;
      this._draw();
    }
    this._changed.emit();
  }

  private _onContent(): void {
    // A debouncer rejects the calls that a later call replaces.
    this._watcher.invoke().catch(() => undefined);
  }

  /** Ask again if the notebook is another one than the last one asked about. */
  private _look(): void {
    const { document } = this;
    const text = JSON.stringify([document.path, document.snapshot()]);
    if (!document.isDisposed && text !== this._asked) {
      this.refresh();
    }
  }

  private _cells(): cuts.ICutCells {
    return { cells: this._shown?.preview.cells ?? [], ids: this.ids };
  }

  /** The cut by hand, or the one that the preview shows as if it were. */
  private _present(): ICut | null {
    return this._cut ?? (this._shown ? cuts.cutOf(this._cells()) : null);
  }

  private _byHand(
    change: (shown: cuts.ICutCells & { runs: readonly ICellRun[] }, cut: ICut) => ICut
  ): void {
    const present = this._present();
    if (!present) {
      return;
    }
    const cut = change({ ...this._cells(), runs: this._runs }, present);
    if (cut !== present) {
      this._change({ choice: this._choice, cut });
    }
  }

  private _moment(): IMoment {
    return { choice: this._choice, cut: this._cut };
  }

  private _change(moment: IMoment): void {
    this._past.push(this._moment());
    this._future.length = 0;
    this._set(moment);
  }

  private _set({ choice, cut }: IMoment): void {
    this._choice = choice;
    this._cut = cut;
    this._problem = null;
    this._isBehind = true;
    this._draw();
    this._latest.ask();
  }

  private _draw(): void {
    const { cells, ids } = this._cells();
    this._runs = cuts.runsOf(this._cut ? cuts.withCut({ cells, ids }, this._cut) : cells);
  }

  private readonly _latest: LatestAnswer<void, IAnswer>;
  private readonly _watcher: Debouncer<void>;
  private readonly _past: IMoment[] = [];
  private readonly _future: IMoment[] = [];
  private _choice: ICutChoice = { by: 'auto', level: null };
  private _cut: ICut | null = null;
  private _options = INITIAL;
  private _shown: IAnswer | null = null;
  private _runs: readonly ICellRun[] = [];
  private _selected: string | null = null;
  private _problem: IProblem | null = null;
  private _isBehind = false;
  private _asked = '';
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
