import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { TextButton } from '../components/TextButton';
import type { SplitPreview } from '../splitTokens';
import type { Run } from './LastFailure';
import { SplitJob } from './SplitJob';
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
  const hint = hindrance(props);
  // A preview that is only looked at again is waited for once the button is pressed.
  const canApply =
    preview.can_apply && !session.isBehind && session.state.kind !== 'error';
  const { steps } = preview;
  const isWritten = steps.length > 0 && steps.every(({ state }) => state !== 'new');
  return (
    <footer className="jp-aidevsecops-SplitFoot">
      <SplitJob path={path} splits={splits} trans={trans} run={run} />
      {splits.activeJob(path) ? null : (
        <div className="jp-aidevsecops-ButtonRow">
          <TextButton
            label={trans.__('Create Steps')}
            title={trans._n(
              'Write %1 notebook, and what goes with it',
              'Write %1 notebooks, and what goes with them',
              preview.steps.length
            )}
            isPrimary
            isDisabled={!canApply}
            onClick={() => run(CommandIDs.createSteps)}
          />
          {isWritten ? (
            <TextButton
              label={trans.__('Create Pipeline…')}
              title={trans.__(
                'Make a pipeline of the steps, which runs one after another'
              )}
              onClick={() => run(CommandIDs.createPipeline, { path })}
            />
          ) : null}
          {hint ? <span className="jp-aidevsecops-Hint">{hint}</span> : null}
        </div>
      )}
    </footer>
  );
}
