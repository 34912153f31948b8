import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobProgress } from '../components/JobProgress';
import { TextButton } from '../components/TextButton';
import type { SplitPreview } from '../splitTokens';
import type { Run } from './LastFailure';
import type { ISplitPanelProps } from './SplitPanel';

/** What can be done with a preview. */
export interface ISplitFootProps extends Omit<ISplitPanelProps, 'commands'> {
  /** What the split comes to. */
  preview: SplitPreview;
  /** Starts a command on the notebook. */
  run: Run;
}

/** Why the split cannot be applied as it is, in a sentence; empty when it can. */
function hindrance({ preview, trans }: ISplitFootProps): string {
  if (preview.can_apply) {
    return '';
  }
  return preview.warnings.some(warning => warning.is_error)
    ? trans.__('Errors stand in the way; they are listed above.')
    : trans.__('This split cannot be written as it is.');
}

/** The button that writes the steps, or how far that is. */
export function SplitFoot(props: ISplitFootProps): React.JSX.Element {
  const { session, splits, preview, trans, run } = props;
  const { path } = session.document;
  const job = splits.activeJob(path);
  const failed = splits.failure(path);
  const hint = hindrance(props);
  return (
    <footer className="jp-aidevsecops-SplitFoot">
      {job ? (
        <JobProgress
          job={job}
          trans={trans}
          onCancel={({ job_id: id }) => run(CommandIDs.cancelJob, { job_id: id })}
          onShowLog={({ job_id: id }) => run(CommandIDs.showJobLog, { job_id: id })}
        />
      ) : (
        <>
          {failed?.error ? (
            <ErrorNotice
              problem={failed.error}
              trans={trans}
              onShowLog={() => run(CommandIDs.showJobLog, { job_id: failed.job_id })}
            />
          ) : null}
          <div className="jp-aidevsecops-ButtonRow">
            <TextButton
              label={trans.__('Create steps')}
              title={trans._n(
                'Write %1 notebook, and what goes with it',
                'Write %1 notebooks, and what goes with them',
                preview.steps.length
              )}
              isPrimary
              isDisabled={!preview.can_apply || session.state.kind !== 'ready'}
              onClick={() => run(CommandIDs.createSteps)}
            />
            {hint ? <span className="jp-aidevsecops-Hint">{hint}</span> : null}
          </div>
        </>
      )}
    </footer>
  );
}
