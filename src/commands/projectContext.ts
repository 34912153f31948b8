import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IProjects } from '../projectTokens';

/** What the Git extension calls its panel. */
export const GIT_PANEL = 'git:ui';

/** What the commands about a project work with. */
export interface IProjectContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** The project that the user is in. */
  projects: IProjects;
  /** The translator. */
  trans: TranslationBundle;
}
