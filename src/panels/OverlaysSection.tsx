import * as React from 'react';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { EmptyState } from '../components/EmptyState';
import { ErrorNotice } from '../components/ErrorNotice';
import { OverlayList } from '../components/OverlayList';
import { SentenceList } from '../components/SentenceList';
import { checkedText } from '../components/splitText';
import { TextButton } from '../components/TextButton';
import type { IOverlaysModel, ISplitsModel, IStepsModel } from '../splitTokens';
import type { IActiveNotebook, IDependenciesModel, IJobsModel } from '../tokens';
import { NotebookSteps } from './NotebookSteps';
import { useSignals } from './useSignals';

/** What is known of splits and overlays. */
export interface ISplitModels {
  /** The splits. */
  splits: ISplitsModel;
  /** The steps of notebooks that are split. */
  steps: IStepsModel;
  /** The overlays. */
  overlays: IOverlaysModel;
}

/** What the section shows and what it starts. */
export interface IOverlaysSectionProps extends ISplitModels {
  /** The open notebooks. */
  notebooks: IActiveNotebook;
  /** What they need. */
  dependencies: IDependenciesModel;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** Show a notebook, and one of its cells. */
async function open(
  { commands }: IOverlaysSectionProps,
  path: string,
  cell?: number
): Promise<void> {
  await commands.execute('docmanager:open', { path });
  if (cell !== undefined) {
    await commands.execute(CommandIDs.revealCell, { path, cell });
  }
}

function Project(props: IOverlaysSectionProps): React.JSX.Element {
  const { overlays, commands, trans } = props;
  const { state } = overlays;
  if (state.kind === 'error') {
    return (
      <ErrorNotice
        problem={state.problem}
        trans={trans}
        onRetry={() => void overlays.refresh()}
      />
    );
  }
  const answer = state.kind === 'idle' ? null : state.answer;
  if (!answer) {
    return <Busy label={trans.__('Loading the overlays…')} />;
  }
  if (answer.overlays.length === 0) {
    return (
      <>
        <EmptyState
          message={trans.__('The project has no overlays.')}
          hint={trans.__(
            'An overlay holds what one notebook or one step must install. Split a notebook, or extract its overlay.'
          )}
        />
        <SentenceList title={trans.__('Worth knowing')} sentences={answer.problems} />
      </>
    );
  }
  return (
    <>
      <OverlayList
        overlays={answer.overlays}
        checks={answer.checks ?? []}
        trans={trans}
        onOpen={(path, cell) => void open(props, path, cell)}
      />
      <SentenceList title={trans.__('Worth knowing')} sentences={answer.problems} />
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Refresh')}
          title={commands.caption(CommandIDs.refreshOverlays)}
          isDisabled={state.kind === 'loading'}
          onClick={() => void commands.execute(CommandIDs.refreshOverlays)}
        />
        {state.kind === 'loading' ? (
          <Busy label={trans.__('Loading…')} />
        ) : (
          <span role="status" className="jp-aidevsecops-Hint">
            {answer.checks ? checkedText(answer.overlays, trans) : ''}
          </span>
        )}
      </div>
    </>
  );
}

/** The steps of the notebook that the user works in, and the overlays of the project. */
export function OverlaysSection(props: IOverlaysSectionProps): React.JSX.Element {
  const { notebooks, dependencies, splits, steps, overlays, jobs, trans } = props;
  useSignals(
    notebooks.currentChanged,
    dependencies.stateChanged,
    splits.finished,
    splits.sessionsChanged,
    steps.stateChanged,
    overlays.stateChanged,
    jobs.jobsChanged
  );
  React.useEffect(() => {
    // The list is read when somebody looks at it.
    if (overlays.state.kind === 'idle') {
      void overlays.refresh();
    }
  }, [overlays]);
  const title = React.useId();
  const { current } = notebooks;
  return (
    <>
      {current && dependencies.status(current) !== 'unsupported' ? (
        <NotebookSteps {...props} notebook={current} />
      ) : null}
      <section className="jp-aidevsecops-Overlays" aria-labelledby={title}>
        <h4 id={title}>{trans.__('Overlays of the project')}</h4>
        <Project {...props} />
      </section>
    </>
  );
}
