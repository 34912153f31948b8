import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobRow } from '../components/JobRow';
import type { IJobsModel } from '../tokens';
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
    return (
      <EmptyState
        message={
          jobs.isReady ? trans.__('No jobs.') : trans.__('Reading the list of jobs…')
        }
        hint={jobs.isReady ? trans.__('A lock shows up here while it runs.') : ''}
      />
    );
  }
  const run = (id: string, jobId: string): void => {
    void commands.execute(id, { job_id: jobId });
  };
  return (
    <ul className="jp-aidevsecops-JobList" aria-label={trans.__('Jobs')}>
      {jobs.jobs.map(job => (
        <JobRow
          key={job.job_id}
          job={job}
          now={now}
          trans={trans}
          onCancel={({ job_id: id }) => run(CommandIDs.cancelJob, id)}
          onShowLog={({ job_id: id }) => run(CommandIDs.showJobLog, id)}
        />
      ))}
    </ul>
  );
}
