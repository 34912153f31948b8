import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobProgress } from '../components/JobProgress';
import { NextVersions } from '../components/NextVersions';
import { NotesText } from '../components/NotesText';
import { ReleaseChecks } from '../components/ReleaseChecks';
import { ReleaseHistory } from '../components/ReleaseHistory';
import { ReleaseStanding } from '../components/ReleaseStanding';
import { checksText, repositoryText, unreleasedText } from '../components/releaseText';
import { TextButton } from '../components/TextButton';
import type { ReleaseKind, Releases } from '../releaseTokens';
import type { Job } from '../tokens';
import type { Run } from './LastFailure';
import { ForgeParts } from './ForgeParts';
import { ReleasePart } from './ReleasePart';
import type { IReleaseSectionProps } from './ReleaseSection';

/** Code of a problem: nothing was committed yet. */
const NO_COMMITS = 'release.no-commits';

/** The releases of one repository, and what can be done with them. */
export interface IRepositoryProps extends IReleaseSectionProps {
  /** What was released. */
  answer: Releases;
  /** Starts a command on the repository. */
  run: Run;
}

/** What is not released, or how far finding that out is. */
function Unreleased({ releases, trans }: IReleaseSectionProps): React.JSX.Element {
  const { notes } = releases;
  if (notes.kind === 'error') {
    const { code, message, hint } = notes.problem;
    return code === NO_COMMITS ? (
      <p className="jp-aidevsecops-Hint">{[message, hint].join(' ')}</p>
    ) : (
      <ErrorNotice problem={notes.problem} trans={trans} />
    );
  }
  const answer = notes.kind === 'idle' ? null : notes.answer;
  if (!answer) {
    return <Busy label={trans.__('Loading the commits…')} />;
  }
  return (
    <>
      <p>{unreleasedText(answer, trans)}</p>
      {answer.notes ? (
        <details className="jp-aidevsecops-Details">
          <summary>{trans.__('What the changelog would tell')}</summary>
          <NotesText label={trans.__('Release notes')} text={answer.notes} />
        </details>
      ) : null}
    </>
  );
}

/** How far a job is that works on the releases, or why the last one came to nothing. */
function ReleaseJob(
  props: IRepositoryProps & { job: Job | null }
): React.JSX.Element | null {
  const { releases, answer, trans, run, job } = props;
  const showLog = (id: string): void => run(CommandIDs.showJobLog, { job_id: id });
  if (job) {
    return (
      <JobProgress
        job={job}
        trans={trans}
        onCancel={({ job_id: id }) => run(CommandIDs.cancelJob, { job_id: id })}
        onShowLog={({ job_id: id }) => showLog(id)}
      />
    );
  }
  const failed = releases.failure(answer.repository);
  return failed?.error ? (
    <ErrorNotice
      problem={failed.error}
      trans={trans}
      onShowLog={() => showLog(failed.job_id)}
    />
  ) : null;
}

/** The buttons that lead to a plan. */
function Next(props: IRepositoryProps & { isBusy: boolean }): React.JSX.Element {
  const { releases, answer, commands, trans, run, isBusy } = props;
  const { notes } = releases;
  const asked = ('answer' in notes && notes.answer?.next) || null;
  const choose = (kind: ReleaseKind): void => run(CommandIDs.cutRelease, { kind });
  return (
    <ReleasePart title={trans.__('Next version')}>
      {answer.problem ? (
        <div className="jp-aidevsecops-ErrorNotice">
          <p>{answer.problem}</p>
        </div>
      ) : null}
      {answer.current === null && !answer.problem ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'No file and no tag says a version. Name the first one, such as 0.1.0.'
          )}
        </p>
      ) : null}
      {answer.problem ? null : (
        <NextVersions releases={answer} asked={asked} trans={trans} onChoose={choose} />
      )}
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Cut a Release…')}
          title={commands.caption(CommandIDs.cutRelease)}
          isPrimary
          isDisabled={isBusy}
          onClick={() => run(CommandIDs.cutRelease)}
        />
      </div>
    </ReleasePart>
  );
}

/** The releases of one repository. */
export function RepositoryReleases(props: IRepositoryProps): React.JSX.Element {
  const { releases, answer, commands, trans, run } = props;
  const job = releases.activeJob(answer.repository);
  const isBusy = job !== null || answer.running;
  const { plan } = releases;
  return (
    <>
      <p role="status" className="jp-aidevsecops-ReleasePart">
        {repositoryText(answer, trans)}
      </p>
      <ReleaseJob {...props} job={job} />
      {job ? null : (
        <ReleaseStanding
          releases={answer}
          isBusy={isBusy}
          trans={trans}
          onResume={() => run(CommandIDs.resumeRelease)}
          onUndo={() => run(CommandIDs.undoRelease)}
          onWorkflow={() => run(CommandIDs.writeReleaseWorkflow)}
        />
      )}
      <Next {...props} isBusy={isBusy} />
      <ReleasePart title={trans.__('Not released')}>
        <Unreleased {...props} />
      </ReleasePart>
      {plan ? (
        <ReleasePart title={trans.__('Checks of %1', plan.tag)}>
          <p>{checksText(plan.checks, trans)}</p>
          <ReleaseChecks checks={plan.checks} trans={trans} />
          {plan.checks.some(
            ({ name, status }) => name === 'forge' && status !== 'pass'
          ) ? (
            <div className="jp-aidevsecops-ButtonRow">
              <TextButton
                label={trans.__('Give Git a Token…')}
                title={commands.caption(CommandIDs.keepForgeToken)}
                onClick={() => run(CommandIDs.keepForgeToken)}
              />
            </div>
          ) : null}
        </ReleasePart>
      ) : (
        <ReleasePart title={trans.__('Checks')}>
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'They are made when a release is planned, since commands of the repository may be among them.'
            )}
          </p>
        </ReleasePart>
      )}
      <ReleasePart title={trans.__('Releases')}>
        <ReleaseHistory tags={answer.tags} trans={trans} />
      </ReleasePart>
      <ForgeParts {...props} />
    </>
  );
}
