import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobRow } from '../components/JobRow';
import type { IJobsModel, Job } from '../tokens';
import { useSignals } from './useSignals';

const SECOND_MS = 1000;

/** What the section shows and what it starts. */
export interface IJobsSectionProps {
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** The time in milliseconds, read again every second while `isTicking`. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    if (!isTicking) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

/** The jobs of the server, newest first. */
export function JobsSection(props: IJobsSectionProps): React.JSX.Element {
  const { jobs, commands, trans } = props;
  useSignals(jobs.jobsChanged);
  const now = useNow(jobs.active.length > 0);
  const cancel = React.useCallback(
    ({ job_id }: Job) => void commands.execute(CommandIDs.cancelJob, { job_id }),
    [commands]
  );
  const showLog = React.useCallback(
    ({ job_id }: Job) => void commands.execute(CommandIDs.showJobLog, { job_id }),
    [commands]
  );
  if (jobs.problem && !jobs.isReady) {
    return (
      <ErrorNotice
        problem={jobs.problem}
        trans={trans}
        onRetry={() => void jobs.refresh()}
      />
    );
  }
  if (jobs.jobs.length === 0) {
    return jobs.isReady ? (
      <EmptyState
        message={trans.__('No jobs.')}
        hint={trans.__('What takes long, such as a lock, shows up here.')}
      />
    ) : (
      <Busy label={trans.__('Loading the jobs…')} />
    );
  }
  return (
    <ul className="jp-aidevsecops-JobList" aria-label={trans.__('Jobs')}>
      {jobs.jobs.map(job => (
        <JobRow
          key={job.job_id}
          job={job}
          // The time makes no difference to one that has ended.
          now={job.ended_at === null ? now : 0}
          trans={trans}
          onCancel={cancel}
          onShowLog={showLog}
        />
      ))}
    </ul>
  );
}
