import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { SplitFile } from '../splitTokens';
import { fileStateText } from './splitText';
import { UnifiedDiff } from './UnifiedDiff';

/** The files of a split. */
export interface ISplitFilesProps {
  /** The files. */
  files: readonly SplitFile[];
  /** The paths of those that would be deleted; none when left out. */
  removals?: readonly string[];
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
      <bdi>{path}</bdi>{' '}
      <span className={`jp-aidevsecops-Tag jp-mod-${state}`}>
        {fileStateText(state, trans)}
      </span>
    </>
  );
}

/** The files that would be written or deleted, how each compares with what is there, and what changes. */
export function SplitFiles(props: ISplitFilesProps): React.JSX.Element {
  const { files, removals = [], trans } = props;
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
      {removals.map(path => (
        <li key={path}>
          <bdi>{path}</bdi>{' '}
          <span className="jp-aidevsecops-Tag jp-mod-removal">
            {trans.__('to be deleted')}
          </span>
        </li>
      ))}
    </ul>
  );
}
