import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { KernelResult } from '../kernelTokens';
import type { IProblem } from '../tokens';
import { Busy } from './Busy';
import { ErrorNotice } from './ErrorNotice';
import { TextField } from './TextField';

/** What the user chose for a kernel. */
export interface IKernelChoice {
  /** What users see of it; null while the user has not touched it. */
  displayName: string | null;
  /** Whether packages may be taken from the indexes that nobody has agreed to yet. */
  isTrusting: boolean;
}

/** What is known of the kernel that would be made. */
export interface IKernelPreview {
  /** What would be done, or null while it is not known. */
  plan: KernelResult | null;
  /** What keeps the kernel from being made, or null. */
  problem: IProblem | null;
  /** The addresses of indexes that the user has to agree to. */
  indexes: readonly string[];
}

/** The form for one kernel. */
export interface IKernelFieldsProps {
  /** What is in the fields. */
  value: IKernelChoice;
  /** What would be done. */
  preview: IKernelPreview;
  /** The sentences that the user should know first. */
  notes: readonly string[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: IKernelChoice) => void;
}

function Plan(props: {
  plan: KernelResult;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { plan, trans } = props;
  const facts = [
    [trans.__('Kernel'), plan.kernel],
    [trans.__('Python'), plan.python_version],
    [trans.__('Packages'), trans._n('%1 package', '%1 packages', plan.packages)],
    [
      trans.__('Environment'),
      plan.reused
        ? trans.__('is there already; nothing is downloaded')
        : trans.__('will be made: exactly what is locked, checked by its hashes')
    ]
  ];
  return (
    <dl className="jp-aidevsecops-Facts">
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The form for one kernel: what will be made, and what it will be called. */
export function KernelFields(props: IKernelFieldsProps): React.JSX.Element {
  const { value, preview, notes, trans, onChange } = props;
  const { plan, problem, indexes } = preview;
  return (
    <div className="jp-aidevsecops-Form">
      {plan ? <Plan plan={plan} trans={trans} /> : null}
      {plan || problem ? null : <Busy label={trans.__('Loading what the lock needs…')} />}
      <TextField
        label={trans.__('Display name')}
        value={value.displayName ?? plan?.display_name ?? ''}
        hint={trans.__('What the launcher and the list of kernels show.')}
        onChange={displayName => onChange({ ...value, displayName })}
      />
      {indexes.length > 0 ? (
        <fieldset className="jp-aidevsecops-Fieldset">
          <legend>{trans.__('Package indexes')}</legend>
          <p>
            {trans.__(
              'This lock takes packages from indexes that are not in your own configuration. A package can run code when it is built or imported.'
            )}
          </p>
          <ul className="jp-aidevsecops-IndexList">
            {indexes.map(index => (
              <li key={index}>
                <code>{index}</code>
              </li>
            ))}
          </ul>
          <label className="jp-aidevsecops-Check">
            <input
              type="checkbox"
              checked={value.isTrusting}
              onChange={event => onChange({ ...value, isTrusting: event.target.checked })}
            />
            {trans.__('Trust them for this kernel')}
          </label>
        </fieldset>
      ) : null}
      {notes.map(note => (
        <p key={note} className="jp-aidevsecops-Hint">
          {note}
        </p>
      ))}
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </div>
  );
}
