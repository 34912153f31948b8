import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IPipelines } from '../pipelineTokens';

/** What the commands about pipelines work with. */
export interface IPipelineContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** The pipelines of the project. */
  pipelines: IPipelines;
  /** The paths of what is selected in the file browser. */
  selectedPaths: () => string[];
  /** The path of the document in front, or null. */
  frontPath: () => string | null;
  /** Save a document where it is open and has changes. */
  save: (path: string) => Promise<void>;
  /** The translator. */
  trans: TranslationBundle;
}

/** Whether a file is a pipeline, by its name. */
export function isPipeline(path: string | null | undefined): path is string {
  return path?.endsWith('.pipeline') ?? false;
}
