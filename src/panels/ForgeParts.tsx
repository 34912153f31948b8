import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { BuildList } from '../components/BuildList';
import { Busy } from '../components/Busy';
import { ErrorNotice } from '../components/ErrorNotice';
import { TextButton } from '../components/TextButton';
import { BotRequests } from './BotRequests';
import { ReleasePart } from './ReleasePart';
import type { IRepositoryProps } from './RepositoryReleases';

/** How the builds of the newest release stand, or why that is not known. */
function Builds(props: IRepositoryProps): React.JSX.Element | null {
  const { releases, commands, trans, run } = props;
  const { builds: state } = releases;
  if (state.kind === 'error') {
    return (
      <ErrorNotice
        problem={state.problem}
        trans={trans}
        onRetry={() => void releases.refresh()}
      />
    );
  }
  const found = state.kind === 'idle' ? null : state.answer;
  if (!found) {
    return <Busy label={trans.__('Loading the builds…')} />;
  }
  const { tag, builds, note, wants_token: wantsToken } = found;
  if (note) {
    return (
      <>
        <p className="jp-aidevsecops-Hint">{note}</p>
        {wantsToken ? (
          <div className="jp-aidevsecops-ButtonRow">
            <TextButton
              label={trans.__('Give Git a Token…')}
              title={commands.caption(CommandIDs.keepForgeToken)}
              onClick={() => run(CommandIDs.keepForgeToken)}
            />
          </div>
        ) : null}
      </>
    );
  }
  if (tag === null) {
    return (
      <p className="jp-aidevsecops-Hint">
        {trans.__('There is no release that could be built.')}
      </p>
    );
  }
  return builds.length === 0 ? (
    <p className="jp-aidevsecops-Hint">{trans.__('No builds of %1 are known.', tag)}</p>
  ) : (
    <BuildList label={trans.__('Builds of %1', tag)} builds={builds} trans={trans} />
  );
}

/** What bots are asked for; nothing where the forge is not asked. */
function Requests(props: IRepositoryProps): React.JSX.Element | null {
  const { releases, answer, commands, trans, run } = props;
  const { builds, requests: state } = releases;
  const isTold =
    state.kind === 'error' &&
    builds.kind === 'error' &&
    builds.problem.message === state.problem.message;
  if (state.kind === 'idle' || isTold) {
    return null;
  }
  const found = state.kind === 'error' ? null : state.answer;
  return (
    <ReleasePart title={trans.__('Requests to bots')}>
      {state.kind === 'error' ? (
        <ErrorNotice problem={state.problem} trans={trans} />
      ) : null}
      {found ? (
        <BotRequests
          requests={found}
          repository={answer.repository}
          releases={releases}
          trans={trans}
        />
      ) : null}
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Ask a Bot…')}
          title={commands.caption(CommandIDs.askBot)}
          onClick={() => run(CommandIDs.askBot)}
        />
      </div>
    </ReleasePart>
  );
}

/** What the forge of the remote has of the releases: their builds, and issues for bots. */
export function ForgeParts(props: IRepositoryProps): React.JSX.Element {
  const { releases, trans } = props;
  const { builds } = releases;
  const tag = 'answer' in builds ? builds.answer?.tag : null;
  return (
    <>
      <ReleasePart title={tag ? trans.__('Builds of %1', tag) : trans.__('Builds')}>
        <Builds {...props} />
      </ReleasePart>
      <Requests {...props} />
    </>
  );
}
