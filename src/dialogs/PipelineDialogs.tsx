import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/pipelines.css';
import { AnswerView } from '../components/AnswerView';
import { DraftView } from '../components/DraftView';
import { ErrorNotice } from '../components/ErrorNotice';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem } from '../models/problems';
import type { IDraftChoice, IPipelinesModel, PipelineDraft } from '../pipelineTokens';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';
import { notShown } from './notShown';

/** A moment without a key, in milliseconds. */
const QUIET_MS = 400;

/** How a draft is made, and written once the user agrees. */
interface IOffer<T> {
  title: string;
  button: string;
  initial: T;
  draft: (value: T) => Promise<PipelineDraft>;
  write: (value: T, revision: string | null) => Promise<PipelineDraft>;
  fields: (value: T, change: (value: T) => void) => React.ReactNode;
  trans: TranslationBundle;
}

/** Show a pipeline before it is written; what was written, or null. */
async function offer<T>(options: IOffer<T>): Promise<PipelineDraft | null> {
  const { title, button, initial, draft, write, fields, trans } = options;
  const preview = new LatestAnswer(draft, QUIET_MS);
  let written: PipelineDraft | null = null;
  const submit = async (value: T): Promise<IProblem | null> => {
    const { state } = preview;
    if (state.kind !== 'ready') {
      // What is to be written has to be seen first.
      return state.kind === 'error' ? state.problem : notShown(trans);
    }
    try {
      written = await write(value, state.answer.revision);
      return null;
    } catch (error) {
      void preview.askNow(value);
      return asProblem(error);
    }
  };
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: button })
  ];
  const dialog = new FormDialog<T>(title, buttons, {
    initial,
    submit,
    render: ({ value, problem, change }) => (
      <div className="jp-aidevsecops-Form">
        {fields(value, changed => {
          change(changed);
          preview.ask(changed);
        })}
        {problem && preview.state.kind !== 'error' ? (
          <ErrorNotice problem={problem} trans={trans} />
        ) : null}
        <AnswerView
          state={preview.state}
          trans={trans}
          render={shown => <DraftView draft={shown} trans={trans} />}
        />
      </div>
    )
  });
  dialog.addClass('jp-mod-wide');
  preview.changed.connect(() => dialog.refresh());
  void preview.askNow(initial);
  await dialog.launch();
  preview.dispose();
  return written;
}

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
  return offer<ITyped>({
    title: trans.__('New pipeline'),
    button: trans.__('Write pipeline'),
    initial: { names: names.join(', '), path: '', order: 'given' },
    draft: value => model.draft(choice(value)),
    write: (value, revision) => model.create(choice(value), revision),
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
      </>
    ),
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
  return offer<null>({
    title: trans.__('Update %1', path.split('/').pop()),
    button: trans.__('Write pipeline'),
    initial: null,
    draft: () => model.previewImport(path),
    write: (_, revision) => model.import(path, revision),
    fields: () => (
      <p className="jp-aidevsecops-Hint">
        {trans.__('The pipeline in the version that Elyra writes now.')}
      </p>
    ),
    trans
  });
}
