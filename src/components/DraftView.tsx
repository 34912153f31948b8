import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { PipelineDraft, PipelineEntry } from '../pipelineTokens';
import { PipelineGraph } from './PipelineGraph';
import { SentenceList } from './SentenceList';
import { UnifiedDiff } from './UnifiedDiff';

/** A pipeline as it would be written. */
export interface IDraftViewProps {
  /** The pipeline, and how its file would change. */
  draft: PipelineDraft;
  /** The translator. */
  trans: TranslationBundle;
}

/** What a graph shows of a document. */
function entryOf({ pipeline }: PipelineDraft): PipelineEntry {
  const names = new Map(pipeline.nodes.map(({ id, name }) => [id, name]));
  return {
    path: pipeline.path,
    runtime_type: pipeline.runtime_type,
    nodes: pipeline.nodes.map(({ name, file, kind, upstream }) => ({
      name,
      file: file ?? '',
      upstream: upstream.flatMap(id => names.get(id) ?? []),
      runs_here: kind !== 'other'
    })),
    parameters: [],
    error: null
  };
}

function stateText({ file }: PipelineDraft, trans: TranslationBundle): string {
  switch (file.state) {
    case 'created':
      return trans.__('%1 is written.', file.path);
    case 'replaced':
      return trans.__('%1 changes; what people edited in it stays.', file.path);
    case 'unchanged':
      return trans.__('%1 is so already; nothing is written.', file.path);
  }
}

/** A pipeline before it is written: its steps, what is worth knowing, and the change of its file. */
export function DraftView({ draft, trans }: IDraftViewProps): React.JSX.Element {
  const [step, look] = React.useState<string | null>(null);
  const entry = React.useMemo(() => entryOf(draft), [draft]);
  const node = draft.pipeline.nodes.find(({ name }) => name === step);
  return (
    <div className="jp-aidevsecops-Draft">
      <p>{stateText(draft, trans)}</p>
      <PipelineGraph
        pipeline={entry}
        run={null}
        selected={step}
        trans={trans}
        onSelect={look}
      />
      {node ? (
        <p className="jp-aidevsecops-Hint">
          {[node.name, node.file, node.image].filter(Boolean).join(' · ')}
        </p>
      ) : null}
      <SentenceList title={trans.__('Worth knowing')} sentences={draft.notes} />
      {draft.file.diff ? (
        <details>
          <summary>{trans.__('What changes in the file')}</summary>
          <UnifiedDiff
            label={trans.__('Changes to %1', draft.file.path)}
            diff={draft.file.diff}
          />
        </details>
      ) : null}
    </div>
  );
}
