import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import '../../style/project.css';
import { CheckField } from '../components/CheckField';
import { SentenceList } from '../components/SentenceList';
import { TextField } from '../components/TextField';
import type { IProjectModel, ProjectAdopted, ProjectAdoption } from '../projectTokens';
import { QUIET_MS, showPreview } from './PreviewDialog';

type File = ProjectAdoption['files'][number];

function FileChoice(props: {
  file: File;
  isChosen: boolean;
  trans: TranslationBundle;
  onChange: (isChosen: boolean) => void;
}): React.JSX.Element {
  const { file, isChosen, trans, onChange } = props;
  const { path, text } = file;
  return (
    <li>
      <CheckField label={path} isChecked={isChosen} onChange={onChange} />
      <details>
        <summary aria-label={trans.__('Text of %1', path)}>{trans.__('Text')}</summary>
        <pre
          className="jp-aidevsecops-LineDiff"
          role="group"
          aria-label={trans.__('What %1 would say', path)}
          // What scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          {text}
        </pre>
      </details>
    </li>
  );
}

/** The accounts in a line. */
function accountsIn(line: string): string[] {
  return line.split(/[\s,]+/).filter(Boolean);
}

/** Show what adopting the project would write, and write what is chosen; what it was, or null. */
export function askAdoption(
  model: IProjectModel,
  trans: TranslationBundle
): Promise<ProjectAdopted | null> {
  const left = new Set<string>();
  const choose = (path: string, isChosen: boolean): void => {
    if (isChosen) {
      left.delete(path);
    } else {
      left.add(path);
    }
  };
  return showPreview<string, ProjectAdoption, ProjectAdopted>({
    title: trans.__('Adopt the project'),
    button: trans.__('Adopt'),
    initial: '',
    quietMs: QUIET_MS,
    preview: line => model.previewAdoption(accountsIn(line)),
    agree: (line, shown) =>
      model.adopt(
        shown,
        accountsIn(line),
        shown.files.map(({ path }) => path).filter(path => !left.has(path))
      ),
    fields: (line, change) => (
      <>
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'These files are missing. Leave out what you do not want; nothing that is there is changed.'
          )}
        </p>
        <TextField
          label={trans.__('Approvers')}
          hint={trans.__(
            'Accounts of the forge that may ask bots for releases, such as jo, ada; OWNERS names them.'
          )}
          value={line}
          onChange={change}
        />
      </>
    ),
    render: shown => <Files shown={shown} left={left} trans={trans} onChoose={choose} />,
    trans
  });
}

function Files(props: {
  shown: ProjectAdoption;
  left: ReadonlySet<string>;
  trans: TranslationBundle;
  onChoose: (path: string, isChosen: boolean) => void;
}): React.JSX.Element {
  const { shown, left, trans, onChoose } = props;
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  return (
    <>
      {shown.repository ? null : (
        <p>{trans.__('The folder becomes a Git repository (git init).')}</p>
      )}
      {shown.files.length === 0 ? (
        <p>{trans.__('Nothing is missing.')}</p>
      ) : (
        <ul className="jp-aidevsecops-Adoption" aria-label={trans.__('Files to write')}>
          {shown.files.map(file => (
            <FileChoice
              key={file.path}
              file={file}
              isChosen={!left.has(file.path)}
              trans={trans}
              onChange={isChosen => {
                onChoose(file.path, isChosen);
                redraw();
              }}
            />
          ))}
        </ul>
      )}
      <SentenceList title={trans.__('Stay as they are')} sentences={shown.kept} />
    </>
  );
}
