import * as React from 'react';
import { Busy } from './Busy';
import { CLOSED, OPEN, afterKey } from './comboboxKeys';

/** One of the texts that are offered. */
export interface IComboboxOption {
  /** The text that is put into the field. */
  value: string;
  /** What is worth knowing of it; may be empty. */
  note: string;
}

/** A line of text for which texts are offered while it is typed. */
export interface IComboboxProps {
  /** What it is. */
  label: string;
  /** The text. */
  value: string;
  /** Called with the new text, typed or picked. */
  onChange: (value: string) => void;
  /** What is offered for the text. */
  options: readonly IComboboxOption[];
  /** What is to be said of the offer: that it is on its way, empty, or could not be had. */
  message?: string;
  /** Whether the offer is on its way; the message says so. */
  isLoading?: boolean;
  /** How to fill it in. */
  hint?: string;
  /** What is wrong with it. */
  error?: string;
  /** Whether it cannot be changed. */
  isReadOnly?: boolean;
  /** Whether it must be filled in. */
  isRequired?: boolean;
  /** Whether the offer stays after this text was picked, such as that of a folder. */
  staysOpen?: (value: string) => boolean;
}

function Options(props: {
  id: string;
  label: string;
  options: readonly IComboboxOption[];
  active: number;
  onPick: (value: string) => void;
}): React.JSX.Element {
  const { id, label, options, active, onPick } = props;
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    // jsdom has no layout, and no such method.
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  return (
    <ul ref={list} id={id} role="listbox" aria-label={label}>
      {options.map(({ value, note }, index) => (
        <li
          key={value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="jp-aidevsecops-Combobox-option"
          // The field keeps the focus.
          onMouseDown={event => event.preventDefault()}
          onClick={() => onPick(value)}
        >
          <span>{value}</span>
          {note ? <span className="jp-aidevsecops-Hint">{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** A labelled input with a list of what could be meant; the keys work as ARIA describes. */
export function Combobox(props: IComboboxProps): React.JSX.Element {
  const { label, value, onChange, options, message, hint, error, isLoading } = props;
  const id = React.useId();
  const input = React.useRef<HTMLInputElement>(null);
  const [offer, setOffer] = React.useState(CLOSED);
  React.useEffect(() => {
    if (error) {
      input.current?.focus();
    }
  }, [error]);
  const active = offer.active < options.length ? offer.active : -1;
  const isShown = offer.isOpen && (options.length > 0 || Boolean(message));
  const hasOptions = isShown && options.length > 0;
  const notes = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);

  const pick = (picked: string): void => {
    onChange(picked);
    setOffer(props.staysOpen?.(picked) ? OPEN : CLOSED);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (props.isReadOnly) {
      return;
    }
    if (event.key === 'Enter' && isShown && active >= 0) {
      event.preventDefault();
      pick(options[active].value);
      return;
    }
    const next = afterKey(event, { isOpen: isShown, active }, options.length);
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      setOffer(next);
    }
  };
  return (
    <div className="jp-aidevsecops-Field">
      <label htmlFor={id}>{label}</label>
      <div className="jp-aidevsecops-Combobox">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          className="jp-mod-styled"
          value={value}
          readOnly={props.isReadOnly ?? false}
          required={props.isRequired ?? false}
          spellCheck={false}
          dir="auto"
          autoComplete="off"
          aria-autocomplete="list"
          aria-expanded={isShown}
          aria-controls={hasOptions ? `${id}-list` : undefined}
          aria-activedescendant={
            hasOptions && active >= 0 ? `${id}-list-${active}` : undefined
          }
          aria-invalid={error ? true : undefined}
          aria-describedby={notes.length > 0 ? notes.join(' ') : undefined}
          onChange={event => {
            onChange(event.target.value);
            setOffer(OPEN);
          }}
          onKeyDown={onKeyDown}
          onClick={() => setOffer(props.isReadOnly ? CLOSED : OPEN)}
          onBlur={() => setOffer(CLOSED)}
        />
        {isShown ? (
          <div className="jp-aidevsecops-Combobox-offer">
            {hasOptions ? (
              <Options
                id={`${id}-list`}
                label={label}
                options={options}
                active={active}
                onPick={pick}
              />
            ) : null}
            {message ? (
              <div className="jp-aidevsecops-Combobox-message">
                {isLoading ? <Busy label={message} /> : <p role="status">{message}</p>}
              </div>
            ) : null}
          </div>
        ) : null}
      </div>
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
