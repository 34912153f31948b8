import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CheckField } from '../components/CheckField';
import { ErrorNotice } from '../components/ErrorNotice';
import { TextField } from '../components/TextField';
import type { PipelineEntry, PipelineParameter } from '../pipelineTokens';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';

/** The values that are typed, by the names of the parameters. */
type Values = Record<string, string>;

/** Names of what nobody beside the user may read. */
const SECRET = /passw|secret|token|credential|(^|_)key$/i;

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}

/** How to write a value of a parameter. */
function hintOf({ kind, default: preset }: PipelineParameter, trans: TranslationBundle) {
  const what = {
    Integer: trans.__('A whole number'),
    Float: trans.__('A number')
  }[kind];
  const usual = preset ? trans.__('else %1', preset) : '';
  return [what, usual].filter(Boolean).join(', ');
}

/** What is wrong with a value; empty when nothing is. */
function faultIn(
  { name, kind, is_required: isRequired, default: preset }: PipelineParameter,
  value: string,
  trans: TranslationBundle
): string {
  if (value === '') {
    return isRequired && !preset ? trans.__('%1 needs a value.', name) : '';
  }
  if (kind === 'Integer' && !/^[+-]?\d+$/.test(value.trim())) {
    return trans.__('%1 is a whole number.', name);
  }
  return kind === 'Float' && !Number.isFinite(Number(value))
    ? trans.__('%1 is a number.', name)
    : '';
}

/** The values to send: what is left empty is the pipeline's own default. */
function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** Ask for the parameters of a pipeline; null when the user wants no run. */
export async function askParameters(
  { path, parameters }: PipelineEntry,
  trans: TranslationBundle
): Promise<Values | null> {
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Run') })
  ];
  let done: Values | null = null;
  const check = (values: Values): IProblem | null => {
    const faults = parameters.map(one => faultIn(one, values[one.name], trans));
    const message = faults.filter(Boolean).join(' ');
    return message ? { code: 'run.refused', message, hint: '', details: {} } : null;
  };
  const dialog = new FormDialog<Values>(
    trans.__('Run %1', path.split('/').pop()),
    buttons,
    {
      initial: Object.fromEntries(
        parameters.map(({ name, default: preset }) => [name, preset ?? ''])
      ),
      submit: async values => {
        const problem = check(values);
        done = problem ? null : given(values);
        return problem;
      },
      render: ({ value, problem, change }) => (
        <div className="jp-aidevsecops-Form">
          {parameters.map(parameter => {
            const { name, kind } = parameter;
            const set = (text: string): void => change({ ...value, [name]: text });
            return kind === 'Bool' ? (
              <CheckField
                key={name}
                label={name}
                isChecked={isTrue(value[name])}
                onChange={isChecked => set(isChecked ? 'true' : 'false')}
              />
            ) : (
              <TextField
                key={name}
                label={name}
                value={value[name]}
                hint={hintOf(parameter, trans)}
                isRequired={parameter.is_required}
                isSecret={SECRET.test(name)}
                onChange={set}
              />
            );
          })}
          {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
        </div>
      )
    }
  );
  await dialog.launch();
  return done;
}
