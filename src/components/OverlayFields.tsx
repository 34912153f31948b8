import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type { IOverlayChoice, OverlayResult } from '../splitTokens';
import type { IProblem } from '../tokens';
import { AnswerView } from './AnswerView';
import { CheckField } from './CheckField';
import { ErrorNotice } from './ErrorNotice';
import { SentenceList } from './SentenceList';
import { SplitFiles } from './SplitFiles';
import { TextButton } from './TextButton';
import { TextField } from './TextField';
import { TrustQuestion } from './TrustQuestion';

/** What is asked for before an overlay is extracted. */
export type OverlayText = Pick<IOverlayChoice, 'name' | 'force'>;

/** The fields of an overlay. */
export interface IOverlayFieldsProps {
  /** What is in the fields. */
  value: OverlayText;
  /** What would be written. */
  plan: AnswerState<OverlayResult>;
  /** What is wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: OverlayText) => void;
  /** The indexes that a problem is about, null when it is about something else. */
  untrusted: (problem: IProblem) => string[] | null;
  /** Called when the user agrees to indexes. */
  onTrust: (indexes: string[]) => void;
}

/** The name that the server would take instead of the one that it refuses; empty without one. */
function suggestionIn(problem: IProblem): string {
  const { suggestion } = problem.details;
  return typeof suggestion === 'string' ? suggestion : '';
}

function Refusal(
  props: Pick<IOverlayFieldsProps, 'value' | 'trans' | 'onChange'> & { problem: IProblem }
): React.JSX.Element {
  const { value, problem, trans, onChange } = props;
  const name = suggestionIn(problem);
  return (
    <>
      <ErrorNotice problem={problem} trans={trans} />
      {name ? (
        <>
          <TextButton
            label={trans.__('Rename to %1', name)}
            onClick={() => onChange({ ...value, name })}
          />
          <CheckField
            label={trans.__('Take this name in spite of that')}
            isChecked={value.force}
            onChange={force => onChange({ ...value, force })}
          />
        </>
      ) : null}
    </>
  );
}

/** The form that writes the environment of a notebook to an overlay. */
export function OverlayFields(props: IOverlayFieldsProps): React.JSX.Element {
  const { value, plan, problem, trans, onChange, untrusted, onTrust } = props;
  return (
    <div className="jp-aidevsecops-Form">
      <TextField
        label={trans.__('Name')}
        value={value.name}
        hint={trans.__('Empty to call it after the kernel or the notebook.')}
        onChange={name => onChange({ name, force: false })}
      />
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
      <AnswerView
        state={plan}
        trans={trans}
        render={({ overlay, files, notes }) => (
          <>
            <p>{trans.__('Goes to %1.', overlay.folder)}</p>
            <SplitFiles files={files} trans={trans} />
            <SentenceList title={trans.__('Worth knowing')} sentences={notes} />
          </>
        )}
        renderProblem={found => {
          const indexes = untrusted(found) ?? [];
          return indexes.length > 0 ? (
            <TrustQuestion
              reason={trans.__(
                'The notebook takes packages from indexes that are not in your own configuration: %1',
                indexes.join(', ')
              )}
              label={trans.__('Trust for This Overlay')}
              onAgree={() => onTrust(indexes)}
            />
          ) : (
            <Refusal value={value} problem={found} trans={trans} onChange={onChange} />
          );
        }}
      />
    </div>
  );
}
