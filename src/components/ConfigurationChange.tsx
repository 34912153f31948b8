import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ConfigurationDraft } from '../projectTokens';
import { LineDiff } from './LineDiff';
import { SentenceList } from './SentenceList';

/** What a configuration file would be. */
export interface IConfigurationChangeProps {
  /** The file as it is and as it would be. */
  draft: ConfigurationDraft;
  /** The translator. */
  trans: TranslationBundle;
}

/** What changes in a file, and what is off in it then, with the lines. */
export function ConfigurationChange(props: IConfigurationChangeProps): React.JSX.Element {
  const { draft, trans } = props;
  const { file, problems, before, after } = draft;
  return (
    <>
      <SentenceList
        title={trans.__('What is off in it')}
        sentences={problems.map(({ line, level, message }) =>
          level === 'error'
            ? trans.__('Line %1, error: %2', line, message)
            : trans.__('Line %1: %2', line, message)
        )}
      />
      {before === after ? (
        <p className="jp-aidevsecops-Hint">{trans.__('Nothing changes.')}</p>
      ) : (
        <LineDiff
          label={trans.__('Changes to %1', file)}
          before={before}
          after={after}
          trans={trans}
        />
      )}
    </>
  );
}
