import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Conversion } from '../environmentTokens';
import type { IProblem } from '../tokens';
import { ErrorNotice } from './ErrorNotice';
import { LineDiff } from './LineDiff';
import { SentenceList } from './SentenceList';

/** What recording the install lines of a notebook would do. */
export interface IConversionPreviewProps {
  /** What it comes to. */
  conversion: Conversion;
  /** What kept it from being applied, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
}

/** Which requirements will be recorded, how cells will look, and what stays as it is. */
export function ConversionPreview(props: IConversionPreviewProps): React.JSX.Element {
  const { conversion, problem, trans } = props;
  const { recorded, lost, lines, edit } = conversion.answer;
  const title = React.useId();
  return (
    <div className="jp-aidevsecops-Form">
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
      {recorded.length > 0 ? (
        <section aria-labelledby={title} className="jp-aidevsecops-SentenceList">
          <h4 id={title}>{trans.__('Requirements that will be recorded')}</h4>
          <ul>
            {recorded.map(requirement => (
              <li key={requirement}>
                <code>{requirement}</code>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p>
          {lines.length > 0
            ? trans.__('The notebook declares already what its cells install.')
            : trans.__('No line can be recorded.')}
        </p>
      )}
      {(edit.cells ?? []).map(({ index, base, source }) => (
        <section key={index} className="jp-aidevsecops-SentenceList">
          <h4>{trans.__('Cell %1', index + 1)}</h4>
          <LineDiff
            label={trans.__('Changes to cell %1', index + 1)}
            before={base}
            after={source}
            trans={trans}
          />
        </section>
      ))}
      <SentenceList title={trans.__('What stays as it is')} sentences={lost} />
    </div>
  );
}
