import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitFile } from '../splitTokens';
import { fileStateText } from './splitText';
import { UnifiedDiff } from './UnifiedDiff';

/** The files of a split. */
export interface ISplitFilesProps {
  /** The files. */
  files: readonly SplitFile[];
  /** The translator. */
  trans: TranslationBundle;
}

function Head({
  file,
  trans
}: {
  file: SplitFile;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { path, state } = file;
  return (
    <>
      {path}{' '}
      <span className={`jp-aidevsecops-Tag jp-mod-${state}`}>
        {fileStateText(state, trans)}
      </span>
    </>
  );
}

/** The files that would be written, how each compares with what is there, and what changes. */
export function SplitFiles({ files, trans }: ISplitFilesProps): React.JSX.Element {
  return (
    <ul
      className="jp-aidevsecops-FileList jp-aidevsecops-SplitFiles"
      aria-label={trans.__('Files')}
    >
      {files.map(file => (
        <li key={file.path}>
          {file.diff ? (
            <details>
              <summary>
                <Head file={file} trans={trans} />
              </summary>
              <UnifiedDiff
                label={trans.__('Changes to %1', file.path)}
                diff={file.diff}
              />
            </details>
          ) : (
            <Head file={file} trans={trans} />
          )}
        </li>
      ))}
    </ul>
  );
}
