import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { Busy } from '../components/Busy';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { IconButton } from '../components/IconButton';
import { KernelTable } from '../components/KernelTable';
import type {
  IKernelChecks,
  IKernelMaker,
  IKernelsModel,
  INotebookKernels,
  KernelRecord
} from '../kernelTokens';
import { asProblem } from '../models/problems';
import type { IJobsModel, IProblem, Job } from '../tokens';

/** What the dialog shows and works with. */
export interface IKernelsDialogOptions {
  /** The kernels that were made from locks. */
  kernels: IKernelsModel;
  /** Makes them anew. */
  maker: IKernelMaker;
  /** Who runs in them. */
  running: INotebookKernels;
  /** How the open notebooks compare with them. */
  checks: IKernelChecks;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** Code of a problem: the notebook, as it is saved, has no lock. */
const UNLOCKED = 'kernel.unlocked';

/** What the user left the dialog for; null when it was only closed. */
export type KernelsExit = { openNotebook: string } | { showLog: string } | null;

/** The list of kernels, and what is done with them. */
export class KernelsBody extends ReactWidget {
  constructor(
    private readonly _options: IKernelsDialogOptions,
    private readonly _leave: (exit: KernelsExit) => void
  ) {
    super();
    this.addClass('jp-aidevsecops-KernelsBody');
    // So that the focus has somewhere to go when what had it is gone.
    this.node.tabIndex = -1;
    const { kernels, jobs, running, checks } = _options;
    kernels.stateChanged.connect(this.update, this);
    jobs.jobsChanged.connect(this.update, this);
    running.changed.connect(this.update, this);
    checks.stateChanged.connect(this.update, this);
  }

  /** Take back the question, if there is one; false when there is none. */
  dismissQuestion(): boolean {
    const isAsking = this._asking !== null;
    this._ask(null);
    return isAsking;
  }

  protected override render(): React.JSX.Element {
    const { kernels, trans } = this._options;
    const { state } = kernels;
    const isLoading = state.kind === 'loading';
    const count = state.kernels.length;
    const problem = this._problem ?? (state.kind === 'error' ? state.problem : null);
    return (
      <>
        <div className="jp-aidevsecops-KernelsBody-head">
          {isLoading ? (
            <Busy label={trans.__('Loading the kernels…')} />
          ) : (
            <span role="status">
              {trans._n(
                '%1 kernel made from a lock',
                '%1 kernels made from locks',
                count
              )}
            </span>
          )}
          <IconButton
            action="Refresh"
            label={trans.__('Refresh the list')}
            isDisabled={isLoading}
            onClick={() => this._run(() => kernels.refresh())}
          />
        </div>
        {problem ? (
          <ErrorNotice
            problem={problem}
            trans={trans}
            onRetry={() => this._run(() => kernels.refresh())}
          />
        ) : null}
        {count > 0 ? this._table() : null}
        {count === 0 && state.kind === 'ready' ? (
          <EmptyState
            message={trans.__('No kernel was made from a lock yet.')}
            hint={trans.__(
              'Lock a notebook, then choose "Create Kernel and Use It…" in the command palette.'
            )}
          />
        ) : null}
        {count > 0 ? (
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'A notebook that runs in its kernel is compared as it is now, any other as it was saved. Refreshing takes the lock that is saved.'
            )}
          </p>
        ) : null}
      </>
    );
  }

  private _table(): React.JSX.Element {
    const { kernels, maker, running, jobs, trans } = this._options;
    return (
      <KernelTable
        kernels={kernels.state.kernels.map(kernel => this._seenFromHere(kernel))}
        asking={this._asking}
        jobOf={({ name, notebook }) => maker.activeJob(notebook ?? name)}
        usersOf={({ name }) => running.running(name).map(({ path }) => path)}
        now={Date.now() / 1000}
        trans={trans}
        onRefresh={({ name }) => this._run(() => this._refresh(name))}
        onAsk={kernel => this._ask(kernel)}
        onDelete={({ name }) => this._run(() => this._delete(name))}
        onOpen={openNotebook => this._leave({ openNotebook })}
        onCancel={({ job_id: id }: Job) => this._run(() => jobs.cancel(id))}
        onShowLog={({ job_id: showLog }: Job) => this._leave({ showLog })}
      />
    );
  }

  /** A kernel whose notebook runs in it here: its lock may not be saved yet. */
  private _seenFromHere(kernel: KernelRecord): KernelRecord {
    const { running, checks } = this._options;
    const open = running
      .running(kernel.name)
      .find(({ path }) => path === kernel.notebook);
    const seen = open ? checks.state(open) : null;
    return seen?.kind === 'ready' && kernel.state !== 'broken'
      ? { ...kernel, state: seen.check.state, reason: seen.check.reason }
      : kernel;
  }

  private async _refresh(name: string): Promise<void> {
    const { maker, kernels, running, trans } = this._options;
    const outcome = await maker.refresh(name);
    if (outcome.kind === 'failed') {
      const isOpen = running.running(name).length > 0;
      const hint =
        isOpen && outcome.problem.code === UNLOCKED
          ? trans.__('Save the notebook first: refreshing takes the lock that is saved.')
          : outcome.problem.hint;
      this._problem = { ...outcome.problem, hint };
    }
    await kernels.refresh();
  }

  private async _delete(name: string): Promise<void> {
    this._ask(null);
    await this._options.kernels.remove(name);
    this.node.focus();
  }

  private _ask(kernel: KernelRecord | null): void {
    this._asking = kernel?.name ?? null;
    this.update();
  }

  /** Do something; what goes wrong is shown above the list. */
  private _run(work: () => Promise<unknown>): void {
    this._problem = null;
    work()
      .catch((error: unknown) => {
        this._problem = asProblem(error);
      })
      .finally(() => this.update());
  }

  private _asking: string | null = null;
  private _problem: IProblem | null = null;
}
