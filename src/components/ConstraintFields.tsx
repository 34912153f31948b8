import type { TranslationBundle } from '@jupyterlab/translation';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { AnswerState, PackageDetails } from '../environmentTokens';
import type { IComboboxOption } from './Combobox';
import { Combobox } from './Combobox';
import type { ConstraintKind, IConstraint } from './constraint';
import { canExcept, constraintOf, withChange } from './constraint';
import { TextField } from './TextField';
import { specifierText, versionNote } from './versionText';

/** The fields that a specifier is put together from. */
export interface IConstraintFieldsProps {
  /** What is in the fields. */
  value: IConstraint;
  /** The versions of the package. */
  details: AnswerState<PackageDetails>;
  /** What is wrong with the specifier, and with the version in the builder. */
  errors: { specifier?: string; version?: string };
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: IConstraint) => void;
}

/** More than anybody reads; who wants an older version types its beginning. */
const MAX_OPTIONS = 60;

function kinds(trans: TranslationBundle): [ConstraintKind, string][] {
  return [
    ['any', trans.__('Any version')],
    ['atLeast', trans.__('At least')],
    ['compatible', trans.__('Compatible with')],
    ['exactly', trans.__('Exactly')],
    ['range', trans.__('In a range')],
    ['free', trans.__('As I write it')]
  ];
}

/** What the field of a version is called, by what it means. */
function versionLabel(kind: ConstraintKind, trans: TranslationBundle): string {
  return kind === 'range' ? trans.__('From') : trans.__('Version wanted');
}

function optionsFor(
  typed: string,
  details: AnswerState<PackageDetails>,
  trans: TranslationBundle
): IComboboxOption[] {
  const known = 'answer' in details ? (details.answer?.versions ?? []) : [];
  const isChosen = known.some(({ version }) => version === typed.trim());
  return known
    .filter(({ version }) => isChosen || version.startsWith(typed.trim()))
    .slice(0, MAX_OPTIONS)
    .map(version => ({ value: version.version, note: versionNote(version, trans) }));
}

/** Which versions are wanted, put together or written, and what that comes to. */
export function ConstraintFields(props: IConstraintFieldsProps): React.JSX.Element {
  const { value, details, errors, trans, onChange } = props;
  const id = React.useId();
  const { kind } = value;
  const change = (part: Partial<IConstraint>): void => onChange(withChange(value, part));
  const said = specifierText(value.free, details, trans);
  const version = (
    key: 'version' | 'below',
    label: string,
    error?: string
  ): React.JSX.Element => (
    <Combobox
      label={label}
      value={value[key]}
      options={optionsFor(value[key], details, trans)}
      message={details.kind === 'loading' ? trans.__('Loading…') : undefined}
      isLoading={details.kind === 'loading'}
      error={error}
      onChange={text => change({ [key]: text })}
    />
  );
  return (
    <fieldset className="jp-aidevsecops-Fieldset">
      <legend>{trans.__('Versions')}</legend>
      <div className="jp-aidevsecops-FieldRow">
        <div className="jp-aidevsecops-Field">
          <label htmlFor={id}>{trans.__('Wanted')}</label>
          <HTMLSelect
            id={id}
            value={kind}
            onChange={event => change({ kind: event.target.value as ConstraintKind })}
          >
            {kinds(trans).map(([one, label]) => (
              <option key={one} value={one}>
                {label}
              </option>
            ))}
          </HTMLSelect>
        </div>
        {kind === 'any' || kind === 'free'
          ? null
          : version('version', versionLabel(kind, trans), errors.version)}
        {kind === 'range' ? version('below', trans.__('Before')) : null}
        {canExcept(kind) ? (
          <TextField
            label={trans.__('Except')}
            value={value.except}
            onChange={except => change({ except })}
          />
        ) : null}
      </div>
      <TextField
        label={trans.__('Version specifier')}
        value={value.free}
        hint={trans.__('Such as >=2.1,<3. Empty for any version.')}
        error={errors.specifier}
        onChange={text => onChange(constraintOf(text))}
      />
      <p role="status" className={said?.isWarning ? 'jp-aidevsecops-Field-warning' : ''}>
        {said?.text}
      </p>
    </fieldset>
  );
}
