import { Clipboard, Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { IconButton } from '../components/IconButton';
import { JobLogView } from '../components/JobLogView';
import { JobTag } from '../components/JobRow';
import { JobLogModel } from '../models/jobLog';
import type { IJobsModel } from '../tokens';

/** The log of a job while it grows. */
class JobLogBody extends ReactWidget {
  constructor(
    private readonly _jobs: IJobsModel,
    private readonly _log: JobLogModel,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-aidevsecops-JobLogBody');
    _log.changed.connect(this.update, this);
  }

  protected override render(): React.JSX.Element {
    const { job, lines, isComplete, problem } = this._log;
    const trans = this._trans;
    const canCancel = job?.state === 'queued' || job?.state === 'running';
    return (
      <>
        <div className="jp-aidevsecops-JobLogBody-head">
          <span role="status">{job ? <JobTag job={job} trans={trans} /> : null}</span>
          <IconButton
            action="Copy"
            label={trans.__('Copy the log')}
            onClick={() => Clipboard.copyToSystem(lines.join('\n'))}
          />
          {canCancel ? (
            <IconButton
              action="Cancel"
              label={trans.__('Cancel the job')}
              onClick={() => void this._jobs.cancel(this._log.jobId)}
            />
          ) : null}
        </div>
        {job?.error && job.state === 'failed' ? (
          <ErrorNotice problem={job.error} trans={trans} />
        ) : null}
        {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
        <JobLogView lines={lines} isComplete={isComplete} trans={trans} />
      </>
    );
  }
}

/** Show the log of a job until the user closes it. */
export async function showJobLog(
  jobs: IJobsModel,
  jobId: string,
  trans: TranslationBundle
): Promise<void> {
  const log = new JobLogModel(jobs, jobId);
  const dialog = new Dialog<unknown>({
    title: log.job?.title ?? trans.__('Log'),
    body: new JobLogBody(jobs, log, trans),
    buttons: [Dialog.okButton({ label: trans.__('Close') })],
    hasClose: true
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  dialog.disposed.connect(() => log.dispose(), log);
  await dialog.launch();
}
