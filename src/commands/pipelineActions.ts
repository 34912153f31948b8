import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IPipelineArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { asProblem } from '../models/problems';
import type { IPipelinesModel, IRunChoice, PipelineEntry } from '../pipelineTokens';
import { tellProblem } from './context';
import type { IPipelineContext } from './pipelineContext';
import { isPipeline } from './pipelineContext';
import { addRuntime, exportFile, registerImage, submit } from './pipelineEngines';

const PATH = {
  path: {
    type: 'string',
    description: 'The path of the pipeline; the one in front or shown when left out'
  }
};
const RUN = { run: { type: 'string', description: 'The name of the run' } };

const ARGUMENTS: { [id: string]: ReadonlyJSONObject } = {
  [CommandIDs.runPipeline]: {
    ...PATH,
    selected: { type: 'boolean', description: 'Take the one selected in the files' },
    only_changed: {
      type: 'boolean',
      description: 'Leave out the steps whose earlier results still hold'
    },
    from_step: { type: 'string', description: 'The step to begin with' },
    trust_indexes: {
      type: 'array',
      items: { type: 'string' },
      description: 'The indexes of packages that the user agrees to for this run'
    }
  },
  [CommandIDs.createPipeline]: {
    path: {
      type: 'string',
      description: 'The notebook that it is made of; those selected when left out'
    }
  },
  [CommandIDs.importPipeline]: PATH,
  [CommandIDs.cancelPipelineRun]: { ...PATH, ...RUN },
  [CommandIDs.submitPipeline]: PATH,
  [CommandIDs.exportPipeline]: PATH,
  [CommandIDs.retryPipelineRun]: { ...PATH, ...RUN },
  [CommandIDs.registerImage]: {
    overlay: { type: 'string', description: 'The folder of an overlay' }
  },
  [CommandIDs.openExecutedNotebook]: {
    ...PATH,
    ...RUN,
    step: { type: 'string', description: 'The name of the step' }
  },
  [CommandIDs.compareRuns]: {
    ...PATH,
    ...RUN,
    with: { type: 'string', description: 'The name of the run before' }
  }
};

/** What is used of a document that was opened; its cells are there once it is ready. */
type Opened = { context?: { ready: Promise<unknown> } };

/** What a command says of its arguments. */
export function describe(id: string): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: ARGUMENTS[id] ?? {} } };
}

/** A problem that the server says nothing of. */
function refuse(context: IPipelineContext, message: string, hint = ''): void {
  tellProblem(context, { code: 'pipeline.refused', message, hint, details: {} });
}

/** The pipeline that a command means; null where there is none. */
async function meant(
  context: IPipelineContext,
  model: IPipelinesModel,
  { path, selected }: IPipelineArgs
): Promise<string | null> {
  const named =
    path ?? (selected ? (context.selectedPaths()[0] ?? null) : context.frontPath());
  if (path !== undefined || isPipeline(named)) {
    return named;
  }
  if (!model.current) {
    await model.refresh();
  }
  return model.current?.path ?? null;
}

/** The pipeline as it is saved now, if it can be run; what keeps it from that is told. */
async function readable(
  context: IPipelineContext,
  model: IPipelinesModel,
  path: string
): Promise<PipelineEntry | null> {
  await context.save(path);
  const entry = await model.find(path);
  if (!entry) {
    refuse(context, context.trans.__('There is no pipeline %1.', path));
    return null;
  }
  if (entry.error) {
    tellProblem(context, { ...entry.error, details: {} });
    return null;
  }
  return entry;
}

/** The path of the pipeline that a command means; that there is none is told. */
async function wanted(
  context: IPipelineContext,
  model: IPipelinesModel,
  args: IPipelineArgs
): Promise<string | null> {
  const { trans } = context;
  const path = await meant(context, model, args);
  if (path === null) {
    const hint = trans.__('Make one of notebooks: Create Pipeline….');
    refuse(context, trans.__('The project has no pipelines.'), hint);
  }
  return path;
}

async function run(context: IPipelineContext, args: IPipelineArgs): Promise<void> {
  const { commands, pipelines } = context;
  const model = await pipelines.load();
  const path = await wanted(context, model, args);
  if (path === null) {
    return;
  }
  if (model.activeJob(path)) {
    await commands.execute(CommandIDs.showPipelines, { path });
    return;
  }
  const entry = await readable(context, model, path);
  if (!entry) {
    return;
  }
  const choice = await chosenFor(context, model, entry, args);
  if (choice) {
    await model.run(path, choice);
    await commands.execute(CommandIDs.showPipelines, { path });
  }
}

/** How a pipeline is to be run; null when the user wants no run. */
async function chosenFor(
  { trans }: IPipelineContext,
  model: IPipelinesModel,
  entry: PipelineEntry,
  args: IPipelineArgs
): Promise<IRunChoice | null> {
  const { trust_indexes: trusted = [] } = args;
  const last = trusted.length > 0 ? model.lastChoice(entry.path) : null;
  if (last) {
    // The same run, now that the user agrees to its indexes.
    return { ...last, trusted };
  }
  const { askParameters } = await import('../dialogs/ParametersDialog');
  const parameters = entry.parameters.length > 0 ? await askParameters(entry, trans) : {};
  const { only_changed: onlyChanged = false, from_step: fromStep = null } = args;
  return parameters && { onlyChanged, fromStep, parameters, trusted };
}

/** Submit or export a pipeline as it is saved now. */
async function handOver(
  context: IPipelineContext,
  args: IPipelineArgs,
  what: typeof submit
): Promise<void> {
  const model = await context.pipelines.load();
  const path = await wanted(context, model, args);
  const entry = path === null ? null : await readable(context, model, path);
  if (entry) {
    await what(context, model, entry);
  }
}

/** The notebooks that a new pipeline is made of at first: those selected, or the one in front. */
function chosen({ selectedPaths, frontPath }: IPipelineContext): string[] {
  const isStep = (path: string | null): path is string =>
    /\.(ipynb|py|r)$/i.test(path ?? '');
  const selected = selectedPaths().filter(isStep);
  return selected.length > 0 ? selected : [frontPath()].filter(isStep);
}

async function create(context: IPipelineContext, args: IPipelineArgs): Promise<void> {
  const { commands, pipelines, trans } = context;
  const model = await pipelines.load();
  const names = args.path === undefined ? chosen(context) : [args.path];
  const { askPipeline } = await import('../dialogs/PipelineDialogs');
  const written = await askPipeline(model, names, trans);
  if (written) {
    await commands.execute(CommandIDs.showPipelines, { path: written.pipeline.path });
  }
}

async function update(context: IPipelineContext, args: IPipelineArgs): Promise<void> {
  const { pipelines, save, trans } = context;
  const model = await pipelines.load();
  const path = await wanted(context, model, args);
  if (path === null) {
    return;
  }
  await save(path);
  const { offerImport } = await import('../dialogs/PipelineDialogs');
  if (await offerImport(model, path, trans)) {
    await model.refresh();
  }
}

async function openExecuted(
  { commands, pipelines, trans }: IPipelineContext,
  { path = '', run: name = '', step: looked = '' }: IPipelineArgs
): Promise<void> {
  const model = await pipelines.load();
  const found = await model.read(path, name);
  const step = found.steps.find(one => one.name === looked);
  if (!step?.notebook) {
    throw new Error(trans.__('The run has kept no notebook of step %1.', looked));
  }
  const opened = (await commands.execute('docmanager:open', { path: step.notebook })) as
    Opened | undefined;
  await opened?.context?.ready;
  const cell = step.error?.cell ?? null;
  if (cell !== null) {
    await commands.execute(CommandIDs.revealCell, { path: step.notebook, cell });
  }
}

async function compare(
  { pipelines, trans }: IPipelineContext,
  { path = '', run: after = '', with: before = '' }: IPipelineArgs
): Promise<void> {
  const model = await pipelines.load();
  const comparison = await model.compare(path, before, after);
  const { showComparison } = await import('../dialogs/ComparisonDialog');
  await showComparison(comparison, trans);
}

/** Do what a command is for; a failure is told. */
export async function act(
  id: string,
  context: IPipelineContext,
  given: ReadonlyPartialJSONObject
): Promise<void> {
  const args = given as IPipelineArgs;
  try {
    switch (id) {
      case CommandIDs.runPipeline:
        return await run(context, args);
      case CommandIDs.createPipeline:
        return await create(context, args);
      case CommandIDs.importPipeline:
        return await update(context, args);
      case CommandIDs.openExecutedNotebook:
        return await openExecuted(context, args);
      case CommandIDs.compareRuns:
        return await compare(context, args);
      case CommandIDs.cancelPipelineRun:
        return await (
          await context.pipelines.load()
        ).cancel(args.path ?? '', args.run ?? '');
      case CommandIDs.submitPipeline:
        return await handOver(context, args, submit);
      case CommandIDs.exportPipeline:
        return await handOver(context, args, exportFile);
      case CommandIDs.retryPipelineRun:
        return await (
          await context.pipelines.load()
        ).retry(args.path ?? '', args.run ?? '');
      case CommandIDs.addRuntime:
        return await addRuntime(context, await context.pipelines.load());
      case CommandIDs.registerImage:
        return await registerImage(context, await context.pipelines.load(), args);
      case CommandIDs.refreshPipelines:
        return await (await context.pipelines.load()).refresh();
    }
  } catch (error) {
    tellProblem(context, asProblem(error));
  }
}
