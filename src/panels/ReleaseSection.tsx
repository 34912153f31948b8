import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { Busy } from '../components/Busy';
import { BusyRegion } from '../components/BusyRegion';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import type { IReleasesModel } from '../releaseTokens';
import type { IJobsModel } from '../tokens';
import type { Run } from './LastFailure';
import { useSignals } from './useSignals';

/** Code of a problem: the folder is in no repository. */
const NO_REPOSITORY = 'release.no-repository';

/** The section is folded at first, and few unfold it in each session. */
const RepositoryReleases = React.lazy(async () => ({
  default: (await import('./RepositoryReleases')).RepositoryReleases
}));

/** What the section shows and what it starts. */
export interface IReleaseSectionProps {
  /** The releases. */
  releases: IReleasesModel;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** The releases of the repository that the user is in. */
export function ReleaseSection(props: IReleaseSectionProps): React.JSX.Element {
  const { releases, jobs, commands, trans } = props;
  useSignals(releases.stateChanged, releases.finished, jobs.jobsChanged);
  const { state } = releases;
  if (state.kind === 'error') {
    const { code, message, hint } = state.problem;
    return code === NO_REPOSITORY ? (
      <EmptyState message={message} hint={hint} />
    ) : (
      <ErrorNotice
        problem={state.problem}
        trans={trans}
        onRetry={() => void releases.refresh()}
      />
    );
  }
  const answer = state.kind === 'idle' ? null : state.answer;
  const loading = <Busy label={trans.__('Loading the repository…')} />;
  if (!answer) {
    return loading;
  }
  // What is shown is what is meant, wherever the user goes meanwhile.
  const run: Run = (id, args = {}) => {
    void commands.execute(id, { folder: answer.repository, ...args });
  };
  return (
    <BusyRegion className="jp-aidevsecops-Release" isBusy={state.kind === 'loading'}>
      <React.Suspense fallback={loading}>
        <RepositoryReleases {...props} answer={answer} run={run} />
      </React.Suspense>
    </BusyRegion>
  );
}

/** The content of the section, which asks the server only while somebody looks at it. */
export class ReleaseContent extends ReactWidget {
  constructor(private readonly _props: IReleaseSectionProps) {
    super();
  }

  // The section is folded when it is attached, so that it is always shown first.
  protected override onAfterShow(): void {
    this._props.releases.watch(true);
  }

  protected override onAfterHide(): void {
    this._props.releases.watch(false);
  }

  protected override render(): React.JSX.Element {
    return <ReleaseSection {...this._props} />;
  }
}
