import * as React from 'react';

/** A line of text that the user fills in. */
export interface ITextFieldProps {
  /** What it is. */
  label: string;
  /** The text. */
  value: string;
  /** Called with the new text. */
  onChange: (value: string) => void;
  /** How to write it, with an example. */
  hint?: string;
  /** What is wrong with it. */
  error?: string;
  /** Whether it cannot be changed. */
  isReadOnly?: boolean;
  /** Whether it must be filled in. */
  isRequired?: boolean;
  /** Whether nobody beside the user may read it. */
  isSecret?: boolean;
}

/** A labelled input; hint and error are read out with it, and an error takes the focus to it. */
export function TextField(props: ITextFieldProps): React.JSX.Element {
  const id = React.useId();
  const input = React.useRef<HTMLInputElement>(null);
  const { label, value, onChange, hint, error } = props;
  const notes = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  React.useEffect(() => {
    if (error) {
      input.current?.focus();
    }
  }, [error]);
  return (
    <div className="jp-aidevsecops-Field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type={props.isSecret ? 'password' : 'text'}
        className="jp-mod-styled"
        value={value}
        readOnly={props.isReadOnly ?? false}
        required={props.isRequired ?? false}
        spellCheck={false}
        dir="auto"
        autoComplete={props.isSecret ? 'new-password' : 'off'}
        aria-invalid={error ? true : undefined}
        aria-describedby={notes.length > 0 ? notes.join(' ') : undefined}
        onChange={event => onChange(event.target.value)}
      />
      {hint ? (
        <p id={`${id}-hint`} className="jp-aidevsecops-Hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="jp-aidevsecops-Field-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
