import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState, PackageDetails, PackageSearch } from '../environmentTokens';
import type { IComboboxOption } from './Combobox';
import { Combobox } from './Combobox';
import { problemText } from './problemText';

/** The name of a package, searched as one types. */
export interface IPackageNameFieldProps {
  /** The name. */
  value: string;
  /** Whether the name cannot be changed, as of a requirement that is there already. */
  isFixed: boolean;
  /** What was found for the name. */
  search: AnswerState<PackageSearch>;
  /** The package of that name. */
  details: AnswerState<PackageDetails>;
  /** What is wrong with the name. */
  error?: string;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with another name. */
  onChange: (name: string) => void;
}

/** Why the search may not have found everything; empty where it has. */
function incompleteText(search: PackageSearch, trans: TranslationBundle): string {
  const named = (state: string): string =>
    search.indexes
      .filter(index => index.state === state)
      .map(({ url }) => url)
      .join(', ');
  const [loading, unlisted] = [named('loading'), named('unlisted')];
  return [
    loading ? trans.__('The names on %1 are still being read.', loading) : '',
    unlisted ? trans.__('On %1 only whole names are found.', unlisted) : ''
  ]
    .filter(Boolean)
    .join(' ');
}

function searchText(
  search: AnswerState<PackageSearch>,
  trans: TranslationBundle
): string | undefined {
  switch (search.kind) {
    case 'idle':
      return undefined;
    case 'loading':
      return search.answer === null ? trans.__('Searching…') : undefined;
    case 'error': {
      const { message } = problemText(search.problem, trans);
      return trans.__('The search failed: %1', message);
    }
    case 'ready': {
      const isEmpty = search.answer.packages.length === 0;
      const nothing = isEmpty ? trans.__('No package is called so.') : undefined;
      return incompleteText(search.answer, trans) || nothing;
    }
  }
}

function packageText(
  details: AnswerState<PackageDetails>,
  trans: TranslationBundle
): string | undefined {
  switch (details.kind) {
    case 'idle':
      return undefined;
    case 'loading':
      return trans.__('Loading the versions…');
    case 'error':
      return problemText(details.problem, trans).message;
    case 'ready': {
      const { summary, latest } = details.answer;
      const newest = latest ? trans.__('Latest: %1.', latest) : '';
      return [summary, newest].filter(Boolean).join(' ');
    }
  }
}

/** What is offered; of the answer to what was typed before, what still fits. */
function offered(typed: string, search: AnswerState<PackageSearch>): IComboboxOption[] {
  const found = 'answer' in search ? (search.answer?.packages ?? []) : [];
  const part = typed
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
  const isCurrent = search.kind === 'ready';
  return found
    .filter(({ name }) => part !== '' && (isCurrent || name.includes(part)))
    .map(({ name }) => ({ value: name, note: '' }));
}

/** The name of a package; names on the user's indexes are offered. */
export function PackageNameField(props: IPackageNameFieldProps): React.JSX.Element {
  const { value, isFixed, search, details, error, trans, onChange } = props;
  return (
    <Combobox
      label={trans.__('Name')}
      value={value}
      options={offered(value, search)}
      message={value.trim() === '' ? undefined : searchText(search, trans)}
      isLoading={search.kind === 'loading'}
      hint={packageText(details, trans)}
      error={error}
      isReadOnly={isFixed}
      isRequired
      onChange={onChange}
    />
  );
}
