import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Releases } from '../releaseTokens';
import { WebLink } from './WebLink';

/** What was released. */
export interface IReleaseHistoryProps {
  /** The tags of the releases, the newest first. */
  tags: Releases['tags'];
  /** The translator. */
  trans: TranslationBundle;
}

/** More than this are unfolded. */
const SHOWN = 5;

/** As many as anybody unfolds: a repository may have thousands of tags. */
const LISTED = 200;

function List(props: { tags: Releases['tags']; label: string }): React.JSX.Element {
  const { tags, label } = props;
  return (
    <ul className="jp-aidevsecops-ReleaseHistory" aria-label={label}>
      {tags.map(({ name, commit, date, url }) => (
        <li key={name}>
          <strong title={commit}>
            <WebLink url={url} text={name} />
          </strong>{' '}
          <time className="jp-aidevsecops-Hint" dateTime={date}>
            {new Date(date).toLocaleDateString()}
          </time>
        </li>
      ))}
    </ul>
  );
}

/** The releases, the newest first: tag and day of each, with the way to its page. */
export function ReleaseHistory(props: IReleaseHistoryProps): React.JSX.Element {
  const { tags, trans } = props;
  const more = tags.slice(SHOWN, LISTED);
  if (tags.length === 0) {
    return <p className="jp-aidevsecops-Hint">{trans.__('Nothing was released yet.')}</p>;
  }
  return (
    <>
      <List tags={tags.slice(0, SHOWN)} label={trans.__('Releases')} />
      {more.length > 0 ? (
        <details className="jp-aidevsecops-Details">
          <summary>
            {trans._n('%1 earlier one', '%1 earlier ones', tags.length - SHOWN)}
          </summary>
          <List tags={more} label={trans.__('Earlier releases')} />
        </details>
      ) : null}
    </>
  );
}
