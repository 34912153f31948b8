import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ProjectLink } from '../projectTokens';
import { linkTitle, nextCaption, nextText, stateSign, stateText } from './projectText';
import { TextButton } from './TextButton';

/** One link of the chain. */
export interface IProjectLinkRowProps {
  /** The link. */
  link: ProjectLink;
  /** Whether its next action comes before those of the others. */
  isFirst: boolean;
  /** Whether what is next is being done already. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to see more of it. */
  onShow: () => void;
  /** Called when the user wants to do what is next. */
  onNext: () => void;
}

/** A row: how the link is, and the one thing to do next. */
export function ProjectLinkRow(props: IProjectLinkRowProps): React.JSX.Element {
  const { link, isFirst, isBusy, trans, onShow, onNext } = props;
  const title = linkTitle(link.name, trans);
  const state = stateText(link.state, trans);
  return (
    <li className={`jp-aidevsecops-ProjectLink jp-mod-${link.state}`}>
      <button
        type="button"
        className="jp-aidevsecops-ProjectLink-text"
        title={[trans.__('Show this section'), ...link.details].join('\n')}
        onClick={onShow}
      >
        <span className="jp-aidevsecops-ProjectLink-title">
          <span className="jp-aidevsecops-ProjectLink-sign" aria-hidden="true">
            {stateSign(link.state)}
          </span>
          <strong>{title}</strong>
          <span className="jp-aidevsecops-Tag">{state}</span>
        </span>
        <span className="jp-aidevsecops-ProjectLink-summary">{link.summary}</span>
      </button>
      {link.next ? (
        <TextButton
          label={nextText(link.next, trans)}
          title={nextCaption(link.next, trans)}
          isPrimary={isFirst}
          isDisabled={isBusy}
          onClick={onNext}
        />
      ) : null}
    </li>
  );
}
