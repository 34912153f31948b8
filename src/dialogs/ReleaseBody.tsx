import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { Busy } from '../components/Busy';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobLogView } from '../components/JobLogView';
import { JobProgress } from '../components/JobProgress';
import { ReleaseDeeds } from '../components/ReleaseDeeds';
import { ReleaseFields } from '../components/ReleaseFields';
import { planText, ReleasePlanView } from '../components/ReleasePlanView';
import { repositoryText } from '../components/releaseText';
import { RequestView } from '../components/RequestView';
import { TextButton } from '../components/TextButton';
import { JobLogModel } from '../models/jobLog';
import type { IReleaseSession } from '../releaseTokens';
import type { IJobsModel } from '../tokens';

/** What the dialog shows and works with. */
export interface IReleaseDialogOptions {
  /** The release that is planned. */
  session: IReleaseSession;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** The translator. */
  trans: TranslationBundle;
}

interface IBodyProps extends IReleaseDialogOptions {
  /** Called when the release is cut. */
  onDone: () => void;
}

/** The log of a job, read on while it is unfolded. */
function Log(props: {
  jobs: IJobsModel;
  jobId: string;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { jobs, jobId, trans } = props;
  const [shown, setShown] = React.useState<readonly [readonly string[], boolean]>([
    [],
    false
  ]);
  React.useEffect(() => {
    const log = new JobLogModel(jobs, jobId);
    log.changed.connect(() => setShown([log.lines, log.isComplete]));
    return () => log.dispose();
  }, [jobs, jobId]);
  const [lines, isComplete] = shown;
  return <JobLogView lines={lines} isComplete={isComplete} trans={trans} />;
}

function statusText({ session, trans }: IBodyProps): string {
  const { activity, plan, issue, isBehind } = session;
  switch (activity) {
    case 'planning':
      return trans.__('Planning…');
    case 'releasing':
      return issue ? trans.__('Creating the issue…') : trans.__('Releasing…');
    case 'none':
      if (!plan && !issue) {
        return trans.__('Nothing is planned yet.');
      }
      if (isBehind) {
        return trans.__('This plan is of what was chosen before.');
      }
      return plan ? planText(plan, trans) : trans.__('This issue would be opened.');
  }
}

/** The plan, and what leads to it and on from it. */
function Body(props: IBodyProps): React.JSX.Element {
  const { session, jobs, trans, onDone } = props;
  const { releases, choice, plan, issue, isBehind, activity } = session;
  const { job, logOf, problem } = session;
  const isBusy = activity !== 'none';
  const [isLogOpen, setLogOpen] = React.useState(false);
  const root = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    const active = document.activeElement;
    // A button that was pressed and can be pressed no more takes the focus, and the keyboard, with it.
    if (active === document.body || active?.matches(':disabled')) {
      root.current?.focus();
    }
  }, [activity]);
  const known = 'answer' in releases ? releases.answer : null;
  const release = async (): Promise<void> => {
    if (await session.release()) {
      onDone();
    }
  };
  return (
    <div ref={root} tabIndex={-1} className="jp-aidevsecops-ReleaseBody-frame">
      <p className="jp-aidevsecops-ReleaseBody-where">
        {known ? repositoryText(known, trans) : ''}
      </p>
      {releases.kind === 'error' && !problem ? (
        <ErrorNotice problem={releases.problem} trans={trans} />
      ) : null}
      <ReleaseFields
        choice={choice}
        releases={releases}
        isPlanned={(plan ?? issue) !== null && !isBehind}
        isBusy={isBusy}
        trans={trans}
        onChoose={change => session.choose(change)}
        onPlan={() => void session.makePlan()}
      />
      <div className="jp-aidevsecops-ReleaseBody-status" aria-busy={isBusy}>
        {isBusy && !job ? (
          <Busy label={statusText(props)} />
        ) : (
          <p role="status">{statusText(props)}</p>
        )}
      </div>
      {job ? (
        <JobProgress
          job={job}
          trans={trans}
          onCancel={() => void session.cancel()}
          onShowLog={() => setLogOpen(true)}
        />
      ) : null}
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
      {logOf && (job || problem) ? (
        <details
          className="jp-aidevsecops-Details"
          open={isLogOpen}
          onToggle={event => setLogOpen(event.currentTarget.open)}
        >
          <summary>{trans.__('Log')}</summary>
          {isLogOpen ? <Log jobs={jobs} jobId={logOf} trans={trans} /> : null}
        </details>
      ) : null}
      {issue && activity !== 'planning' ? (
        <>
          <div className="jp-aidevsecops-ReleaseIssue">
            <RequestView answer={issue} trans={trans} />
          </div>
          <footer className="jp-aidevsecops-ReleaseBody-foot">
            <TextButton
              label={trans.__('Create Issue')}
              isPrimary
              isDisabled={isBusy || isBehind || issue.is_open_already}
              onClick={() => void release()}
            />
          </footer>
        </>
      ) : null}
      {plan && activity !== 'planning' ? (
        <>
          <ReleasePlanView plan={plan} trans={trans} />
          <footer className="jp-aidevsecops-ReleaseBody-foot">
            <ReleaseDeeds
              plan={plan}
              remote={known?.remote ?? null}
              isPushed={choice.isPushed}
              trans={trans}
              onPush={isPushed => session.choose({ isPushed })}
            />
            <TextButton
              label={trans.__('Release %1', plan.tag)}
              isPrimary
              isDisabled={isBusy || isBehind || !plan.can_release}
              onClick={() => void release()}
            />
          </footer>
        </>
      ) : null}
    </div>
  );
}

/** The body of the dialog that plans a release and cuts it. */
export class ReleaseBody extends ReactWidget {
  constructor(
    private readonly _options: IReleaseDialogOptions,
    private readonly _onDone: () => void
  ) {
    super();
    this.addClass('jp-aidevsecops-ReleaseBody');
    _options.session.changed.connect(this.update, this);
  }

  protected override render(): React.JSX.Element {
    return <Body {...this._options} onDone={this._onDone} />;
  }
}
