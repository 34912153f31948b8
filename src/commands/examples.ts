import { Notification } from '@jupyterlab/apputils';
import { asProblem } from '../models/problems';
import { CommandIDs } from '../commandIds';
import { tellProblem } from './context';
import type { IFirstRunContext } from './firstRun';

/** Copy the examples into a new folder, go there, and open the notebook to begin with. */
export async function openExamples(context: IFirstRunContext): Promise<void> {
  const { commands, copyExamples, trans } = context;
  try {
    const { folder, notebook, problem } = await copyExamples();
    await commands.execute('filebrowser:go-to-path', { path: folder });
    await commands.execute('docmanager:open', { path: notebook });
    await commands.execute(CommandIDs.showSidebar);
    if (problem === '') {
      Notification.success(trans.__('The examples are in %1.', folder));
    } else {
      const text = trans.__(
        'The examples are in %1, but are no Git repository: %2',
        folder,
        problem
      );
      Notification.warning(text, {
        autoClose: false
      });
    }
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}
