import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Dependencies, Health, IProblem, Targets } from '../tokens';
import { asksThoth, EngineFields } from './EngineFields';
import { ErrorNotice } from './ErrorNotice';
import { TextField } from './TextField';

/** What the user chose for a lock. */
export interface ILockChoice {
  /** The engine; empty for the server's default. */
  engine: string;
  /** Who locks when the Thoth service cannot be reached; empty for the server's default. */
  fallback: '' | 'uv' | 'none';
  /** Which kind of target. */
  target: 'server' | 'environment' | 'universal' | 'custom';
  /** The runtime environment of `.thoth.yaml`. */
  environment: string;
  /** The Python version; empty for the server's. */
  python: string;
  /** The platform; empty for the server's. */
  platform: string;
  /** Whether to take the newest versions. */
  upgrade: boolean;
}

/** The fields of a lock. */
export interface ILockFieldsProps {
  /** What is in the fields. */
  value: ILockChoice;
  /** What the server can do, or null when it has not said. */
  health: Health | null;
  /** The runtime environments, or null while they are read. */
  targets: Targets | null;
  /** What will be locked, or null when it is not known. */
  dependencies: Dependencies | null;
  /** What is wrong, or null. */
  problem: IProblem | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: ILockChoice) => void;
}

/** The requirements that a lock takes in, found and declared. */
function Preview(
  props: Pick<ILockFieldsProps, 'dependencies' | 'trans'>
): React.JSX.Element | null {
  const { dependencies, trans } = props;
  if (!dependencies) {
    return null;
  }
  const names = dependencies.requirements.map(row => `${row.name}${row.specifier}`);
  return (
    <section className="jp-aidevsecops-Preview">
      <h4>
        {trans._n(
          '%1 requirement will be locked',
          '%1 requirements will be locked',
          names.length
        )}
      </h4>
      <p>{names.join(', ')}</p>
    </section>
  );
}

/** The choice of the machine that the lock is for. */
function TargetFields(props: ILockFieldsProps): React.JSX.Element {
  const { value, health, targets, trans, onChange } = props;
  const name = React.useId();
  const isThoth = asksThoth(props);
  // What Thoth recommends for when nothing else is chosen.
  const first = isThoth ? targets?.environments[0]?.name : undefined;
  const kind =
    first !== undefined && value.target === 'server' ? 'environment' : value.target;
  const chosen = kind === value.target ? value.environment : first;
  const radio = (
    target: ILockChoice['target'],
    label: string,
    environment = ''
  ): React.JSX.Element => (
    <label key={`${target}:${environment}`} className="jp-aidevsecops-Check">
      <input
        type="radio"
        name={name}
        checked={kind === target && chosen === environment}
        onChange={() => onChange({ ...value, target, environment })}
      />
      {label}
    </label>
  );
  const server = health?.default_target.description;
  return (
    <fieldset className="jp-aidevsecops-Fieldset">
      <legend>{trans.__('Target')}</legend>
      {first === undefined
        ? radio(
            'server',
            server ? trans.__('This server: %1', server) : trans.__('This server')
          )
        : null}
      {(targets?.environments ?? []).map(({ name: environment, target }) =>
        radio('environment', `${environment}: ${target.description}`, environment)
      )}
      {isThoth ? null : radio('universal', trans.__('Every platform'))}
      {radio('custom', trans.__('Another Python version or platform'))}
      {(targets?.problems ?? []).map(problem => (
        <p key={problem} className="jp-aidevsecops-Hint">
          {problem}
        </p>
      ))}
      {value.target === 'custom' || value.target === 'universal' ? (
        <TextField
          label={trans.__('Python version')}
          value={value.python}
          hint={trans.__("Such as 3.11. Empty for the server's.")}
          onChange={python => onChange({ ...value, python })}
        />
      ) : null}
      {value.target === 'custom' ? (
        <TextField
          label={trans.__('Platform')}
          value={value.platform}
          hint={trans.__(
            "Such as linux or x86_64-manylinux_2_28. Empty for the server's."
          )}
          onChange={platform => onChange({ ...value, platform })}
        />
      ) : null}
    </fieldset>
  );
}

/** The form for one lock. */
export function LockFields(props: ILockFieldsProps): React.JSX.Element {
  const { value, problem, trans, onChange } = props;
  return (
    <div className="jp-aidevsecops-Form">
      <Preview {...props} />
      <TargetFields {...props} />
      <EngineFields {...props} />
      <label className="jp-aidevsecops-Check">
        <input
          type="checkbox"
          checked={value.upgrade}
          onChange={event => onChange({ ...value, upgrade: event.target.checked })}
        />
        {trans.__('Take the newest versions, also where the locked ones still fit')}
      </label>
      {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
    </div>
  );
}
