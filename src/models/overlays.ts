import { UUID } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Request } from '../api/request';
import { checkOverlays, extractOverlay, listOverlays } from '../api/splits';
import type {
  IOverlayChoice,
  IOverlaysModel,
  OverlayResult,
  Overlays,
  OverlaysState
} from '../splitTokens';
import type { IJobsModel, INotebookDocument } from '../tokens';
import { Signal } from '@lumino/signaling';
import { resultOf } from './jobResult';
import { LatestAnswer } from './latestAnswer';

/** Lists the overlays of the project, and extracts those of notebooks. */
export class OverlaysModel implements IOverlaysModel {
  constructor(
    private readonly _request: Request,
    private readonly _jobs: IJobsModel
  ) {
    this._list = new LatestAnswer(
      isChecked => (isChecked ? this._check() : listOverlays(_request)),
      0
    );
    this._list.changed.connect(() => this._stateChanged.emit(), this);
  }

  /** What is known of them. */
  get state(): OverlaysState {
    return this._list.state;
  }

  /** Emitted when {@link state} changed. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Read the list again. */
  refresh(): Promise<void> {
    return this._list.askNow(false);
  }

  /** Look also at what the notebooks of the overlays import; takes longer. */
  check(): Promise<void> {
    return this._list.askNow(true);
  }

  /** What extracting the environment of a notebook would write. */
  preview(document: INotebookDocument, choice: IOverlayChoice): Promise<OverlayResult> {
    return this._run(document, choice, true);
  }

  /** Write the environment of a notebook to an overlay. */
  async extract(
    document: INotebookDocument,
    choice: IOverlayChoice
  ): Promise<OverlayResult> {
    const result = await this._run(document, choice, false);
    void this.refresh();
    return result;
  }

  private async _check(): Promise<Overlays> {
    const { checks, problems } = await checkOverlays(this._request);
    return { overlays: checks.map(({ overlay }) => overlay), problems, checks };
  }

  private async _run(
    document: INotebookDocument,
    { name, force, trusted }: IOverlayChoice,
    isDry: boolean
  ): Promise<OverlayResult> {
    const started = await extractOverlay(this._request, {
      path: document.path,
      notebook: document.snapshot(),
      name: name.trim() || null,
      force,
      dry_run: isDry,
      trust_indexes: [...trusted],
      idempotency_key: UUID.uuid4()
    });
    return resultOf(this._jobs, started);
  }

  private readonly _list: LatestAnswer<boolean, Overlays>;
  private readonly _stateChanged = new Signal<this, void>(this);
}
