import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { BotAnswer } from '../releaseTokens';
import { NotesText } from './NotesText';
import { WebLink } from './WebLink';

/** An issue that would be opened. */
export interface IRequestViewProps {
  /** The issue. */
  answer: BotAnswer;
  /** The translator. */
  trans: TranslationBundle;
}

function whereText({ template }: BotAnswer, trans: TranslationBundle): string {
  return template
    ? trans.__('From the template %1.', template)
    : trans.__('With the usual words: the repository has no template for it.');
}

/** The issue that asks a bot for something, word by word; or the one that is open already. */
export function RequestView({ answer, trans }: IRequestViewProps): React.JSX.Element {
  const {
    title,
    body,
    labels,
    assignees,
    forge,
    issue,
    is_open_already: isOpen
  } = answer;
  const nobody = trans.__('nobody');
  const none = trans.__('none');
  return (
    <div className="jp-aidevsecops-RequestView">
      {isOpen && issue ? (
        <p className="jp-aidevsecops-ErrorNotice">
          {trans.__('It is asked for already:')}{' '}
          <WebLink
            url={issue.url}
            text={trans.__('issue %1, opened by %2', issue.number, issue.author)}
          />
        </p>
      ) : null}
      <dl className="jp-aidevsecops-RequestView-facts">
        <dt>{trans.__('Title')}</dt>
        <dd>
          <strong>{title}</strong>
        </dd>
        <dt>{trans.__('Where')}</dt>
        <dd>
          <WebLink url={forge} text={forge} />
        </dd>
        <dt>{trans.__('Labels')}</dt>
        <dd>{labels.join(', ') || none}</dd>
        <dt>{trans.__('Assigned to')}</dt>
        <dd>{assignees.join(', ') || nobody}</dd>
      </dl>
      {body ? (
        <NotesText label={trans.__('Text of the issue')} text={body} />
      ) : (
        <p className="jp-aidevsecops-Hint">{trans.__('It has no text.')}</p>
      )}
      <p className="jp-aidevsecops-Hint">{whereText(answer, trans)}</p>
    </div>
  );
}
