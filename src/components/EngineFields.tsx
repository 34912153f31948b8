import type { TranslationBundle } from '@jupyterlab/translation';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Health, Targets } from '../tokens';
import type { ILockChoice } from './LockFields';

const THOTH = 'thoth';

/** The fields of who chooses the versions. */
export interface IEngineFieldsProps {
  /** What is in the fields. */
  value: ILockChoice;
  /** What the server can do, or null when it has not said. */
  health: Health | null;
  /** What `.thoth.yaml` says, or null while it is read. */
  targets: Targets | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the changed fields. */
  onChange: (value: ILockChoice) => void;
}

/** Whether a Thoth service chooses the versions. */
export function asksThoth(props: Pick<IEngineFieldsProps, 'value' | 'health'>): boolean {
  return (props.value.engine || props.health?.default_engine) === THOTH;
}

/** An engine's name, and why it cannot be chosen. */
function labelOf(name: string, isAvailable: boolean, trans: TranslationBundle): string {
  if (isAvailable) {
    return name;
  }
  return name === THOTH
    ? trans.__('%1 (no service is named)', name)
    : trans.__('%1 (not installed)', name);
}

/** The choice of the engine, and of who takes its place; nothing where there is only one. */
export function EngineFields(props: IEngineFieldsProps): React.JSX.Element | null {
  const { value, health, targets, trans, onChange } = props;
  const id = React.useId();
  if (!health || health.engines.length < 2) {
    return null;
  }
  const engines = health.engines.map(engine =>
    engine.name === THOTH && targets?.thoth_host ? { ...engine, available: true } : engine
  );
  const choose = (engine: string): void => {
    // Thoth knows no lock for every platform.
    const isUniversal = engine === THOTH && value.target === 'universal';
    onChange({ ...value, engine, ...(isUniversal ? { target: 'server' } : {}) });
  };
  return (
    <>
      <div className="jp-aidevsecops-Field">
        <label htmlFor={id}>{trans.__('Engine')}</label>
        <HTMLSelect
          id={id}
          value={value.engine || health.default_engine}
          onChange={event => choose(event.target.value)}
        >
          {engines.map(({ name, available, hint }) => (
            <option key={name} value={name} disabled={!available} title={hint}>
              {labelOf(name, available, trans)}
            </option>
          ))}
        </HTMLSelect>
        {asksThoth(props) && targets?.thoth_host ? (
          <p className="jp-aidevsecops-Hint">
            {trans.__(
              'The Thoth service at %1 chooses the versions.',
              targets.thoth_host
            )}
          </p>
        ) : null}
      </div>
      {asksThoth(props) ? (
        <label className="jp-aidevsecops-Check">
          <input
            type="checkbox"
            checked={(value.fallback || health.fallback) === 'uv'}
            onChange={event =>
              onChange({ ...value, fallback: event.target.checked ? 'uv' : 'none' })
            }
          />
          {trans.__('If the service cannot be reached, let uv lock')}
        </label>
      ) : null}
    </>
  );
}
