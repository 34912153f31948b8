import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { PipelineParameter } from '../pipelineTokens';
import { CheckField } from './CheckField';
import type { ParameterValues } from './parameterValues';
import { TextField } from './TextField';

/** What a run is given. */
export interface IParameterFieldsProps {
  /** What it can be given. */
  parameters: readonly PipelineParameter[];
  /** What is typed. */
  values: ParameterValues;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with what is typed now. */
  onChange: (values: ParameterValues) => void;
}

/** Names of what nobody beside the user may read. */
const SECRET = /passw|secret|token|credential|(^|_)key$/i;

/** How to write a value of a parameter. */
function hintOf(
  { kind, default: preset }: PipelineParameter,
  trans: TranslationBundle
): string {
  const what = {
    Integer: trans.__('A whole number'),
    Float: trans.__('A number')
  }[kind];
  const usual = preset ? trans.__('else %1', preset) : '';
  return [what, usual].filter(Boolean).join(', ');
}

/** A field for each parameter of a pipeline. */
export function ParameterFields(props: IParameterFieldsProps): React.JSX.Element {
  const { parameters, values, trans, onChange } = props;
  return (
    <>
      {parameters.map(parameter => {
        const { name, kind } = parameter;
        const set = (text: string): void => onChange({ ...values, [name]: text });
        return kind === 'Bool' ? (
          <CheckField
            key={name}
            label={name}
            isChecked={values[name].toLowerCase() === 'true'}
            onChange={isChecked => set(isChecked ? 'true' : 'false')}
          />
        ) : (
          <TextField
            key={name}
            label={name}
            value={values[name]}
            hint={hintOf(parameter, trans)}
            isRequired={parameter.is_required}
            isSecret={SECRET.test(name)}
            onChange={set}
          />
        );
      })}
    </>
  );
}
