import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { ErrorNotice } from '../components/ErrorNotice';
import { StepList } from '../components/StepList';
import { TextButton } from '../components/TextButton';
import type { INotebookDocument } from '../tokens';
import type { Run } from './LastFailure';
import type { IOverlaysSectionProps } from './OverlaysSection';
import { SplitJob } from './SplitJob';

/** The steps of one notebook, and what can be done with it. */
export function NotebookSteps(
  props: IOverlaysSectionProps & { notebook: INotebookDocument }
): React.JSX.Element {
  const { notebook, splits, steps, commands, trans } = props;
  const title = React.useId();
  const state = steps.state(notebook);
  const preview =
    state.kind === 'ready' || state.kind === 'loading' ? state.answer : null;
  const isSplit = state.kind !== 'idle';
  const job = splits.activeJob(notebook.path);
  const run: Run = (id, args = {}) => {
    void commands.execute(id, { panel_id: notebook.id, ...args });
  };
  const button = (id: string, label: string, isPrimary = false): React.JSX.Element => (
    <TextButton
      label={label}
      title={commands.caption(id)}
      isPrimary={isPrimary}
      isDisabled={job !== null}
      onClick={() => run(id)}
    />
  );
  return (
    <section className="jp-aidevsecops-NotebookSteps" aria-labelledby={title}>
      <h4 id={title}>{trans.__('Steps of %1', notebook.path.split('/').pop())}</h4>
      {state.kind === 'error' ? (
        <ErrorNotice problem={state.problem} trans={trans} />
      ) : null}
      {preview ? (
        <StepList
          preview={preview}
          verification={steps.verification(notebook)}
          trans={trans}
          onOpen={path => run('docmanager:open', { path })}
          onReport={() => run(CommandIDs.showVerification)}
        />
      ) : null}
      {isSplit ? null : (
        <p className="jp-aidevsecops-Hint">{trans.__('Not split into steps.')}</p>
      )}
      <SplitJob path={notebook.path} splits={splits} trans={trans} run={run} />
      <div className="jp-aidevsecops-ButtonRow">
        {button(CommandIDs.splitNotebook, trans.__('Split into Steps…'), !isSplit)}
        {isSplit ? button(CommandIDs.verifySteps, trans.__('Verify')) : null}
        {isSplit ? (
          <TextButton
            label={trans.__('Create Pipeline…')}
            title={commands.caption(CommandIDs.createPipeline)}
            isDisabled={job !== null}
            onClick={() => run(CommandIDs.createPipeline, { path: notebook.path })}
          />
        ) : null}
        {button(CommandIDs.extractOverlay, trans.__('Extract Overlay…'))}
      </div>
    </section>
  );
}
