import * as React from 'react';
import '../../style/project.css';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { BusyRegion } from '../components/BusyRegion';
import { EmptyState } from '../components/EmptyState';
import { ProjectHead } from '../components/ProjectHead';
import { ProjectLinkRow } from '../components/ProjectLinkRow';
import { problemText } from '../components/problemText';
import { projectText, sectionOf } from '../components/projectText';
import { TextButton } from '../components/TextButton';
import type { IProjectModel, Project } from '../projectTokens';
import type { IProjectSectionProps } from './ProjectSection';
import { useSignals } from './useSignals';

/** What the section shows and what it starts. */
export interface IProjectViewProps extends Omit<IProjectSectionProps, 'projects'> {
  /** The project that the user is in. */
  model: IProjectModel;
}

function Offer({
  project,
  commands,
  trans
}: IProjectViewProps & { project: Project }): React.JSX.Element {
  const { repository } = project.adoption;
  return (
    <div className="jp-aidevsecops-Project-offer">
      <p>
        {repository
          ? trans.__('The project has not adopted the template yet.')
          : trans.__('The folder is no project yet.')}
      </p>
      <p className="jp-aidevsecops-Hint">
        {trans.__(
          'The template brings what the chain needs: environments, owners, issue templates and a check in CI. You see each file first, and what is there stays.'
        )}
      </p>
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Adopt…')}
          title={commands.caption(CommandIDs.adoptProject)}
          isPrimary
          onClick={() => void commands.execute(CommandIDs.adoptProject)}
        />
      </div>
    </div>
  );
}

function Links(props: IProjectViewProps & { project: Project }): React.JSX.Element {
  const { model, project, commands, trans } = props;
  return (
    <ul
      className="jp-aidevsecops-ProjectLinks"
      aria-label={trans.__('Links of the chain')}
    >
      {project.links.map(link => (
        <ProjectLinkRow
          key={link.name}
          link={link}
          isFirst={link.name === project.next && !project.adoption.offered}
          isBusy={link.next?.command === 'audit-project' && model.isAuditing}
          trans={trans}
          onShow={() =>
            void commands.execute(CommandIDs.showSidebar, {
              section: sectionOf(link.name)
            })
          }
          onNext={() => void commands.execute(CommandIDs.doNextStep, { link: link.name })}
        />
      ))}
    </ul>
  );
}

/** A document by its name alone: the project is known. */
function nameOf(path: string): string {
  return path.split('/').pop() ?? path;
}

/** The project that the user is in: every link of its chain, and what is next. */
export function ProjectView(props: IProjectViewProps): React.JSX.Element {
  const { model, jobs, commands, trans } = props;
  useSignals(model.stateChanged, jobs.jobsChanged);
  const { state } = model;
  if (state.kind === 'error') {
    const { message, hint } = problemText(state.problem, trans);
    return (
      <>
        <EmptyState message={message} hint={hint} />
        <div className="jp-aidevsecops-ButtonRow jp-aidevsecops-Project-again">
          <TextButton label={trans.__('Retry')} onClick={() => void model.refresh()} />
        </div>
      </>
    );
  }
  const project = state.kind === 'idle' ? null : state.answer;
  if (!project) {
    return <Busy label={trans.__('Loading the project…')} />;
  }
  const unsaved = model.unsaved(project.path);
  const openGit = commands.isVisible(CommandIDs.openGit)
    ? () => void commands.execute(CommandIDs.openGit)
    : undefined;
  return (
    <BusyRegion
      className="jp-aidevsecops-Project"
      isBusy={state.kind === 'loading'}
      // Who commits or works in a terminal comes back from there.
      onMouseEnter={() => model.refreshIfOld()}
    >
      <ProjectHead
        name={project.name}
        git={project.git ?? null}
        summary={projectText(project.links, trans)}
        trans={trans}
        onOpenGit={openGit}
      />
      {project.adoption.offered ? <Offer {...props} project={project} /> : null}
      <Links {...props} project={project} />
      {unsaved.length > 0 ? (
        <p className="jp-aidevsecops-Hint jp-aidevsecops-Project-unsaved">
          {trans.__('Not saved, so not looked at: %1', unsaved.map(nameOf).join(', '))}
        </p>
      ) : null}
    </BusyRegion>
  );
}
