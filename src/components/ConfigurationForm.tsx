import type { TranslationBundle } from '@jupyterlab/translation';
import { FormComponent } from '@jupyterlab/ui-components';
import * as React from 'react';
import '../../style/configuration.css';
import type { ISchema, Value } from './configurationSchema';
import { formSchema, withoutFilling } from './configurationSchema';

/** A table of a file. */
type Table = { [name: string]: Value };
type FormProps = React.ComponentProps<typeof FormComponent>;

/** What a configuration file says. */
export interface IConfigurationFormProps {
  /** The values of the file as it is. */
  initial: Table;
  /** The values that are in the fields. */
  values: Table;
  /** What the file may say. */
  schema: ISchema;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with all values when one changes. */
  onChange: (values: Table) => void;
}

/** The server says what is wrong, with the lines: nothing is checked twice. */
const CHECKED_BY_THE_SERVER: FormProps['validator'] = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  toErrorList: () => [],
  isValid: () => true,
  rawValidation: () => ({ errors: [] })
};

type Templates = NonNullable<FormProps['templates']>;
type FieldProps = React.ComponentProps<NonNullable<Templates['FieldTemplate']>>;
type Pressed = Pick<React.ComponentProps<'button'>, 'disabled' | 'onClick'>;

/** A button of a list: rjsf's own have nothing but the signs of another library. */
function listButton(label: string): (props: Pressed) => React.JSX.Element {
  return ({ disabled, onClick }) => (
    <button
      type="button"
      className="jp-mod-styled jp-mod-minimal"
      disabled={disabled}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

function templates(trans: TranslationBundle): Templates {
  /** A field whose words belong to what is typed into, as those of JupyterLab's own do not. */
  const FieldTemplate = (props: FieldProps): React.JSX.Element => {
    const { id, label, rawDescription, schema, children } = props;
    // The others bring their words along.
    const isBare = !['object', 'array', 'boolean'].includes(String(schema.type));
    const position = schema.title ? null : /-(\d+)$/.exec(label);
    const words = position ? trans.__('Entry %1', Number(position[1]) + 1) : label;
    return (
      <div className="jp-aidevsecops-Field">
        {isBare ? <label htmlFor={id}>{words}</label> : null}
        {children}
        {isBare && rawDescription ? (
          <p className="jp-aidevsecops-Hint">{rawDescription}</p>
        ) : null}
      </div>
    );
  };
  return {
    FieldTemplate,
    ButtonTemplates: {
      AddButton: listButton(trans.__('Add')),
      RemoveButton: listButton(trans.__('Remove')),
      MoveUpButton: listButton(trans.__('Move up')),
      MoveDownButton: listButton(trans.__('Move down'))
    } as Templates['ButtonTemplates']
  };
}

/** A configuration file as a form; what no field is described for stays as it is. */
export function ConfigurationForm(props: IConfigurationFormProps): React.JSX.Element {
  const { initial, values, schema, trans, onChange } = props;
  // A field keeps its type while it is being changed.
  const shown = React.useMemo(
    () => formSchema({ ...schema, title: undefined, description: undefined }, [initial]),
    [schema, initial]
  );
  const dressed = React.useMemo(() => templates(trans), [trans]);
  return (
    <FormComponent
      schema={(shown ?? { type: 'object' }) as FormProps['schema']}
      validator={CHECKED_BY_THE_SERVER}
      formData={values as FormProps['formData']}
      tagName="div"
      className="jp-aidevsecops-Configuration"
      templates={dressed}
      idPrefix="jp-aidevsecops-configuration"
      compact
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }}
      onChange={({ formData }) => onChange(withoutFilling(initial, formData) as Table)}
    />
  );
}
