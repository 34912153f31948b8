import { SidePanel } from '@jupyterlab/ui-components';
import type { AccordionPanel, Widget } from '@lumino/widgets';
import * as React from 'react';
import type { SectionName } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { Busy } from '../components/Busy';
import { logoIcon } from '../icons';
import type { IPipelines } from '../pipelineTokens';
import type { IProjects } from '../projectTokens';
import type { IReleasesModel } from '../releaseTokens';
import type { IDependenciesSectionProps } from './DependenciesSection';
import { DependenciesSection } from './DependenciesSection';
import type { ISplitModels } from './OverlaysSection';
import { PipelineContent } from './PipelineSection';
import { ProjectContent } from './ProjectSection';
import { ReleaseContent } from './ReleaseSection';
import type { ISection } from './createSection';
import { createSection } from './createSection';

/** It comes when the page is there, as nothing that is shown at once needs it. */
const JobsSection = React.lazy(async () => ({
  default: (await import('./JobsSection')).JobsSection
}));
const OverlaysSection = React.lazy(async () => ({
  default: (await import('./OverlaysSection')).OverlaysSection
}));

/** The id of the sidebar in the shell. */
export const PANEL_ID = 'aidevsecops-panel';

/** The room that a section gets which was folded at first, beside the rooms of the others. */
const UNFOLDED = 6;
/** The part of the height below which nobody sees what is in a section. */
const TOO_SMALL = 0.1;

/** What the sidebar shows and what it starts. */
export interface IAidevsecopsPanelProps extends IDependenciesSectionProps {
  /** The project that the user is in. */
  projects: IProjects;
  /** What is known of splits and overlays. */
  splits: ISplitModels;
  /** What was released. */
  releases: IReleasesModel;
  /** The pipelines of the project. */
  pipelines: IPipelines;
}

/** The sidebar: the project, dependencies and steps of a notebook, overlays, pipelines, releases, and jobs. */
export class AidevsecopsPanel extends SidePanel {
  constructor(props: IAidevsecopsPanelProps) {
    super();
    const { commands, dependencies, jobs, notebooks, splits, trans } = props;
    const { pipelines, projects, releases } = props;
    this.id = PANEL_ID;
    this.addClass('jp-aidevsecops-Panel');
    this.title.icon = logoIcon;
    this.title.caption = trans.__('AIDevSecOps');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('AIDevSecOps'));
    const sections: ISection[] = [
      {
        name: 'project',
        title: trans.__('Project'),
        size: 5,
        buttons: [CommandIDs.openDoctor, CommandIDs.refreshProject],
        content: () => new ProjectContent({ projects, jobs, commands, trans })
      },
      {
        name: 'dependencies',
        title: trans.__('Dependencies'),
        size: 5,
        buttons: [
          CommandIDs.lockNotebook,
          CommandIDs.upgradeLock,
          CommandIDs.addRequirement,
          CommandIDs.refreshDependencies
        ],
        content: <DependenciesSection {...props} />
      },
      {
        name: 'overlays',
        title: trans.__('Overlays'),
        size: 0,
        buttons: [
          CommandIDs.splitNotebook,
          CommandIDs.extractOverlay,
          CommandIDs.refreshOverlays
        ],
        content: (
          <React.Suspense fallback={<Busy label={trans.__('Loading the overlays…')} />}>
            <OverlaysSection
              {...splits}
              notebooks={notebooks}
              dependencies={dependencies}
              jobs={jobs}
              commands={commands}
              trans={trans}
            />
          </React.Suspense>
        )
      },
      {
        name: 'pipelines',
        title: trans.__('Pipelines'),
        size: 0,
        buttons: [
          CommandIDs.runPipeline,
          CommandIDs.createPipeline,
          CommandIDs.refreshPipelines
        ],
        content: () => new PipelineContent({ pipelines, jobs, commands, trans })
      },
      {
        name: 'release',
        title: trans.__('Release'),
        size: 0,
        buttons: [
          CommandIDs.cutRelease,
          CommandIDs.showReleaseNotes,
          CommandIDs.refreshReleases
        ],
        content: () => new ReleaseContent({ releases, jobs, commands, trans })
      },
      {
        name: 'jobs',
        title: trans.__('Jobs'),
        size: 0,
        buttons: [CommandIDs.clearJobs],
        content: (
          <React.Suspense fallback={<Busy label={trans.__('Loading the jobs…')} />}>
            <JobsSection jobs={jobs} commands={commands} trans={trans} />
          </React.Suspense>
        )
      }
    ];
    for (const section of sections) {
      this.addWidget(createSection(section, commands, trans));
    }
    this._names = sections.map(({ name }) => name);
    this._sizes = sections.map(({ size }) => size);
  }

  /** Make a section visible, and have its title take the focus. */
  reveal(name: SectionName): void {
    const sections = this.content as AccordionPanel;
    const at = this._names.indexOf(name);
    sections.expand(at);
    // A layout that was restored may know it as unfolded, and yet give it no room; and whoever looks
    // for a small one wants to see what is in it.
    if (this._hasSizes && sections.relativeSizes()[at] < TOO_SMALL) {
      this._sizes[at] = UNFOLDED;
      this._share();
    }
    sections.titles[at].focus();
  }

  /** Give the sections their first sizes: as long as the panel has none they would be lost. */
  protected override onResize(message: Widget.ResizeMessage): void {
    super.onResize(message);
    if (!this._hasSizes && this.node.offsetHeight > 0) {
      this._hasSizes = true;
      const sections = this.content as AccordionPanel;
      sections.expansionToggled.connect(this._onToggled, this);
      this._share();
    }
  }

  /** Make room for a section that is folded first, once it is unfolded. */
  private _onToggled(_: AccordionPanel, index: number): void {
    if (this._sizes[index] === 0) {
      this._share();
    }
  }

  /** Give room to those sections, too, that are no longer folded. */
  private _share(): void {
    const sections = this.content as AccordionPanel;
    sections.widgets.forEach((section, at) => {
      if (this._sizes[at] === 0 && !section.isHidden) {
        this._sizes[at] = UNFOLDED;
      }
    });
    sections.setRelativeSizes(this._sizes);
  }

  private readonly _names: readonly SectionName[];
  private readonly _sizes: number[];
  private _hasSizes = false;
}
