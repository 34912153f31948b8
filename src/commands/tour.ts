import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import type { ITourPlace } from '../dialogs/Tour';
import { Tour } from '../dialogs/Tour';
import type { IFirstRunContext } from './firstRun';

let tour: Tour | null = null;

function places(trans: TranslationBundle): ITourPlace[] {
  return [
    {
      section: 'project',
      title: trans.__('Project'),
      text: trans.__(
        'How the project is, and the one thing to do next. To try all of this, have an example project copied into a new folder: nothing of yours changes. With a project of your own, go on to the next step.'
      ),
      command: CommandIDs.openExamples
    },
    {
      section: 'dependencies',
      title: trans.__('Dependencies'),
      text: trans.__(
        'What the notebook in front imports, and whether its lock holds. A lock records every package with its version and its hashes, in the notebook itself.'
      ),
      command: CommandIDs.lockNotebook
    },
    {
      section: 'overlays',
      title: trans.__('Overlays'),
      text: trans.__(
        'A long notebook can be split into steps. Each step is a notebook with an environment of its own, an overlay. What would be written is shown first.'
      ),
      command: CommandIDs.splitNotebook
    },
    {
      section: 'pipelines',
      title: trans.__('Pipelines'),
      text: trans.__(
        'A pipeline runs steps after each other: here, each in its own environment, or on a cluster by Elyra. The runs are listed, and can be compared.'
      ),
      command: CommandIDs.createPipeline
    },
    {
      section: 'release',
      title: trans.__('Release'),
      text: trans.__(
        'A release is planned from what was committed: version, changelog, checks. The plan is shown before anything is done, and a release can be undone.'
      ),
      command: CommandIDs.cutRelease
    },
    {
      section: 'jobs',
      title: trans.__('Jobs'),
      text: trans.__(
        'Whatever takes time is listed here with its log, and can be cancelled. This tour is in the launcher and in the command palette.'
      ),
      command: ''
    }
  ];
}

/** Lead through the sections; a tour that is going on goes on. */
export async function startTour({ commands, trans }: IFirstRunContext): Promise<void> {
  if (tour && !tour.isDisposed) {
    tour.focus();
    return;
  }
  tour = new Tour(places(trans), commands, trans);
  await tour.begin();
}
