import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Diagnosis, Finding, FindingState } from '../setupTokens';
import { IconButton } from './IconButton';
import { TextButton } from './TextButton';
import { SIGNS } from './signs';

/** What was found, and what can be done about it. */
export interface IDiagnosisViewProps {
  /** What was found. */
  diagnosis: Diagnosis;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with a command that the user wants to paste into a terminal. */
  onCopy: (command: string) => void;
  /** Called with what JupyterLab has a dialog for. */
  onAct: (action: string) => void;
}

function stateText(state: FindingState, trans: TranslationBundle): string {
  return {
    good: trans.__('good'),
    attention: trans.__('worth a look'),
    problem: trans.__('problem'),
    unknown: trans.__('not known')
  }[state];
}

function actionText(action: string, trans: TranslationBundle): string {
  return action === 'manage-kernels'
    ? trans.__('Manage Kernels…')
    : trans.__('Give Git a Token…');
}

function FindingRow(
  props: Omit<IDiagnosisViewProps, 'diagnosis'> & { finding: Finding }
): React.JSX.Element {
  const { finding, trans, onCopy, onAct } = props;
  const { name, state, message, fix } = finding;
  const { command, action } = fix ?? { command: null, action: null };
  return (
    <li className={`jp-aidevsecops-Finding jp-mod-${state}`}>
      <p>
        <span className="jp-aidevsecops-Tag">
          <span aria-hidden="true">{SIGNS[state]}</span> {stateText(state, trans)}
        </span>{' '}
        <strong>{name}</strong>
      </p>
      <p>{message}</p>
      {fix?.words ? <p className="jp-aidevsecops-Hint">{fix.words}</p> : null}
      {command ? (
        <p className="jp-aidevsecops-Finding-command">
          <code>{command}</code>
          <IconButton
            action="Copy"
            label={trans.__('Copy %1', command)}
            onClick={() => onCopy(command)}
          />
        </p>
      ) : null}
      {action ? (
        <TextButton label={actionText(action, trans)} onClick={() => onAct(action)} />
      ) : null}
    </li>
  );
}

function summary(
  { counts: { problem, attention, unknown } }: Diagnosis,
  trans: TranslationBundle
): string {
  const said = [
    problem > 0 ? trans._n('%1 problem', '%1 problems', problem) : '',
    attention > 0
      ? trans._n('%1 thing worth a look', '%1 things worth a look', attention)
      : '',
    unknown > 0 ? trans._n('%1 thing not known', '%1 things not known', unknown) : ''
  ].filter(Boolean);
  return said.length > 0 ? said.join(', ') : trans.__('Nothing is in the way.');
}

/** What is in the way, first; what is as it should be is folded away. */
export function DiagnosisView(props: IDiagnosisViewProps): React.JSX.Element {
  const { diagnosis, trans } = props;
  const { findings } = diagnosis;
  const order: FindingState[] = ['problem', 'attention', 'unknown'];
  const open = order.flatMap(state => findings.filter(one => one.state === state));
  const good = findings.filter(one => one.state === 'good');
  const list = (found: Finding[], label: string): React.JSX.Element => (
    <ul className="jp-aidevsecops-FindingRows" aria-label={label}>
      {found.map((finding, at) => (
        <FindingRow {...props} key={at} finding={finding} />
      ))}
    </ul>
  );
  return (
    <>
      <p className="jp-aidevsecops-Diagnosis-summary">{summary(diagnosis, trans)}</p>
      {open.length > 0 ? list(open, trans.__('What to look at')) : null}
      <details>
        <summary>
          {trans._n('%1 thing is good', '%1 things are good', good.length)}
        </summary>
        {list(good, trans.__('What is good'))}
      </details>
    </>
  );
}
