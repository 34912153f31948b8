import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';

/** One thing to be chosen of several. */
export interface ISelectFieldProps {
  /** What it is. */
  label: string;
  /** What is chosen. */
  value: string;
  /** What can be chosen, with the words for each. */
  options: readonly (readonly [value: string, text: string])[];
  /** Called with what is chosen now. */
  onChange: (value: string) => void;
}

/** A list to choose from, with its words. */
export function SelectField(props: ISelectFieldProps): React.JSX.Element {
  const { label, value, options, onChange } = props;
  const id = React.useId();
  return (
    <div className="jp-aidevsecops-Field">
      <label htmlFor={id}>{label}</label>
      <HTMLSelect
        id={id}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </HTMLSelect>
    </div>
  );
}
