import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/pipelines.css';
import { CheckField } from '../components/CheckField';
import { ErrorNotice } from '../components/ErrorNotice';
import { givenIn, parameterProblem, presetsOf } from '../components/parameterValues';
import { Busy } from '../components/Busy';
import { SelectField } from '../components/SelectField';
import { SentenceList } from '../components/SentenceList';
import { TargetFields } from '../components/TargetFields';
import { TextField } from '../components/TextField';
import { asProblem } from '../models/problems';
import type {
  IEnginesModel,
  IFileChoice,
  PipelineEntry,
  PipelineExport,
  Runtime
} from '../pipelineTokens';
import type { IProblem, Job } from '../tokens';
import { FormDialog } from './FormDialog';

/** What is asked, and done. */
export interface IPipelineExportOptions {
  /** Makes the file, and writes it. */
  engines: IEnginesModel;
  /** The pipeline. */
  pipeline: PipelineEntry;
  /** The configurations that it can run with; one or more. */
  runtimes: readonly Runtime[];
  /** The name of the one that is chosen first. */
  runtime: string;
  /** The translator. */
  trans: TranslationBundle;
}

/** What is typed. */
interface IExportText extends IFileChoice {
  mayReplace: boolean;
}

/** What came of the dialog: the file that was written, the wish for a configuration, or nothing. */
export type Exported = PipelineExport | 'cancelled' | 'wants-runtime';

/** Where and how the file is written. */
function FileFields(props: {
  value: IExportText;
  runtime: Runtime | undefined;
  trans: TranslationBundle;
  onChange: (value: IExportText) => void;
}): React.JSX.Element {
  const { value, runtime, trans, onChange } = props;
  return (
    <>
      {runtime?.kind === 'kfp' ? (
        <SelectField
          label={trans.__('Format')}
          value={value.format ?? 'yaml'}
          options={[
            ['yaml', trans.__('YAML, which Kubeflow Pipelines reads')],
            ['py', trans.__('Python, which makes the YAML')]
          ]}
          onChange={format =>
            onChange({ ...value, format: format === 'py' ? 'py' : 'yaml' })
          }
        />
      ) : null}
      <TextField
        label={trans.__('File')}
        value={value.out}
        hint={trans.__('Such as deploy/churn.yaml; beside the pipeline if empty')}
        onChange={out => onChange({ ...value, out })}
      />
      <CheckField
        label={trans.__('Replace the file if it is there')}
        isChecked={value.mayReplace}
        onChange={mayReplace => onChange({ ...value, mayReplace })}
      />
    </>
  );
}

/** Why the file is not written, or null. */
function refusal(
  { path, state }: PipelineExport,
  { mayReplace }: IExportText,
  trans: TranslationBundle
): IProblem | null {
  return state === 'replaced' && !mayReplace
    ? {
        code: 'export.refused',
        message: trans.__(
          'Nothing was written: %1 is there and says something else.',
          path
        ),
        hint: trans.__('Name another file, or have it replaced.'),
        details: {}
      }
    : null;
}

/** Ask for what a pipeline is exported, have Elyra do it, and write the file. */
export async function askPipelineExport(
  options: IPipelineExportOptions
): Promise<Exported> {
  const { engines, pipeline, runtimes, trans } = options;
  const stop = new AbortController();
  let job: Job | null = null;
  let exported: Exported = 'cancelled';
  const runtimeOf = ({ runtime }: IExportText): Runtime | undefined =>
    runtimes.find(({ name }) => name === runtime);
  const submit = async (value: IExportText): Promise<IProblem | null> => {
    const problem = parameterProblem(pipeline.parameters, value.parameters, trans);
    if (problem) {
      return problem;
    }
    const { runtime, secret, out } = value;
    const format = runtimeOf(value)?.kind === 'kfp' ? value.format : null;
    const choice = {
      runtime,
      secret,
      out,
      format,
      parameters: givenIn(value.parameters)
    };
    try {
      const file = await engines.export(pipeline.path, choice, {
        signal: stop.signal,
        onProgress: seen => {
          job = seen;
          dialog.refresh();
        }
      });
      const refused = refusal(file, value, trans);
      if (!refused && !stop.signal.aborted) {
        await engines.write(file);
        exported = file;
      }
      return refused;
    } catch (error) {
      return asProblem(error);
    } finally {
      job = null;
    }
  };
  const parameters = presetsOf(pipeline.parameters);
  const first = { runtime: options.runtime, parameters, secret: '' };
  const dialog = new FormDialog<IExportText>(
    trans.__('Export %1', pipeline.path.split('/').pop()),
    [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Export') })
    ],
    {
      initial: { ...first, format: null, out: '', mayReplace: false },
      submit,
      render: ({ value, problem, change }) => (
        <div className="jp-aidevsecops-Form" aria-busy={job !== null}>
          <TargetFields
            pipeline={pipeline}
            runtimes={runtimes}
            value={value}
            keysWarning={trans.__(
              'Without one, the file would hold the keys of object storage to read, and is not written.'
            )}
            trans={trans}
            onChange={change}
            onAddRuntime={() => {
              exported = 'wants-runtime';
              dialog.reject();
            }}
          />
          <FileFields
            value={value}
            runtime={runtimeOf(value)}
            trans={trans}
            onChange={change}
          />
          <SentenceList
            title={trans.__('Worth knowing')}
            sentences={[
              trans.__(
                'Elyra stores the files of the steps in object storage meanwhile: the engine takes them from there.'
              )
            ]}
          />
          {job ? <Busy label={job.title} progress={job.progress} /> : null}
          {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
        </div>
      )
    }
  );
  dialog.addClass('jp-mod-wide');
  await dialog.launch();
  stop.abort();
  return exported;
}
