import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem } from '../tokens';
import { CheckField } from './CheckField';
import { ErrorNotice } from './ErrorNotice';
import { problemText } from './problemText';
import type { IRuntimeField, IRuntimeText } from './runtimeFields';
import { groupsOf } from './runtimeFields';
import { SelectField } from './SelectField';
import { TextField } from './TextField';

/** A runtime configuration that is typed. */
export interface IRuntimeFieldsProps {
  /** What is typed. */
  value: IRuntimeText;
  /** What is wrong with it, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with what is typed now. */
  onChange: (value: IRuntimeText) => void;
}

/** There is one of the name. */
const TAKEN = 'metadata.taken';

function Field(
  props: Omit<IRuntimeFieldsProps, 'problem'> & { field: IRuntimeField; error: string }
): React.JSX.Element {
  const { value, field, error, onChange } = props;
  const { key, label, hint, options, isSecret } = field;
  const text = value.values[key] ?? '';
  const set = (typed: string): void =>
    onChange({ ...value, values: { ...value.values, [key]: typed } });
  return options ? (
    <SelectField label={label} value={text} options={options} onChange={set} />
  ) : (
    <TextField
      label={label}
      value={text}
      hint={hint}
      error={error}
      isSecret={isSecret}
      onChange={set}
    />
  );
}

/**
 * The fields of a runtime configuration: what the engine, its storage and the choices want. None is
 * marked as required: a dialog would look at that before a choice has taken the field away.
 */
export function RuntimeFields(props: IRuntimeFieldsProps): React.JSX.Element {
  const { value, problem, trans, onChange } = props;
  const groups = groupsOf(value, trans);
  const isTaken = problem?.code === TAKEN;
  const wrong = isTaken ? 'name' : problem?.details['field'];
  const shown = ['name', ...groups.flatMap(({ fields }) => fields.map(({ key }) => key))];
  const text = problem ? problemText(problem, trans).message : '';
  const errorOf = (key: string): string => (key === wrong ? text : '');
  const isElsewhere = problem !== null && !shown.includes(String(wrong));
  return (
    <>
      <div className="jp-aidevsecops-FieldRow">
        <TextField
          label={trans.__('Name')}
          value={value.name}
          error={errorOf('name')}
          onChange={name => onChange({ ...value, name, force: false })}
        />
        <SelectField
          label={trans.__('Engine')}
          value={value.kind}
          options={[
            ['kfp', trans.__('Kubeflow Pipelines')],
            ['airflow', trans.__('Apache Airflow')]
          ]}
          onChange={kind =>
            onChange({ ...value, kind: kind === 'airflow' ? 'airflow' : 'kfp' })
          }
        />
      </div>
      {isTaken || value.force ? (
        <CheckField
          label={trans.__('Take the place of the one that is called so')}
          isChecked={value.force}
          onChange={force => onChange({ ...value, force })}
        />
      ) : null}
      {groups.map(({ title, fields }) => (
        <fieldset key={title} className="jp-aidevsecops-Fieldset">
          <legend>{title}</legend>
          {fields.map(field => (
            <Field key={field.key} {...props} field={field} error={errorOf(field.key)} />
          ))}
        </fieldset>
      ))}
      {problem && isElsewhere ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </>
  );
}
