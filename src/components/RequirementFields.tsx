import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem, Requirement } from '../tokens';
import { ErrorNotice } from './ErrorNotice';
import { TextField } from './TextField';

/** A requirement as the user types it; extras are separated by commas. */
export interface IRequirementText {
  /** The distribution's name. */
  name: string;
  /** A PEP 440 specifier. */
  specifier: string;
  /** Extras, separated by commas. */
  extras: string;
  /** A PEP 508 marker. */
  markers: string;
  /** The name or address of an index. */
  index: string;
  /** Whether it is for development only. */
  dev: boolean;
}

/** The fields of a requirement. */
export interface IRequirementFieldsProps {
  /** What is in the fields. */
  value: IRequirementText;
  /** Whether the name cannot be changed, as of a requirement that is there already. */
  isNameFixed: boolean;
  /** What the server found wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: IRequirementText) => void;
}

type TextKey = Exclude<keyof IRequirementText, 'dev'>;

/** The typed text as a requirement. */
export function toRequirement(text: IRequirementText): Requirement {
  const specifier = text.specifier.trim();
  return {
    name: text.name.trim(),
    specifier: specifier === '*' ? '' : specifier,
    extras: text.extras
      .split(',')
      .map(extra => extra.trim())
      .filter(extra => extra !== ''),
    markers: text.markers.trim(),
    index: text.index.trim() || null,
    dev: text.dev
  };
}

/** The field that a problem is about: the last part of a path such as `add[0].specifier`. */
function fieldOf(problem: IProblem): string | null {
  const { field } = problem.details;
  if (typeof field === 'string') {
    return field.split(/[./]/).pop() ?? null;
  }
  return 'index' in problem.details ? 'index' : null;
}

function errorOf({ message, hint }: IProblem): string {
  return [message, hint].filter(Boolean).join(' ');
}

/** The form for one requirement. */
export function RequirementFields(props: IRequirementFieldsProps): React.JSX.Element {
  const { value, isNameFixed, problem, trans, onChange } = props;
  const field = problem ? fieldOf(problem) : null;
  const isAtField = field !== null && field in value;
  const text = (key: TextKey, label: string, hint?: string): React.JSX.Element => (
    <TextField
      label={label}
      value={value[key]}
      hint={hint}
      error={problem && field === key ? errorOf(problem) : undefined}
      isReadOnly={key === 'name' && isNameFixed}
      isRequired={key === 'name'}
      onChange={changed => onChange({ ...value, [key]: changed })}
    />
  );
  return (
    <div className="jp-aidevsecops-Form">
      {text('name', trans.__('Name'))}
      {text(
        'specifier',
        trans.__('Version'),
        trans.__('Such as >=2.1,<3. Empty for any version.')
      )}
      {text('extras', trans.__('Extras'), trans.__('Separated by commas.'))}
      {text('markers', trans.__('Markers'), trans.__("Such as python_version < '3.12'."))}
      {text(
        'index',
        trans.__('Index'),
        trans.__("The name of one of the notebook's indexes, or an address.")
      )}
      <label className="jp-aidevsecops-Check">
        <input
          type="checkbox"
          checked={value.dev}
          onChange={event => onChange({ ...value, dev: event.target.checked })}
        />
        {trans.__('For development only')}
      </label>
      {problem && !isAtField ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </div>
  );
}
