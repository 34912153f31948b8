import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ISubmissionChoice, PipelineEntry, Runtime } from '../pipelineTokens';
import { engineText } from './engineText';
import { ParameterFields } from './ParameterFields';
import { SelectField } from './SelectField';
import { TextButton } from './TextButton';
import { TextField } from './TextField';

/** Where a pipeline is to run elsewhere. */
export interface ITargetFieldsProps<T extends ISubmissionChoice> {
  /** The pipeline. */
  pipeline: PipelineEntry;
  /** The configurations that it can run with. */
  runtimes: readonly Runtime[];
  /** What is chosen. */
  value: T;
  /** What follows where no secret of Kubernetes has the keys of object storage. */
  keysWarning: string;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with what is chosen now. */
  onChange: (value: T) => void;
  /** Called when the user wants another configuration. */
  onAddRuntime: () => void;
}

/** The fields of where a pipeline runs elsewhere, and what it is given there. */
export function TargetFields<T extends ISubmissionChoice>(
  props: ITargetFieldsProps<T>
): React.JSX.Element {
  const { pipeline, runtimes, value, trans, onChange } = props;
  const runtime = runtimes.find(({ name }) => name === value.runtime);
  return (
    <>
      <SelectField
        label={trans.__('Runtime configuration')}
        value={value.runtime}
        options={runtimes.map(({ name, display_name: title, kind }) => [
          name,
          `${title} (${engineText(kind, trans)})`
        ])}
        onChange={name => onChange({ ...value, runtime: name })}
      />
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton label={trans.__('Add Configuration…')} onClick={props.onAddRuntime} />
      </div>
      <ParameterFields
        parameters={pipeline.parameters}
        values={value.parameters}
        trans={trans}
        onChange={parameters => onChange({ ...value, parameters })}
      />
      {runtime?.keys_in_clear ? (
        <TextField
          label={trans.__('Secret of Kubernetes')}
          value={value.secret}
          hint={trans.__(
            'Its name; it has AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which steps read and write object storage with.'
          )}
          onChange={secret => onChange({ ...value, secret })}
        />
      ) : null}
      {runtime?.keys_in_clear && !value.secret.trim() ? (
        <p>
          <span className="jp-aidevsecops-Tag jp-mod-warning">{trans.__('warning')}</span>{' '}
          {props.keysWarning}
        </p>
      ) : null}
    </>
  );
}
