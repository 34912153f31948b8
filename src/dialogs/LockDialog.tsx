import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ILockChoice } from '../components/LockFields';
import { LockFields } from '../components/LockFields';
import type {
  Dependencies,
  Health,
  IProblem,
  LockOptions,
  TargetChoice,
  Targets
} from '../tokens';
import { FormDialog } from './FormDialog';

/** What is known when a lock is about to be made. */
export interface ILockDialogOptions {
  /** The notebook's path. */
  path: string;
  /** What is chosen first. */
  initial: LockOptions;
  /** What the server can do, or null when it has not said. */
  health: Health | null;
  /** What will be locked, or null when it is not known. */
  dependencies: Dependencies | null;
  /** The runtime environments, on their way. */
  targets: Promise<Targets>;
  /** The translator. */
  trans: TranslationBundle;
}

/** What the form holds for these options. */
export function toChoice(options: LockOptions): ILockChoice {
  const target = options.target ?? {};
  const isCustom = Boolean(target.python_version ?? target.platform);
  return {
    engine: options.engine ?? '',
    fallback: options.fallback ?? '',
    target: target.environment
      ? 'environment'
      : target.universal
        ? 'universal'
        : isCustom
          ? 'custom'
          : 'server',
    environment: target.environment ?? '',
    python: target.python_version ?? '',
    platform: target.platform ?? '',
    upgrade: options.upgrade ?? false
  };
}

function toTarget(choice: ILockChoice): TargetChoice {
  const python = choice.python.trim();
  const platform = choice.platform.trim();
  const version = python ? { python_version: python } : {};
  switch (choice.target) {
    case 'server':
      return {};
    case 'environment':
      return { environment: choice.environment };
    case 'universal':
      return { universal: true, ...version };
    case 'custom':
      return { ...version, ...(platform ? { platform } : {}) };
  }
}

/** The options that the form stands for. */
export function toOptions(choice: ILockChoice): LockOptions {
  return {
    target: toTarget(choice),
    upgrade: choice.upgrade,
    ...(choice.engine ? { engine: choice.engine } : {}),
    ...(choice.fallback ? { fallback: choice.fallback } : {})
  };
}

function check(choice: ILockChoice, trans: TranslationBundle): IProblem | null {
  const python = choice.python.trim();
  const usesPython = choice.target === 'custom' || choice.target === 'universal';
  if (!usesPython || python === '' || /^3\.\d+$/.test(python)) {
    return null;
  }
  return {
    code: 'target.invalid',
    message: trans.__('"%1" is not a Python version.', python),
    hint: trans.__('Write it like 3.11.'),
    details: {}
  };
}

/** Ask how to lock, showing what will be locked; null when the user gives up. */
export async function askLockOptions(
  options: ILockDialogOptions
): Promise<LockOptions | null> {
  const { trans, health, dependencies } = options;
  let targets: Targets | null = null;
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Lock') })
  ];
  const title = trans.__('Lock %1', options.path.split('/').pop());
  const dialog = new FormDialog<ILockChoice>(title, buttons, {
    initial: toChoice(options.initial),
    submit: choice => Promise.resolve(check(choice, trans)),
    render: ({ value, problem, change }) => (
      <LockFields
        value={value}
        health={health}
        targets={targets}
        dependencies={dependencies}
        problem={problem}
        trans={trans}
        onChange={change}
      />
    )
  });
  options.targets
    .then(answer => {
      targets = answer;
    })
    .catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error);
      targets = { path: null, environments: [], problems: [problem] };
    })
    .finally(() => dialog.refresh());
  const { button, value } = await dialog.launch();
  return button.accept && value ? toOptions(value) : null;
}
