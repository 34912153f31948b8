import { Notification } from '@jupyterlab/apputils';
import { JSONExt } from '@lumino/coreutils';
import type { INotebookDocument, IProblem } from '../tokens';
import { tellProblem } from './context';
import type { IEnvironmentContext } from './environmentContext';

/** How long it can be taken back, in milliseconds. */
const TOLD_MS = 15000;

/** Remove a requirement, and offer to put back what that took out of the notebook's metadata. */
export async function undoable(
  context: IEnvironmentContext,
  document: INotebookDocument,
  name: string,
  remove: () => Promise<IProblem | null>
): Promise<IProblem | null> {
  const { dependencies, trans } = context;
  const before = document.snapshot().metadata;
  const problem = await remove();
  if (problem) {
    return problem;
  }
  const after = document.snapshot().metadata;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    key => !JSONExt.deepEqual(before[key] ?? null, after[key] ?? null)
  );
  const undo = async (): Promise<void> => {
    const metadata = Object.fromEntries(keys.map(key => [key, before[key] ?? null]));
    const isOpen = !document.isDisposed;
    if (isOpen && document.apply({ metadata }, after) !== 'refused') {
      await dependencies.refresh(document);
      return;
    }
    tellProblem(context, {
      code: 'notebook.changed',
      message: isOpen
        ? trans.__('The notebook has changed meanwhile.')
        : trans.__('The notebook was closed.'),
      hint: trans.__('Declare %1 again.', name),
      details: {}
    });
  };
  Notification.success(trans.__('%1 is no longer required.', name), {
    autoClose: TOLD_MS,
    actions: [{ label: trans.__('Undo'), callback: () => void undo() }]
  });
  return null;
}
