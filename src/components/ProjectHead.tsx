import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ProjectGit } from '../projectTokens';
import { TextButton } from './TextButton';

/** Where a project is. */
export interface IProjectHeadProps {
  /** What it is called. */
  name: string;
  /** Its repository; null where it has none. */
  git: ProjectGit | null;
  /** How it is, in one sentence. */
  summary: string;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to commit, push or pull; without it nothing here can do that. */
  onOpenGit?: () => void;
}

function Git({ git, trans, onOpenGit }: IProjectHeadProps & { git: ProjectGit }) {
  if (git.problem) {
    return <p className="jp-aidevsecops-Hint">{git.problem}</p>;
  }
  const facts = [
    git.ahead ? trans._n('%1 commit ahead', '%1 commits ahead', git.ahead) : '',
    git.behind ? trans._n('%1 commit behind', '%1 commits behind', git.behind) : '',
    git.uncommitted.length > 0
      ? trans._n(
          '%1 file not committed',
          '%1 files not committed',
          git.uncommitted.length
        )
      : ''
  ].filter(Boolean);
  return (
    <>
      <p className="jp-aidevsecops-Project-branch" title={git.uncommitted.join('\n')}>
        <bdi>{git.branch ?? trans.__('no branch')}</bdi>
        {facts.length > 0 ? (
          <span className="jp-aidevsecops-Hint"> · {facts.join(' · ')}</span>
        ) : null}
      </p>
      {onOpenGit && facts.length > 0 ? (
        <div className="jp-aidevsecops-ButtonRow">
          <TextButton
            label={trans.__('Open Git')}
            title={trans.__('Commit, push and pull')}
            onClick={onOpenGit}
          />
        </div>
      ) : null}
    </>
  );
}

/** Which project it is, where its repository is, and how it is. */
export function ProjectHead(props: IProjectHeadProps): React.JSX.Element {
  const { name, git, summary, trans } = props;
  return (
    <header className="jp-aidevsecops-Project-head">
      <h4 title={name}>
        <bdi>{name}</bdi>
      </h4>
      {git ? (
        <Git {...props} git={git} />
      ) : (
        <p className="jp-aidevsecops-Hint">{trans.__('In no Git repository.')}</p>
      )}
      <p role="status" className="jp-aidevsecops-Project-summary">
        {summary}
      </p>
    </header>
  );
}
