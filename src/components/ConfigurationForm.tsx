import type { ITranslator } from '@jupyterlab/translation';
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
  /** Translates the buttons of JupyterLab's form. */
  translator?: ITranslator;
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

type FieldProps = React.ComponentProps<
  NonNullable<NonNullable<FormProps['templates']>['FieldTemplate']>
>;

/** A field whose words belong to what is typed into, as those of JupyterLab's own do not. */
function Field(props: FieldProps): React.JSX.Element {
  const { id, label, rawDescription, schema, children } = props;
  // The others bring their words along.
  const isBare = !['object', 'array', 'boolean'].includes(String(schema.type));
  return (
    <div className="jp-aidevsecops-Field">
      {isBare ? <label htmlFor={id}>{label}</label> : null}
      {children}
      {isBare && rawDescription ? (
        <p className="jp-aidevsecops-Hint">{rawDescription}</p>
      ) : null}
    </div>
  );
}

const TEMPLATES = { FieldTemplate: Field };

/** A configuration file as a form; what no field is described for stays as it is. */
export function ConfigurationForm(props: IConfigurationFormProps): React.JSX.Element {
  const { initial, values, schema, translator, onChange } = props;
  // A field keeps its type while it is being changed.
  const shown = React.useMemo(
    () => formSchema({ ...schema, title: undefined, description: undefined }, [initial]),
    [schema, initial]
  );
  return (
    <FormComponent
      schema={(shown ?? { type: 'object' }) as FormProps['schema']}
      validator={CHECKED_BY_THE_SERVER}
      formData={values as FormProps['formData']}
      tagName="div"
      className="jp-aidevsecops-Configuration"
      templates={TEMPLATES}
      idPrefix="jp-aidevsecops-configuration"
      compact
      translator={translator}
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }}
      onChange={({ formData }) => onChange(withoutFilling(initial, formData) as Table)}
    />
  );
}
