import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { RunOutputs } from '../pipelineTokens';
import { sizeText } from './engineText';
import { WebLink } from './WebLink';

/** What a run elsewhere has stored. */
export function StoredFiles(props: {
  /** The files. */
  outputs: RunOutputs;
  /** The translator. */
  trans: TranslationBundle;
}): React.JSX.Element {
  const { outputs, trans } = props;
  const { files, url } = outputs;
  return (
    <>
      {url === null ? null : (
        <p>
          <WebLink url={url} text={trans.__('Open the object storage')} />
        </p>
      )}
      {files.length === 0 ? (
        <p className="jp-aidevsecops-Hint">{trans.__('It has stored nothing yet.')}</p>
      ) : (
        <ul
          className="jp-aidevsecops-StepRunDetails-outputs"
          aria-label={trans.__('Stored files')}
        >
          {files.map(({ name, size }) => (
            <li key={name}>
              <code>{name}</code>{' '}
              <span className="jp-aidevsecops-Hint">{sizeText(size, trans)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
