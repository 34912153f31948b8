import { Notification } from '@jupyterlab/apputils';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { INextArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { joinPath } from '../models/projectFiles';
import type { Project, ProjectLink } from '../projectTokens';
import { adopt, undoAdoption } from './adoption';
import { tellProblem } from './context';
import { lockEach } from './lockEach';
import type { IProjectContext } from './projectContext';
import { GIT_PANEL } from './projectContext';

/** Where a problem is from that the server says nothing of. */
const REFUSED = 'project.refused';

const ARGUMENTS: { [id: string]: ReadonlyJSONObject } = {
  [CommandIDs.editConfiguration]: {
    kind: {
      type: 'string',
      enum: ['thoth', 'aicoe-ci'],
      description: 'Which file; .thoth.yaml when left out'
    }
  },
  [CommandIDs.undoAdoption]: {
    folder: {
      type: 'string',
      description: 'The project; that which is shown when left out'
    }
  },
  [CommandIDs.doNextStep]: {
    link: {
      type: 'string',
      description: 'The link of the chain; the one that comes first when left out'
    }
  }
};

type Next = NonNullable<ProjectLink['next']>;
/** What is used of a document that was opened. */
type Opened = { context?: { ready: Promise<unknown> } };

/** What a command says of its arguments. */
export function describe(id: string): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: ARGUMENTS[id] ?? {} } };
}

/** The project, looked at where nobody did yet; null where that fails. */
async function shown({ projects }: IProjectContext): Promise<Project | null> {
  const model = await projects.load();
  if (!('answer' in model.state) || !model.state.answer) {
    await model.refresh();
  }
  return 'answer' in model.state ? model.state.answer : null;
}

/** Open a file, and start a command on it. */
async function openAnd(
  { commands }: IProjectContext,
  path: string,
  id?: string
): Promise<void> {
  const opened = (await commands.execute('docmanager:open', { path })) as
    Opened | undefined;
  await opened?.context?.ready;
  if (id !== undefined) {
    await commands.execute(id, { path });
  }
}

/** Do what is next; paths are below the project. */
async function follow(
  context: IProjectContext,
  project: Project,
  { command, arguments: values, paths }: Next
): Promise<unknown> {
  const { commands } = context;
  const at = (name: string): string => joinPath(project.path, values[name] ?? '');
  const reveal = (section: string): Promise<unknown> =>
    commands.execute(CommandIDs.showSidebar, { section });
  switch (command) {
    case 'lock-notebook':
      if (paths) {
        return lockEach(
          context,
          paths.map(path => joinPath(project.path, path))
        );
      }
      return openAnd(context, at('path'), CommandIDs.lockNotebook);
    case 'open-file':
      return openAnd(context, at('path'));
    case 'split-notebook':
      return openAnd(context, at('path'), CommandIDs.splitNotebook);
    case 'lock-overlay':
      if (values['notebook'] === undefined) {
        return reveal('overlays');
      }
      return openAnd(
        context,
        at('notebook'),
        values['step'] === undefined
          ? CommandIDs.extractOverlay
          : CommandIDs.splitNotebook
      );
    case 'check-overlay':
      await reveal('overlays');
      return commands.execute(CommandIDs.refreshOverlays);
    case 'audit-project':
      return commands.execute(CommandIDs.auditProject);
    case 'audit-path':
      return values['path']?.endsWith('.ipynb')
        ? openAnd(context, at('path'), CommandIDs.auditNotebook)
        : reveal('overlays');
    case 'create-pipeline':
      return commands.execute(CommandIDs.createPipeline, { path: at('path') });
    case 'run-pipeline':
      return commands.execute(CommandIDs.runPipeline, { path: at('path') });
    case 'show-run':
    case 'check-pipeline':
      return commands.execute(CommandIDs.showPipelines, { path: at('path') });
    case 'cut-release':
      return commands.execute(CommandIDs.cutRelease, { folder: project.path });
    case 'resume-release':
      return commands.execute(CommandIDs.resumeRelease, { folder: project.path });
    case 'commit-files':
      return commands.execute(CommandIDs.openGit);
  }
}

async function next(context: IProjectContext, { link }: INextArgs): Promise<void> {
  const { commands, trans } = context;
  const project = await shown(context);
  if (project?.adoption.offered && link === undefined) {
    await commands.execute(CommandIDs.adoptProject);
    return;
  }
  const wanted = link ?? project?.next;
  const action = project?.links.find(({ name }) => name === wanted)?.next;
  if (project && action) {
    await follow(context, project, action);
  } else {
    Notification.info(trans.__('Nothing is due in the project.'));
  }
}

async function openGit(context: IProjectContext): Promise<void> {
  const { commands, trans } = context;
  if (commands.hasCommand(GIT_PANEL)) {
    await commands.execute(GIT_PANEL);
    return;
  }
  tellProblem(context, {
    code: REFUSED,
    message: trans.__('The Git extension of JupyterLab is not installed.'),
    hint: trans.__('Commit in a terminal, or install it: pip install jupyterlab-git'),
    details: {}
  });
}

const ACTIONS: {
  [id: string]: (
    context: IProjectContext,
    args: ReadonlyPartialJSONObject
  ) => Promise<unknown>;
} = {
  [CommandIDs.refreshProject]: async ({ projects }) => (await projects.load()).refresh(),
  [CommandIDs.doNextStep]: next,
  [CommandIDs.adoptProject]: adopt,
  [CommandIDs.undoAdoption]: async (context, { folder }) => {
    const place = (folder as string | undefined) ?? (await shown(context))?.path;
    await undoAdoption(context, place ?? '.');
  },
  [CommandIDs.auditProject]: async context => {
    await shown(context);
    await (await context.projects.load()).audit();
  },
  [CommandIDs.editConfiguration]: async (context, args) => {
    const project = await shown(context);
    const { editConfiguration } = await import('./configuration');
    await editConfiguration(context, project?.path || '.', args);
  },
  [CommandIDs.openGit]: openGit
};

/** Do what a command is for. */
export async function act(
  id: string,
  context: IProjectContext,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { asProblem } = await import('../models/problems');
  try {
    await ACTIONS[id](context, args);
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}
