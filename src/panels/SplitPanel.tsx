import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { SplitChoices } from '../components/SplitChoices';
import { SplitHead } from '../components/SplitHead';
import { StepCells } from '../components/StepCells';
import { canSplitAt, placesOf } from '../models/cut';
import type {
  ISplitSession,
  ISplitsModel,
  SplitFileState,
  SplitPreview,
  SplitWarning
} from '../splitTokens';
import type { IJobsModel } from '../tokens';
import type { Run } from './LastFailure';
import { SplitFoot } from './SplitFoot';
import { SplitResultView } from './SplitResultView';
import { stepMarks } from './stepMarks';
import { useSignals } from './useSignals';

/** What the preview of a split shows and what it starts. */
export interface ISplitPanelProps {
  /** The preview of one notebook. */
  session: ISplitSession;
  /** The splits. */
  splits: ISplitsModel;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action outside the preview is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

const NO_WARNINGS: readonly SplitWarning[] = [];

/** What the keys that take back a change do; the browser's own keys are left alone in fields. */
function onKeyDown(event: React.KeyboardEvent, session: ISplitSession): void {
  const isField =
    event.target instanceof HTMLInputElement && event.target.type === 'text';
  if (!(event.ctrlKey || event.metaKey) || isField) {
    return;
  }
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) {
    session.redo();
  } else if (key === 'z') {
    session.undo();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** How the steps that were written before compare with what would be written, by name. */
function statesOf(preview: SplitPreview | null): Map<string, SplitFileState> {
  const known = (preview?.steps ?? []).filter(({ state }) => state !== 'new');
  return new Map(known.map(({ name, state }) => [name, state]));
}

/** Where to cut, and the cells by step. */
function Cut(props: ISplitPanelProps & { run: Run }): React.JSX.Element {
  const { session, trans, run } = props;
  const { preview, runs } = session;
  return (
    <section className="jp-aidevsecops-SplitPanel-cells" aria-label={trans.__('Cut')}>
      <SplitChoices
        by={session.by}
        preview={preview}
        canUndo={session.canUndo}
        canRedo={session.canRedo}
        trans={trans}
        onCut={choice => session.cut(choice)}
        onUndo={() => session.undo()}
        onRedo={() => session.redo()}
        onRefresh={() => session.refresh()}
      />
      <StepCells
        runs={runs}
        places={runs.map((_, at) => placesOf(runs, at))}
        selected={session.selected}
        warnings={preview?.warnings ?? NO_WARNINGS}
        states={statesOf(preview)}
        canSplit={canSplitAt}
        trans={trans}
        onReveal={cell => run(CommandIDs.revealCell, { cell })}
        onSelect={step => session.select(step)}
        onShift={(at, by) => session.shiftBoundary(at, by)}
        onMove={(at, cell) => session.moveBoundary(at, cell)}
        onMerge={at => session.merge(at)}
        onSplit={cell => session.splitAt(cell)}
        onRename={(step, name) => session.rename(step, name)}
      />
    </section>
  );
}

/** The preview of a split: the cells on one side, what comes of them on the other. */
export function SplitView(props: ISplitPanelProps): React.JSX.Element {
  const { session, splits, jobs, commands, trans } = props;
  useSignals(session.changed, splits.finished, jobs.jobsChanged);
  const { state, preview, problem, document } = session;
  const run: Run = (id, args = {}) => {
    void commands.execute(id, { panel_id: document.id, ...args });
  };
  return (
    <div
      role="region"
      aria-label={trans.__('Steps of %1', document.path)}
      className="jp-aidevsecops-SplitPanel"
      onKeyDown={event => onKeyDown(event, session)}
    >
      <SplitHead state={state} preview={preview} trans={trans} />
      {state.kind === 'error' ? (
        <ErrorNotice
          problem={state.problem}
          trans={trans}
          onRetry={() => session.refresh()}
        />
      ) : null}
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
      {preview ? (
        <>
          <div className="jp-aidevsecops-SplitPanel-columns">
            <Cut {...props} run={run} />
            <SplitResultView
              session={session}
              preview={preview}
              trans={trans}
              run={run}
            />
          </div>
          <SplitFoot {...props} preview={preview} run={run} />
        </>
      ) : null}
    </div>
  );
}

/** The preview of a split in the main area; marks the cells of its notebook while it is there. */
export class SplitPanel extends ReactWidget {
  constructor(private readonly _props: ISplitPanelProps) {
    super();
    this.addClass('jp-aidevsecops-SplitPanel-widget');
    const { session } = _props;
    session.changed.connect(this._mark, this);
    this._mark();
  }

  protected override render(): React.JSX.Element {
    return <SplitView {...this._props} />;
  }

  private _mark(): void {
    const { session, trans } = this._props;
    // Most changes, such as looking at another step, leave all cells where they are.
    if (session.runs !== this._marked) {
      this._marked = session.runs;
      session.document.mark(stepMarks(session, trans));
    }
  }

  private _marked: ISplitSession['runs'] | null = null;
}
