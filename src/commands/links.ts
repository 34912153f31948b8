import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ILinkArgs, SectionName } from '../commandIds';
import { CommandIDs, SECTIONS } from '../commandIds';
import type { IFirstRunContext } from './firstRun';

/** What a link has in the address of the page. */
const PARAMETER = 'aidevsecops';

/** The link that the page was loaded with: JupyterLab comes by its address several times. */
const followed = new WeakMap<IFirstRunContext, string>();

function isSection(name: string): name is SectionName {
  return (SECTIONS as readonly string[]).includes(name);
}

/** Whether there is no such thing, said in words; empty when all is well. */
async function missing(
  section: SectionName,
  argument: string,
  { hasJob, kindOf, trans }: IFirstRunContext
): Promise<string> {
  if (argument === '') {
    return '';
  }
  if (section === 'jobs') {
    return (await hasJob(argument)) ? '' : trans.__('There is no job %1.', argument);
  }
  return (await kindOf(argument)) ? '' : trans.__('There is no %1.', argument);
}

/** Show what the argument of a link names, and then its section. */
async function show(
  section: SectionName,
  argument: string,
  { commands, kindOf }: IFirstRunContext
): Promise<void> {
  if (section === 'jobs' && argument !== '') {
    await commands.execute(CommandIDs.showSidebar, { section });
    await commands.execute(CommandIDs.showJobLog, { job_id: argument });
    return;
  }
  if (section === 'pipelines' && argument.endsWith('.pipeline')) {
    await commands.execute(CommandIDs.showPipelines, { path: argument });
    return;
  }
  if (argument !== '') {
    const isFolder = (await kindOf(argument)) === 'folder';
    const id = isFolder ? 'filebrowser:go-to-path' : 'docmanager:open';
    await commands.execute(id, { path: argument });
  }
  // Last: whatever was opened has taken the focus.
  await commands.execute(CommandIDs.showSidebar, { section });
}

function tell(message: string, trans: TranslationBundle): void {
  const sections = trans.__('Sections are %1.', SECTIONS.join(', '));
  const text = [trans.__('The link cannot be followed: %1', message), sections].join(' ');
  Notification.warning(text, { autoClose: false });
}

/** Show the section that a link names, or say why that cannot be. Nothing is started or changed. */
export async function openLink(
  { link, search = '' }: ILinkArgs,
  context: IFirstRunContext
): Promise<void> {
  const { commands, forgetLink, restored, settled, trans } = context;
  const text = link ?? new URLSearchParams(search).get(PARAMETER) ?? '';
  const [section, ...rest] = text.split(':');
  const argument = rest.join(':').replace(/^\/+/, '');
  const isAgain = link === undefined && followed.get(context) === text;
  followed.set(context, text);
  await restored;
  forgetLink();
  if (isAgain) {
    return;
  }
  if (!isSection(section)) {
    tell(trans.__('there is no section “%1”.', section), trans);
    return;
  }
  try {
    const reason = await missing(section, argument, context);
    await show(section, reason === '' ? argument : '', context);
    if (reason !== '') {
      Notification.warning(reason, { autoClose: false });
    }
    if (link === undefined) {
      // The page is just being loaded, and the launcher may take the focus away once more.
      await settled();
      await commands.execute(CommandIDs.showSidebar, { section });
    }
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), trans);
  }
}
