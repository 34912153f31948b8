import type { TranslationBundle } from '@jupyterlab/translation';
import type { PipelineEntry, PipelineRun, Runtime } from '../pipelineTokens';

/** The name of what runs pipelines elsewhere. */
export function engineText(
  kind: Runtime['kind'] | PipelineRun['kind'],
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'kfp':
    case 'kubeflow':
      return trans.__('Kubeflow Pipelines');
    case 'airflow':
      return trans.__('Apache Airflow');
    case 'local':
      return trans.__('this machine');
  }
}

/** The host of an address; what is no address stays as it is. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

/** What becomes of a pipeline that is submitted, in sentences. */
export function submissionTexts(
  { nodes }: PipelineEntry,
  runtime: Runtime,
  trans: TranslationBundle
): string[] {
  const engine = engineText(runtime.kind, trans);
  const stored = trans._n(
    'The files of its %1 step are stored in the bucket %2 at %3.',
    'The files of its %1 steps are stored in the bucket %2 at %3.',
    nodes.length,
    runtime.storage_bucket,
    hostOf(runtime.storage_endpoint)
  );
  const place = hostOf(runtime.api_endpoint);
  return runtime.kind === 'kfp'
    ? [stored, trans.__('%1 at %2 runs it.', engine, place)]
    : [
        stored,
        trans.__(
          'A DAG is committed to %1, branch %2, where %3 finds it.',
          runtime.repository ?? '',
          runtime.branch ?? '',
          engine
        ),
        trans.__('%1 at %2 starts it when it next looks there.', engine, place)
      ];
}

/** How large a file is. */
export function sizeText(bytes: number, trans: TranslationBundle): string {
  const kilobytes = bytes / 1000;
  if (bytes < 1000) {
    return trans.__('%1 B', bytes);
  }
  return kilobytes < 1000
    ? trans.__('%1 kB', kilobytes.toFixed(1))
    : trans.__('%1 MB', (kilobytes / 1000).toFixed(1));
}
