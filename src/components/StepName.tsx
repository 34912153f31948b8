import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem } from '../tokens';
import { problemText } from './problemText';

/** The name of a step, which can be changed in its place. */
export interface IStepNameProps {
  /** The name. */
  name: string;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with another name; answers what keeps the step from having it, or null. */
  onRename: (name: string) => IProblem | null;
}

/** A name that becomes a field when it is pressed: Enter keeps the new one, Escape the old one. */
export function StepName({ name, trans, onRename }: IStepNameProps): React.JSX.Element {
  const [text, setText] = React.useState<string | null>(null);
  const [problem, setProblem] = React.useState<IProblem | null>(null);
  const button = React.useRef<HTMLButtonElement>(null);
  const input = React.useRef<HTMLInputElement>(null);
  const returns = React.useRef(false);
  const id = React.useId();
  const isEditing = text !== null;
  React.useEffect(() => {
    if (isEditing) {
      input.current?.select();
    } else if (returns.current) {
      returns.current = false;
      button.current?.focus();
    }
  }, [isEditing]);
  const close = (): void => {
    setText(null);
    setProblem(null);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    // The keys of the list around it, such as those that take back a change, are not meant.
    event.stopPropagation();
    if (event.key === 'Escape') {
      returns.current = true;
      close();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const found = onRename(text ?? name);
      setProblem(found);
      if (!found) {
        returns.current = true;
        close();
      }
    }
  };
  if (!isEditing) {
    return (
      <button
        ref={button}
        type="button"
        className="jp-aidevsecops-StepName"
        title={trans.__('Rename')}
        aria-label={trans.__('Rename %1', name)}
        onClick={() => setText(name)}
      >
        {name}
      </button>
    );
  }
  return (
    <span className="jp-aidevsecops-StepName-field">
      <input
        ref={input}
        type="text"
        className="jp-mod-styled"
        aria-label={trans.__('Name of the step %1', name)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? id : undefined}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        onChange={event => {
          setText(event.target.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // A name that cannot be is given up.
          onRename(text);
          close();
        }}
      />
      {problem ? (
        <span id={id} className="jp-aidevsecops-Field-error" role="alert">
          {problemText(problem, trans).message}
        </span>
      ) : null}
    </span>
  );
}
