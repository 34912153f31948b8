import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { BuildList } from '../components/BuildList';
import { requestStateText } from '../components/releaseText';
import { WebLink } from '../components/WebLink';
import { LatestAnswer } from '../models/latestAnswer';
import type { BotRequest, FollowedRequest, IReleasesModel } from '../releaseTokens';
import { useSignals } from './useSignals';

/** What bots were asked for. */
export interface IBotRequestsProps {
  /** The issues. */
  requests: readonly BotRequest[];
  /** The repository that they are of. */
  repository: string;
  /** Follows them. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** More is read where it was written. */
const SHOWN = 400;

function shortened(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > SHOWN ? `${trimmed.slice(0, SHOWN)}…` : trimmed;
}

/** What became of an issue: what was answered, its pull request, its tag and its builds. */
function Followed(props: {
  found: FollowedRequest;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { found, trans } = props;
  const { comments, pull_request: request, tag, builds, number, url } = found;
  return (
    <>
      <p>
        <WebLink url={url} text={trans.__('Issue %1', number)} />
      </p>
      {comments.length === 0 ? (
        <p className="jp-aidevsecops-Hint">{trans.__('Nobody answered yet.')}</p>
      ) : (
        <ul
          className="jp-aidevsecops-Comments"
          aria-label={trans.__('Answers to issue %1', number)}
        >
          {comments.map(({ author, body, created_at: date }, index) => (
            <li key={`${date} ${index}`}>
              <strong>{author}</strong>{' '}
              <time className="jp-aidevsecops-Hint" dateTime={date}>
                {new Date(date).toLocaleString()}
              </time>
              <p>{shortened(body)}</p>
            </li>
          ))}
        </ul>
      )}
      {request ? (
        <p>
          <WebLink
            url={request.url}
            text={trans.__('Pull request %1', request.number ?? '')}
          />{' '}
          <span className="jp-aidevsecops-Tag">
            {requestStateText(request.state, trans)}
          </span>
        </p>
      ) : null}
      {tag ? <p>{trans.__('Tagged %1.', tag)}</p> : null}
      {builds.length > 0 ? (
        <BuildList
          label={trans.__('Builds of issue %1', number)}
          builds={builds}
          trans={trans}
        />
      ) : null}
    </>
  );
}

/** One issue, which is followed while it is unfolded. */
function Request(
  props: Omit<IBotRequestsProps, 'requests'> & { request: BotRequest }
): React.JSX.Element {
  const { request, repository, releases, trans } = props;
  const { number } = request;
  const [isOpen, setOpen] = React.useState(false);
  const answer = React.useMemo(
    () =>
      new LatestAnswer(
        (which: number) => releases.follow({ folder: repository }, which),
        0
      ),
    [releases, repository]
  );
  useSignals(answer.changed);
  React.useEffect(() => () => answer.dispose(), [answer]);
  // The list is another one whenever the forge was asked again: so is what became of its issues.
  React.useEffect(() => {
    if (isOpen) {
      void answer.askNow(number);
    }
  }, [answer, isOpen, number, request]);
  const { state } = answer;
  const isClosed = state.kind === 'ready' ? !state.answer.is_open : !request.is_open;
  return (
    <li>
      <details
        className="jp-aidevsecops-Details"
        open={isOpen}
        onToggle={event => setOpen(event.currentTarget.open)}
      >
        <summary>
          {trans.__('#%1 %2', number, request.title)}{' '}
          <span className="jp-aidevsecops-Tag">
            {isClosed ? trans.__('closed') : trans.__('open')}
          </span>
        </summary>
        {isOpen ? (
          <div className="jp-aidevsecops-Followed">
            <AnswerView
              state={state}
              trans={trans}
              render={found => <Followed found={found} trans={trans} />}
            />
          </div>
        ) : null}
      </details>
    </li>
  );
}

/** The issues that ask bots for something, each with what became of it. */
export function BotRequests(props: IBotRequestsProps): React.JSX.Element {
  const { requests, trans, ...rest } = props;
  return requests.length === 0 ? (
    <p className="jp-aidevsecops-Hint">
      {trans.__('No open issue asks a bot for something.')}
    </p>
  ) : (
    <ul
      className="jp-aidevsecops-BotRequests"
      aria-label={trans.__('What bots are asked for')}
    >
      {requests.map(request => (
        <Request key={request.number} {...rest} request={request} trans={trans} />
      ))}
    </ul>
  );
}
