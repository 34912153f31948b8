import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Releases } from '../releaseTokens';
import { requestStateText, stageText } from './releaseText';
import { TextButton } from './TextButton';
import { isWebPage, WebLink } from './WebLink';

/** How the newest release stands. */
export interface IReleaseStandingProps {
  /** What was released. */
  releases: Releases;
  /** Whether something is done with it now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to go on with it. */
  onResume: () => void;
  /** Called when the user wants to take it back. */
  onUndo: () => void;
  /** Called when the user wants to see the workflow that tags what is merged. */
  onWorkflow: () => void;
}

function whereText(releases: Releases, trans: TranslationBundle): string {
  const { release, published } = releases;
  const remote = release?.remote ?? null;
  if (release?.pull_request) {
    const { branch, target, note } = release.pull_request;
    const brought = trans.__('The branch %1 brings it into %2.', branch, target);
    return [brought, note].filter(Boolean).join(' ');
  }
  if (remote === null) {
    return trans.__('Commit and tag are on this machine only.');
  }
  const where =
    published === 'all'
      ? trans.__('Commit and tag are on %1.', remote)
      : trans.__('What of it is on %1 is not known.', remote);
  return [where, release?.forge_release?.note].filter(Boolean).join(' ');
}

/** The ways to what a forge has of a release: its pull request, and how that stands, or its page. */
function Links({ releases, trans }: IReleaseStandingProps): React.JSX.Element | null {
  const { pull_request: request, forge_release: page } = releases.release ?? {};
  const { state } = releases.pull_request ?? {};
  const link = request
    ? { url: request.url, text: trans.__('Pull request %1', request.number ?? '') }
    : { url: page?.url ?? '', text: trans.__('Its page') };
  return isWebPage(link.url) ? (
    <p>
      <WebLink {...link} />{' '}
      {state ? (
        <span className="jp-aidevsecops-Tag">{requestStateText(state, trans)}</span>
      ) : null}
    </p>
  ) : null;
}

/** A release that is not done, with what can be done with it; or the newest one. */
export function ReleaseStanding(props: IReleaseStandingProps): React.JSX.Element | null {
  const { releases, isBusy, trans, onResume, onUndo } = props;
  const { release, running, can_resume: canResume, can_undo: canUndo } = releases;
  const title = React.useId();
  if (!release || release.stage === 'undone') {
    return null;
  }
  const undo = canUndo ? (
    <TextButton label={trans.__('Undo…')} isDisabled={isBusy} onClick={onUndo} />
  ) : null;
  if (release.stage === 'done') {
    return (
      <section className="jp-aidevsecops-ReleaseStanding" aria-labelledby={title}>
        <h4 id={title}>
          {release.mode === 'direct'
            ? trans.__('%1 is released', release.version)
            : trans.__('%1 is proposed', release.version)}
        </h4>
        <p className="jp-aidevsecops-Hint">{whereText(releases, trans)}</p>
        <Links {...props} />
        {releases.workflow_missing ? (
          <>
            <p className="jp-aidevsecops-Hint">
              {trans.__('Nothing in this repository tags it when it is merged.')}
            </p>
            <div className="jp-aidevsecops-ButtonRow">
              <TextButton
                label={trans.__('Add Workflow…')}
                isDisabled={isBusy}
                onClick={props.onWorkflow}
              />
            </div>
          </>
        ) : null}
        {undo ? <div className="jp-aidevsecops-ButtonRow">{undo}</div> : null}
      </section>
    );
  }
  return (
    <section
      className="jp-aidevsecops-ReleaseStanding jp-mod-unfinished"
      aria-labelledby={title}
    >
      <h4 id={title}>
        {running
          ? trans.__('The release of %1 is under way', release.version)
          : trans.__('The release of %1 is not done', release.version)}
      </h4>
      <p>{stageText(release, trans)}</p>
      {release.error ? <p className="jp-aidevsecops-Hint">{release.error}</p> : null}
      <div className="jp-aidevsecops-ButtonRow">
        {canResume ? (
          <TextButton
            label={trans.__('Resume')}
            isPrimary
            isDisabled={isBusy}
            onClick={onResume}
          />
        ) : null}
        {undo}
      </div>
    </section>
  );
}
