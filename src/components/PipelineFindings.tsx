import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type { PipelineFinding, PipelineReport } from '../pipelineTokens';
import { AnswerView } from './AnswerView';
import { TextButton } from './TextButton';

/** What was found in a pipeline. */
export interface IPipelineFindingsProps {
  /** How far the search is. */
  state: AnswerState<PipelineReport>;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at. */
  onSelect: (step: string) => void;
  /** Called when the user wants to hear what Elyra finds, too. */
  onAskElyra: () => void;
  /** Called when the user has seen enough. */
  onClose: () => void;
}

function levelText(
  { level }: PipelineFinding,
  trans: TranslationBundle
): readonly [text: string, kind: string] {
  switch (level) {
    case 'error':
      // A dialog with something of the class jp-mod-error in it does not let its button be pressed.
      return [trans.__('error'), 'grave'];
    case 'warning':
      return [trans.__('warning'), 'warning'];
    case 'note':
      return [trans.__('note'), 'note'];
  }
}

function summary({ findings }: PipelineReport, trans: TranslationBundle): string {
  const count = (level: string): number =>
    findings.filter(one => one.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) {
    return trans.__('Nothing stands in the way.');
  }
  return [
    errors > 0 ? trans._n('%1 error', '%1 errors', errors) : '',
    warnings > 0 ? trans._n('%1 warning', '%1 warnings', warnings) : ''
  ]
    .filter(Boolean)
    .join(', ');
}

function Finding(props: {
  finding: PipelineFinding;
  trans: TranslationBundle;
  onSelect?: (step: string) => void;
}): React.JSX.Element {
  const { finding, trans, onSelect } = props;
  const { message, hint, node } = finding;
  const [text, kind] = levelText(finding, trans);
  return (
    <li>
      <p>
        <span className={`jp-aidevsecops-Tag jp-mod-${kind}`}>{text}</span>{' '}
        {node === null ? null : onSelect ? (
          <>
            <button
              type="button"
              className="jp-aidevsecops-LinkButton"
              title={trans.__('Show step %1', node)}
              onClick={() => onSelect(node)}
            >
              {node}
            </button>{' '}
          </>
        ) : (
          <>
            <strong>{node}</strong>{' '}
          </>
        )}
        {message}
      </p>
      {hint ? <p className="jp-aidevsecops-Hint">{hint}</p> : null}
    </li>
  );
}

/** What was found, each with its step and what to do. */
export function FoundList(props: {
  /** What was found. */
  report: PipelineReport;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the step that the user wants to look at; without it, there is no way. */
  onSelect?: (step: string) => void;
}): React.JSX.Element {
  const { report, trans, onSelect } = props;
  return (
    <>
      <p>{summary(report, trans)}</p>
      <ul className="jp-aidevsecops-FoundList" aria-label={trans.__('Findings')}>
        {report.findings.map((finding, at) => (
          <Finding key={at} finding={finding} trans={trans} onSelect={onSelect} />
        ))}
      </ul>
    </>
  );
}

/** What keeps a pipeline from doing what it says, here and on a cluster. */
export function PipelineFindings(
  props: IPipelineFindingsProps
): React.JSX.Element | null {
  const { state, trans, onSelect, onAskElyra, onClose } = props;
  const id = React.useId();
  return state.kind === 'idle' ? null : (
    <section className="jp-aidevsecops-PipelineFindings" aria-labelledby={id}>
      <h5 id={id}>{trans.__('Check')}</h5>
      <AnswerView
        state={state}
        trans={trans}
        render={report => <FoundList report={report} trans={trans} onSelect={onSelect} />}
      />
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Check with Elyra')}
          title={trans.__('Add what Elyra finds wrong; that takes seconds')}
          isDisabled={state.kind === 'loading'}
          onClick={onAskElyra}
        />
        <TextButton label={trans.__('Close')} onClick={onClose} />
      </div>
    </section>
  );
}
