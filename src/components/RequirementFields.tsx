import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState, PackageDetails, PackageSearch } from '../environmentTokens';
import type { IProblem, Requirement } from '../tokens';
import type { IConstraint } from './constraint';
import { ConstraintFields } from './ConstraintFields';
import { ErrorNotice } from './ErrorNotice';
import { PackageNameField } from './PackageNameField';
import { TextField } from './TextField';

/** A requirement as the user types it; extras are separated by commas. */
export interface IRequirementText {
  /** The distribution's name. */
  name: string;
  /** Which versions are wanted. */
  constraint: IConstraint;
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
  /** What was found for the name. */
  search: AnswerState<PackageSearch>;
  /** The package of that name. */
  details: AnswerState<PackageDetails>;
  /** What the server found wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: IRequirementText) => void;
}

type TextKey = 'extras' | 'markers' | 'index';

/** The fields that a problem can be shown at. */
const FIELDS = ['name', 'specifier', 'version', 'extras', 'markers', 'index'];

/** The typed text as a requirement. */
export function toRequirement(text: IRequirementText): Requirement {
  const specifier = text.constraint.free.trim();
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
  const { value, isNameFixed, search, details, problem, trans, onChange } = props;
  const field = problem ? fieldOf(problem) : null;
  const isAtField = field !== null && FIELDS.includes(field);
  const errorAt = (key: string): string | undefined =>
    problem && field === key ? errorOf(problem) : undefined;
  const text = (key: TextKey, label: string, hint?: string): React.JSX.Element => (
    <TextField
      label={label}
      value={value[key]}
      hint={hint}
      error={errorAt(key)}
      onChange={changed => onChange({ ...value, [key]: changed })}
    />
  );
  return (
    <div className="jp-aidevsecops-Form">
      <PackageNameField
        value={value.name}
        isFixed={isNameFixed}
        search={search}
        details={details}
        error={errorAt('name')}
        trans={trans}
        onChange={name => onChange({ ...value, name })}
      />
      <ConstraintFields
        value={value.constraint}
        details={details}
        errors={{ specifier: errorAt('specifier'), version: errorAt('version') }}
        trans={trans}
        onChange={constraint => onChange({ ...value, constraint })}
      />
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
