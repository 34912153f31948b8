import { Notification } from '@jupyterlab/apputils';
import { CommandIDs } from '../commandIds';
import type { IProjectContext } from './projectContext';

/** How long it is told that files are written or deleted, in milliseconds. */
const TOLD_MS = 15000;

/** Show what of the template is missing, write what is chosen, and offer to take it back. */
export async function adopt({
  projects,
  commands,
  trans
}: IProjectContext): Promise<void> {
  const model = await projects.load();
  const { askAdoption } = await import('../dialogs/AdoptDialog');
  const adopted = await askAdoption(model, trans);
  if (!adopted) {
    return;
  }
  void commands.execute(CommandIDs.refreshOverlays);
  const count = adopted.written.length;
  const undo = {
    label: trans.__('Undo'),
    caption: commands.caption(CommandIDs.undoAdoption),
    callback: () =>
      void commands.execute(CommandIDs.undoAdoption, { folder: adopted.path })
  };
  const git = {
    label: commands.label(CommandIDs.openGit),
    caption: commands.caption(CommandIDs.openGit),
    callback: () => void commands.execute(CommandIDs.openGit)
  };
  Notification.success(trans._n('%1 file is written.', '%1 files are written.', count), {
    autoClose: TOLD_MS,
    actions: [
      ...(count > 0 ? [undo] : []),
      ...(commands.isVisible(CommandIDs.openGit) ? [git] : [])
    ]
  });
}

/** Take an adoption back, and tell what stays of it. */
export async function undoAdoption(
  { projects, commands, trans }: IProjectContext,
  folder: string
): Promise<void> {
  const { removed, kept } = await (await projects.load()).undoAdoption(folder);
  void commands.execute(CommandIDs.refreshOverlays);
  if (removed.length + kept.length === 0) {
    Notification.info(trans.__('There is no adoption to take back.'));
    return;
  }
  const told = [
    trans._n('%1 file is deleted.', '%1 files are deleted.', removed.length),
    kept.length > 0 ? trans.__('Changed since, so kept: %1', kept.join(', ')) : ''
  ];
  const emit = kept.length > 0 ? Notification.warning : Notification.success;
  emit(told.filter(Boolean).join(' '), { autoClose: TOLD_MS });
}
