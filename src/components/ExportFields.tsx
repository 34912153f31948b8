import type { TranslationBundle } from '@jupyterlab/translation';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type {
  AnswerState,
  ExportFormat,
  IExportPlan,
  IPlannedFile
} from '../environmentTokens';
import type { IProblem } from '../tokens';
import { AnswerView } from './AnswerView';
import { ErrorNotice } from './ErrorNotice';
import { formats } from './exportFormats';
import { LineDiff } from './LineDiff';
import { SentenceList } from './SentenceList';
import { TextField } from './TextField';
import { TrustQuestion } from './TrustQuestion';

/** What the user chose to export. */
export interface IExportText {
  /** The format. */
  format: ExportFormat;
  /** The folder below the server's root. */
  folder: string;
  /** Whether files that say something else may be replaced. */
  mayReplace: boolean;
}

/** The fields of an export. */
export interface IExportFieldsProps {
  /** What is in the fields. */
  value: IExportText;
  /** What would be written. */
  plan: AnswerState<IExportPlan>;
  /** What is wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: IExportText) => void;
  /** The indexes that a problem is about, null when it is about something else. */
  untrusted: (problem: IProblem) => string[] | null;
  /** Called when the user agrees to indexes. */
  onTrust: (indexes: string[]) => void;
}

/** The files that would be replaced. */
export function replacedIn(plan: IExportPlan): IPlannedFile[] {
  return plan.files.filter(({ old, isSame }) => old !== null && !isSame);
}

function stateText(file: IPlannedFile, trans: TranslationBundle): string {
  if (file.isSame) {
    return trans.__('unchanged');
  }
  return file.old === null ? trans.__('new') : trans.__('replaced');
}

function FileList(props: {
  files: readonly IPlannedFile[];
  trans: TranslationBundle;
}): React.JSX.Element {
  const { files, trans } = props;
  return (
    <ul className="jp-aidevsecops-FileList" aria-label={trans.__('Files')}>
      {files.map(file => (
        <li key={file.path}>
          <details>
            <summary>
              <bdi>{file.path}</bdi>{' '}
              <span className="jp-aidevsecops-Tag">{stateText(file, trans)}</span>
            </summary>
            {file.old !== null && !file.isSame ? (
              <LineDiff
                label={trans.__('Changes to %1', file.path)}
                before={file.old}
                after={file.text}
                trans={trans}
              />
            ) : (
              <pre
                className="jp-aidevsecops-LineDiff"
                role="group"
                aria-label={trans.__('Text of %1', file.path)}
                // What scrolls must be reached by the keyboard.
                tabIndex={0}
              >
                {file.text}
              </pre>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}

/** The form that writes an environment in the files of another tool. */
export function ExportFields(props: IExportFieldsProps): React.JSX.Element {
  const { value, plan, problem, trans, onChange, untrusted, onTrust } = props;
  const id = React.useId();
  const known = formats(trans);
  const chosen = known.find(({ format }) => format === value.format);
  const replaced = plan.kind === 'ready' ? replacedIn(plan.answer) : [];
  return (
    <div className="jp-aidevsecops-Form">
      <div className="jp-aidevsecops-Field">
        <label htmlFor={id}>{trans.__('Format')}</label>
        <HTMLSelect
          id={id}
          value={value.format}
          aria-describedby={`${id}-hint`}
          onChange={event => {
            const format = event.target.value as ExportFormat;
            onChange({ ...value, format, mayReplace: false });
          }}
        >
          {known.map(({ format, label }) => (
            <option key={format} value={format}>
              {label}
            </option>
          ))}
        </HTMLSelect>
        <p id={`${id}-hint`} className="jp-aidevsecops-Hint">
          {chosen?.hint}
        </p>
      </div>
      <TextField
        label={trans.__('Folder')}
        value={value.folder}
        hint={trans.__("Below the server's root; made where it is missing.")}
        onChange={folder => onChange({ ...value, folder, mayReplace: false })}
      />
      <AnswerView
        state={plan}
        trans={trans}
        render={answer => (
          <>
            <FileList files={answer.files} trans={trans} />
            <SentenceList title={trans.__('What is not kept')} sentences={answer.lost} />
          </>
        )}
        renderProblem={found => {
          const indexes = untrusted(found);
          return indexes && indexes.length > 0 ? (
            <TrustQuestion
              reason={trans.__(
                'This format needs the addresses of the locked files, and the notebook names indexes that are not in your own configuration: %1',
                indexes.join(', ')
              )}
              label={trans.__('Ask for This Export')}
              onAgree={() => onTrust(indexes)}
            />
          ) : null;
        }}
      />
      {replaced.length > 0 ? (
        <label className="jp-aidevsecops-Check">
          <input
            type="checkbox"
            checked={value.mayReplace}
            onChange={event => onChange({ ...value, mayReplace: event.target.checked })}
          />
          {trans._n(
            'Replace %1 file that says something else',
            'Replace %1 files that say something else',
            replaced.length
          )}
        </label>
      ) : null}
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </div>
  );
}
