import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState, ImportPlan } from '../environmentTokens';
import type { IProblem } from '../tokens';
import { AnswerView } from './AnswerView';
import { Combobox } from './Combobox';
import type { IDeclaredChange } from './declared';
import { declaredChanges } from './declared';
import { ErrorNotice } from './ErrorNotice';
import { SentenceList } from './SentenceList';

/** The fields of an import. */
export interface IImportFieldsProps {
  /** The path of the file. */
  path: string;
  /** Paths that begin with it. */
  suggestions: AnswerState<readonly string[]>;
  /** What taking the file over would do. */
  plan: AnswerState<ImportPlan>;
  /** What is wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with another path. */
  onChange: (path: string) => void;
}

function ChangeTable(props: {
  changes: readonly IDeclaredChange[];
  trans: TranslationBundle;
}): React.JSX.Element {
  const { changes, trans } = props;
  return (
    <table className="jp-aidevsecops-ChangeTable">
      <thead>
        <tr>
          <th scope="col">{trans.__('Requirement')}</th>
          <th scope="col">{trans.__('Now')}</th>
          <th scope="col">{trans.__('Then')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before === null ? '–' : <code>{before}</code>}</td>
            <td>{after === null ? trans.__('taken out') : <code>{after}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What an import does to the lock, in a sentence. */
function lockText({ answer, base }: ImportPlan, trans: TranslationBundle): string {
  if (answer.packages > 0) {
    return trans._n(
      '%1 package is locked with it.',
      '%1 packages are locked with it.',
      answer.packages
    );
  }
  return base['requirements_lock']
    ? trans.__('The lock of the notebook goes, since it is of other requirements.')
    : trans.__('Nothing is locked with it.');
}

function Preview(props: {
  plan: ImportPlan;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { plan, trans } = props;
  const { answer, base } = plan;
  if (Object.keys(answer.edit.metadata).length === 0) {
    return <p>{trans.__('The notebook says the same already.')}</p>;
  }
  const changes = declaredChanges(base, answer.edit.metadata);
  return (
    <>
      {changes.length > 0 ? (
        <ChangeTable changes={changes} trans={trans} />
      ) : (
        <p>{trans.__('The requirements stay as they are.')}</p>
      )}
      <p>{lockText(plan, trans)}</p>
      <SentenceList title={trans.__('What is not kept')} sentences={answer.lost} />
    </>
  );
}

/** What is to be said of the suggestions, where they do not speak for themselves. */
function suggestionText(
  state: IImportFieldsProps['suggestions'],
  trans: TranslationBundle
): string | undefined {
  switch (state.kind) {
    case 'error':
      return state.problem.message;
    case 'ready':
      return state.answer.length === 0
        ? trans.__('No such file can be taken over.')
        : undefined;
    default:
      return undefined;
  }
}

/** The form that takes the environment in a file over. */
export function ImportFields(props: IImportFieldsProps): React.JSX.Element {
  const { path, suggestions, plan, problem, trans, onChange } = props;
  const paths = 'answer' in suggestions ? (suggestions.answer ?? []) : [];
  return (
    <div className="jp-aidevsecops-Form jp-aidevsecops-ImportForm">
      <Combobox
        label={trans.__('File')}
        value={path}
        options={paths.map(value => ({
          value,
          note: value.endsWith('/') ? trans.__('folder') : ''
        }))}
        message={suggestionText(suggestions, trans)}
        hint={trans.__(
          'A Pipfile, Pipfile.lock, pylock.toml, requirements.txt, pyproject.toml, uv.lock, a CycloneDX bill (.cdx.json), or a script or notebook with a script block.'
        )}
        staysOpen={value => value.endsWith('/')}
        isRequired
        onChange={onChange}
      />
      <AnswerView
        state={plan}
        render={answer => <Preview plan={answer} trans={trans} />}
        trans={trans}
      />
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </div>
  );
}
