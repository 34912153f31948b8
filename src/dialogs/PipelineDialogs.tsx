import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/pipelines.css';
import { DraftView } from '../components/DraftView';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import type { IDraftChoice, IPipelinesModel, PipelineDraft } from '../pipelineTokens';
import { QUIET_MS, showPreview } from './PreviewDialog';

/** The names in a line, as they are typed: separated by commas. */
function namesIn(text: string): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
}

/** Ask of which notebooks a pipeline is made, show it, and write it; it, or null. */
export function askPipeline(
  model: IPipelinesModel,
  names: readonly string[],
  trans: TranslationBundle
): Promise<PipelineDraft | null> {
  const choice = (value: ITyped): IDraftChoice => {
    return { ...value, names: namesIn(value.names) };
  };
  return showPreview<ITyped, PipelineDraft, PipelineDraft>({
    title: trans.__('Create a pipeline'),
    button: trans.__('Create'),
    initial: { names: names.join(', '), path: '', order: 'given', image: '' },
    quietMs: QUIET_MS,
    preview: value => model.draft(choice(value)),
    agree: (value, { revision }) => model.create(choice(value), revision),
    fields: (value, change) => (
      <>
        <TextField
          label={trans.__('Notebooks')}
          value={value.names}
          hint={trans.__(
            'Notebooks, scripts or folders, separated by commas. A notebook that was split gives a step for each of its step notebooks.'
          )}
          isRequired
          onChange={typed => change({ ...value, names: typed })}
        />
        <SelectField
          label={trans.__('Order')}
          value={value.order}
          options={[
            ['given', trans.__('One after another, as named')],
            ['files', trans.__('By the files that they write and read')]
          ]}
          onChange={order =>
            change({ ...value, order: order === 'files' ? 'files' : 'given' })
          }
        />
        <TextField
          label={trans.__('File')}
          value={value.path}
          hint={trans.__(
            'Such as work/churn.pipeline; beside the first notebook if empty'
          )}
          onChange={path => change({ ...value, path })}
        />
        <TextField
          label={trans.__('Image')}
          value={value.image}
          hint={trans.__(
            'What steps without an overlay run in on a cluster, such as registry.example.org/team/notebook:v1; not needed to run here'
          )}
          onChange={image => change({ ...value, image })}
        />
      </>
    ),
    render: shown => <DraftView draft={shown} trans={trans} />,
    trans
  });
}

/** What is typed of a choice. */
type ITyped = Omit<IDraftChoice, 'names'> & { names: string };

/** Show a pipeline as it is in the present version, and write it so; it, or null. */
export function offerImport(
  model: IPipelinesModel,
  path: string,
  trans: TranslationBundle
): Promise<PipelineDraft | null> {
  return showPreview<null, PipelineDraft, PipelineDraft>({
    title: trans.__('Update %1', path.split('/').pop()),
    button: trans.__('Update'),
    initial: null,
    quietMs: QUIET_MS,
    preview: () => model.previewImport(path),
    agree: (_, { revision }) => model.import(path, revision),
    fields: () => (
      <p className="jp-aidevsecops-Hint">
        {trans.__('The pipeline in the version that Elyra writes now.')}
      </p>
    ),
    render: shown => <DraftView draft={shown} trans={trans} />,
    trans
  });
}
