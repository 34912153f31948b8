import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookArgs } from '../commandIds';
import type {
  IActiveNotebook,
  IAuditModel,
  IDependenciesModel,
  IJobsModel,
  ILockModel,
  INotebookDocument,
  IPreferences,
  IProblem,
  IServerStatus
} from '../tokens';

/** What the commands work with. */
export interface ICommandContext {
  /** Where the commands are. */
  commands: CommandRegistry;
  /** The open notebooks. */
  notebooks: IActiveNotebook;
  /** What they need. */
  dependencies: IDependenciesModel;
  /** Their locks. */
  locks: ILockModel;
  /** What is known against what they lock. */
  audits: IAuditModel;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** What the server can do. */
  server: IServerStatus;
  /** What the user chose. */
  preferences: IPreferences;
  /** Bring a widget of the shell to the front. */
  activate: (widgetId: string) => void;
  /** The translator. */
  trans: TranslationBundle;
}

/** The open notebook that the arguments mean, or null. */
export function notebookOf(
  context: Pick<ICommandContext, 'notebooks'>,
  args: ReadonlyPartialJSONObject
): INotebookDocument | null {
  return context.notebooks.find(args as INotebookArgs);
}

/** Tell a problem that no dialog or section shows. */
export function tellProblem(
  context: Pick<ICommandContext, 'trans'>,
  problem: IProblem
): void {
  const { trans } = context;
  const message = problem.message || trans.__('The server extension does not answer.');
  Notification.error([message, problem.hint].filter(Boolean).join('\n'), {
    autoClose: false
  });
}
