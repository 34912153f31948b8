import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IConfigurationArgs } from '../commandIds';
import { askConfiguration } from '../dialogs/ConfigurationDialog';
import { asProblem } from '../models/problems';
import type { ConfigurationFile } from '../projectTokens';
import type { IProblem } from '../tokens';
import { tellProblem } from './context';
import type { IProjectContext } from './projectContext';

/** How long it is told that a file is written, in milliseconds. */
const TOLD_MS = 15000;

function unreadable(
  { file, problems }: ConfigurationFile,
  trans: TranslationBundle
): IProblem {
  const first = problems.find(({ level }) => level === 'error');
  return {
    code: 'configuration.unreadable',
    message: trans.__('%1 cannot be shown as a form.', file),
    hint: first
      ? trans.__('Mend line %1 in a text editor: %2', first.line, first.message)
      : trans.__('It holds no keys and values.'),
    details: {}
  };
}

/** Show a configuration file of a folder as a form, and write what is changed in it. */
export async function editConfiguration(
  context: IProjectContext,
  folder: string,
  { kind = 'thoth' }: IConfigurationArgs
): Promise<void> {
  const { projects, trans } = context;
  const model = await projects.load();
  const file = await model.configuration(folder, kind);
  const { values } = file;
  if (values === null) {
    tellProblem(context, unreadable(file, trans));
    return;
  }
  const written = await askConfiguration(model, { folder, file, values }, trans);
  if (!written || written.before === written.after) {
    return;
  }
  const undo = async (): Promise<void> => {
    try {
      await model.restoreConfiguration({ folder, kind, revision: '', values }, written);
      Notification.success(trans.__('%1 says what it said before.', written.file), {
        autoClose: TOLD_MS
      });
    } catch (error) {
      tellProblem(context, asProblem(error));
    }
  };
  Notification.success(trans.__('%1 is written.', written.file), {
    autoClose: TOLD_MS,
    actions: [{ label: trans.__('Undo'), callback: () => void undo() }]
  });
}
