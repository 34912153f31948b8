import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Advisory, IgnoredAdvisory } from '../tokens';
import { severityText } from './severityText';
import { WebLink } from './WebLink';

/** One advisory. */
export interface IAdvisoryItemProps {
  /** The advisory. */
  advisory: Advisory;
  /** What is known against: named where the list around does not say it. */
  subject?: string;
  /** Until when and why the repository accepted it, where it no longer does. */
  expired?: IgnoredAdvisory;
  /** The translator. */
  trans: TranslationBundle;
}

/** An advisory as a list item: how bad, which one, what it is about, and where it is fixed. */
export function AdvisoryItem(props: IAdvisoryItemProps): React.JSX.Element {
  const { advisory, subject, expired, trans } = props;
  const { id, url, severity, summary, fixed, aliases } = advisory;
  return (
    <li className={`jp-aidevsecops-Advisory jp-mod-${severity}`}>
      <p>
        <span className="jp-aidevsecops-Advisory-severity">
          {severityText(severity, trans)}
        </span>{' '}
        {subject ? <strong>{subject} </strong> : null}
        <WebLink url={url} text={id} />
      </p>
      {summary ? <p>{summary}</p> : null}
      <p className="jp-aidevsecops-Hint">
        {fixed.length > 0
          ? trans.__('Fixed in %1.', fixed.join(', '))
          : trans.__('No version with a fix is known.')}{' '}
        {aliases.length > 0 ? trans.__('Also %1.', aliases.join(', ')) : null}
      </p>
      {expired ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__('Was accepted until %1: %2', expired.expires, expired.reason)}
        </p>
      ) : null}
    </li>
  );
}
