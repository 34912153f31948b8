import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { DependencyTable } from '../components/DependencyTable';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { InstallHint } from '../components/InstallHint';
import { StatusSummary } from '../components/StatusSummary';
import type {
  IActiveNotebook,
  IAuditModel,
  IDependenciesModel,
  IJobsModel,
  ILockModel,
  INotebookDocument,
  IServerStatus
} from '../tokens';
import { statusIcon } from '../icons';
import { Advisories, advisoriesOf } from './Advisories';
import { AuditHead } from './AuditHead';
import { Findings } from './Findings';
import type { Run } from './LastFailure';
import { LastFailure } from './LastFailure';
import type { IKernelModels } from './NotebookKernel';
import { NotebookKernel } from './NotebookKernel';
import { useSignals } from './useSignals';

/** What the section shows and what it starts. */
export interface IDependenciesSectionProps {
  /** The open notebooks. */
  notebooks: IActiveNotebook;
  /** What they need. */
  dependencies: IDependenciesModel;
  /** Their locks. */
  locks: ILockModel;
  /** What is known against what they lock. */
  audits: IAuditModel;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** The kernels that they run in. */
  kernels: IKernelModels;
  /** Whether the server extension answers. */
  server: IServerStatus;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** The dependencies of one open notebook. */
function NotebookDependencies(
  props: IDependenciesSectionProps & { notebook: INotebookDocument }
): React.JSX.Element {
  const { notebook, dependencies: model, locks, audits, jobs, commands, trans } = props;
  const state = model.state(notebook);
  const status = model.status(notebook);
  const { dependencies } = state;
  const where = { panel_id: notebook.id };
  const run: Run = (id, args = {}) => {
    void commands.execute(id, { ...where, ...args });
  };
  const onReveal = (cell: number): void => run(CommandIDs.revealCell, { cell });
  const last = jobs.jobs.find(
    ({ kind, key }) => kind === 'lock' && key === notebook.path
  );
  const failed = last?.state === 'failed' ? last : null;
  const isUnsupported = dependencies?.status === 'unsupported';
  const report = isUnsupported ? null : audits.report(notebook);
  const advisories = {
    report,
    isBusy: status === 'locking',
    trans,
    onUpgrade: (name: string, specifier: string): void =>
      run(CommandIDs.upgradePackage, { name, specifier })
  };
  return (
    <>
      {state.kind === 'error' ? (
        <ErrorNotice
          problem={state.problem}
          trans={trans}
          onRetry={() => run(CommandIDs.refreshDependencies)}
        />
      ) : null}
      <StatusSummary
        path={notebook.path}
        status={status}
        icon={statusIcon(status)}
        dependencies={dependencies}
        job={locks.activeJob(notebook.path)}
        trans={trans}
        onLock={() => run(CommandIDs.lockNotebook)}
        onLockWithOptions={() => run(CommandIDs.lockNotebookWithOptions)}
        onCancel={job => run(CommandIDs.cancelJob, { job_id: job.job_id })}
        onShowLog={job => run(CommandIDs.showJobLog, { job_id: job.job_id })}
      />
      {failed && !locks.isAttended(notebook) ? (
        <LastFailure job={failed} trans={trans} run={run} />
      ) : null}
      {isUnsupported ? null : (
        <NotebookKernel
          {...props.kernels}
          notebook={notebook}
          jobs={jobs}
          trans={trans}
          run={run}
        />
      )}
      {dependencies?.lock && !isUnsupported ? (
        <AuditHead
          path={notebook.path}
          report={report}
          jobs={jobs.jobs}
          isBusy={status === 'locking'}
          trans={trans}
          run={run}
        />
      ) : null}
      {dependencies && !isUnsupported ? (
        dependencies.requirements.length > 0 ? (
          <DependencyTable
            rows={dependencies.requirements}
            isBusy={status === 'locking'}
            below={row => advisoriesOf(row, advisories)}
            trans={trans}
            onEdit={row => run(CommandIDs.editRequirement, { name: row.name })}
            onRemove={row => run(CommandIDs.removeRequirement, { name: row.name })}
            onTree={row => run(CommandIDs.showTree, { name: row.name })}
            onReveal={onReveal}
          />
        ) : (
          <EmptyState
            message={trans.__('This notebook needs no packages.')}
            hint={trans.__('Import one in a cell, or add a requirement.')}
          />
        )
      ) : null}
      {dependencies && !isUnsupported ? (
        <InstallHint
          rows={dependencies.requirements}
          isBusy={status === 'locking'}
          trans={trans}
          onConvert={() => run(CommandIDs.convertInstalls)}
        />
      ) : null}
      {dependencies ? (
        <Advisories rows={dependencies.requirements} {...advisories} />
      ) : null}
      {dependencies ? (
        <Findings dependencies={dependencies} trans={trans} onReveal={onReveal} />
      ) : null}
    </>
  );
}

/** The notebook to show: the page answers to a switch before all that belongs to it is drawn. */
function useShown(current: INotebookDocument | null): INotebookDocument | null {
  const shown = React.useDeferredValue(current);
  return current === null || shown === null || shown.isDisposed ? current : shown;
}

/** The dependencies of the notebook that the user works in. */
export function DependenciesSection(props: IDependenciesSectionProps): React.JSX.Element {
  const { notebooks, dependencies, locks, audits, jobs, server, commands, trans } = props;
  useSignals(
    locks.attended,
    audits.reportChanged,
    notebooks.currentChanged,
    dependencies.stateChanged,
    jobs.jobsChanged,
    server.changed
  );
  const notebook = useShown(notebooks.current);
  if (server.problem && !server.health) {
    return (
      <ErrorNotice
        problem={server.problem}
        trans={trans}
        onRetry={() => {
          void server.refresh();
          void commands.execute(CommandIDs.refreshDependencies);
        }}
      />
    );
  }
  if (!notebook) {
    return (
      <EmptyState
        message={trans.__('No notebook is open.')}
        hint={trans.__('Open a notebook to see what it needs.')}
      />
    );
  }
  return <NotebookDependencies {...props} notebook={notebook} />;
}
