import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type {
  IReleaseChoice,
  ReleaseKind,
  ReleaseMode,
  Releases
} from '../releaseTokens';
import { RELEASE_KINDS } from '../releaseTokens';
import { CheckField } from './CheckField';
import { versionOf } from './NextVersions';
import { kindText } from './releaseText';
import { SelectField } from './SelectField';
import { TextButton } from './TextButton';
import { TextField } from './TextField';

/** Which release to plan. */
export interface IReleaseFieldsProps {
  /** What is chosen. */
  choice: IReleaseChoice;
  /** What could come next, or how far that is. */
  releases: AnswerState<Releases>;
  /** Whether there is a plan of just that. */
  isPlanned: boolean;
  /** Whether something is going on, so that nothing can be chosen. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with what is chosen now. */
  onChoose: (change: Partial<IReleaseChoice>) => void;
  /** Called when the user wants a plan. */
  onPlan: () => void;
}

/** The kinds that there can be; all of them while that is not known. */
function kindsOf({
  releases,
  choice
}: IReleaseFieldsProps): { kind: ReleaseKind; version: string | null }[] {
  const known = 'answer' in releases ? releases.answer : null;
  return RELEASE_KINDS.flatMap(kind => {
    const version = known ? versionOf(kind, known, null) : null;
    // What is chosen stays, so that the server can say why there is no such version.
    return version === undefined && kind !== choice.kind
      ? []
      : [{ kind, version: version ?? null }];
  });
}

/** Fields for the kind of a release, and the button that plans it. */
export function ReleaseFields(props: IReleaseFieldsProps): React.JSX.Element {
  const { choice, isPlanned, isBusy, trans, onChoose, onPlan } = props;
  const isIncomplete = choice.kind === 'explicit' && choice.version.trim() === '';
  return (
    <fieldset
      className="jp-aidevsecops-ReleaseFields"
      aria-label={trans.__('Which release')}
      disabled={isBusy}
    >
      <div className="jp-aidevsecops-ReleaseFields-row">
        <SelectField
          label={trans.__('Next version')}
          value={choice.kind}
          options={kindsOf(props).map(({ kind, version }) => [
            kind,
            version === null
              ? kindText(kind, trans)
              : trans.__('%1: %2', kindText(kind, trans), version)
          ])}
          onChange={kind => onChoose({ kind: kind as ReleaseKind })}
        />
        {choice.kind === 'explicit' ? (
          <TextField
            label={trans.__('Version')}
            value={choice.version}
            isRequired
            onChange={version => onChoose({ version })}
          />
        ) : null}
        <SelectField
          label={trans.__('How')}
          value={choice.mode ?? ''}
          options={[
            ['', trans.__('As the repository says')],
            ['direct', trans.__('At once')],
            ['pull-request', trans.__('By a pull request')],
            ['bot', trans.__('By a bot')]
          ]}
          onChange={mode => onChoose({ mode: (mode || null) as ReleaseMode | null })}
        />
        <TextButton
          label={isPlanned ? trans.__('Plan Again') : trans.__('Plan')}
          title={
            choice.mode === 'bot'
              ? trans.__('See the issue that would be opened; nothing is changed')
              : trans.__('See all that the release would do; nothing is changed')
          }
          isPrimary={!isPlanned}
          isDisabled={isBusy || isIncomplete}
          onClick={onPlan}
        />
      </div>
      {choice.mode === 'bot' ? (
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'An issue asks Kebechet, or a bot that acts on the same issues, for the release. Nothing changes on this machine.'
          )}
        </p>
      ) : (
        <CheckField
          label={trans.__(
            'Look for secrets, stale locks and the like, and run the commands that the repository names for its releases'
          )}
          isChecked={choice.isChecked}
          onChange={isChecked => onChoose({ isChecked })}
        />
      )}
    </fieldset>
  );
}
