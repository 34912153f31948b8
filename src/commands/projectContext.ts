import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IProjects } from '../projectTokens';
import type { IJobsModel } from '../tokens';

/** What the Git extension calls its panel. */
export const GIT_PANEL = 'git:ui';

/** What the commands about a project work with. */
export interface IProjectContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** The project that the user is in. */
  projects: IProjects;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** The translator. */
  trans: TranslationBundle;
}
