import { Notification } from '@jupyterlab/apputils';
import type { IPipelineArgs } from '../commandIds';
import { CommandIDs } from '../commandIds';
import { fits } from '../models/engines';
import type {
  IEnginesModel,
  IPipelinesModel,
  PipelineEntry,
  Runtime
} from '../pipelineTokens';
import type { IPipelineContext } from './pipelineContext';

const AUTO_CLOSE_MS = 8000;

/** Ask for a configuration, and whether it works; it, or null. */
async function ask(
  engines: IEnginesModel,
  { trans }: IPipelineContext,
  reason = '',
  kind: Runtime['kind'] = 'kfp'
): Promise<Runtime | null> {
  const { askRuntime } = await import('../dialogs/RuntimeDialog');
  const added = await askRuntime({ engines, reason, kind, trans });
  if (added) {
    void engines.test(added.name);
  }
  return added;
}

/** Where a pipeline can run, and where it does as long as nobody chooses. */
interface IQuestion {
  runtimes: readonly Runtime[];
  runtime: string;
}

/**
 * Ask with a configuration that fits the pipeline; where there is none, or the user wants another,
 * one is added first.
 */
async function withRuntime<R>(
  context: IPipelineContext,
  engines: IEnginesModel,
  pipeline: PipelineEntry,
  question: (asked: IQuestion) => Promise<R | 'wants-runtime'>
): Promise<R | null> {
  const { trans } = context;
  const kind = pipeline.runtime_type === 'APACHE_AIRFLOW' ? 'airflow' : 'kfp';
  let chosen = '';
  for (;;) {
    const known = await engines.findRuntimes();
    const runtimes = known.filter(runtime => fits(pipeline, runtime));
    if (runtimes.length === 0) {
      const reason = trans.__(
        'There is no configuration that the pipeline can run with yet: say where it runs, and where its files are stored.'
      );
      const added = await ask(engines, context, reason, kind);
      if (!added) {
        return null;
      }
      chosen = added.name;
      continue;
    }
    const { name: runtime } = runtimes.find(({ name }) => name === chosen) ?? runtimes[0];
    const answer = await question({ runtimes, runtime });
    if (answer !== 'wants-runtime') {
      return answer;
    }
    chosen = (await ask(engines, context, '', kind))?.name ?? chosen;
  }
}

/** Have a pipeline run elsewhere, and show how that goes. */
export async function submit(
  context: IPipelineContext,
  model: IPipelinesModel,
  pipeline: PipelineEntry
): Promise<void> {
  const { commands, trans } = context;
  const { askSubmission } = await import('../dialogs/SubmitDialog');
  const answer = await withRuntime(context, model.engines, pipeline, asked =>
    askSubmission({ model, pipeline, ...asked, trans })
  );
  if (answer === 'done') {
    await commands.execute(CommandIDs.showPipelines, { path: pipeline.path });
  }
}

/** Write the file of a pipeline that its engine reads. */
export async function exportFile(
  context: IPipelineContext,
  { engines }: IPipelinesModel,
  pipeline: PipelineEntry
): Promise<void> {
  const { commands, trans } = context;
  const { askPipelineExport } = await import('../dialogs/PipelineExportDialog');
  const answer = await withRuntime(context, engines, pipeline, asked =>
    askPipelineExport({ engines, pipeline, ...asked, trans })
  );
  if (answer === null || answer === 'cancelled') {
    return;
  }
  const { path, state, issues } = answer;
  const text =
    state === 'unchanged'
      ? trans.__('%1 says it already; nothing was written.', path)
      : trans.__('Written: %1.', path);
  const said = issues.map(({ node, message }) =>
    node ? `${node}: ${message}` : message
  );
  const open = (): void => void commands.execute('docmanager:open', { path });
  Notification.success([text, ...said].join('\n'), {
    autoClose: AUTO_CLOSE_MS,
    actions: [{ label: trans.__('Open'), callback: open }]
  });
}

/** Ask where pipelines run elsewhere, and show whether that works. */
export async function addRuntime(
  context: IPipelineContext,
  { engines }: IPipelinesModel
): Promise<void> {
  if (await ask(engines, context)) {
    await context.commands.execute(CommandIDs.showPipelines);
  }
}

/** Register the image of an overlay, or another one. */
export async function registerImage(
  { trans }: IPipelineContext,
  { engines }: IPipelinesModel,
  { overlay }: IPipelineArgs
): Promise<void> {
  const overlays = await engines.overlays();
  const { askImage } = await import('../dialogs/ImageDialog');
  const image = await askImage({ engines, overlays, overlay: overlay ?? null, trans });
  if (image) {
    Notification.success(trans.__('Registered: %1.', image.image), {
      autoClose: AUTO_CLOSE_MS
    });
  }
}
