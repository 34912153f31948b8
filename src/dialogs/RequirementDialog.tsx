import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IRequirementText } from '../components/RequirementFields';
import { RequirementFields, toRequirement } from '../components/RequirementFields';
import type { DependencyRow, IProblem, Requirement } from '../tokens';
import { FormDialog } from './FormDialog';

/** Which requirement is asked for, and what to do with it. */
export interface IRequirementDialogOptions {
  /** The requirement to change; without it a new one is asked for. */
  row: DependencyRow | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Put the requirement into the notebook; a problem keeps the dialog open. */
  submit: (requirement: Requirement) => Promise<IProblem | null>;
}

function toText(row: DependencyRow | null): IRequirementText {
  return {
    name: row?.name ?? '',
    specifier: row?.specifier ?? '',
    extras: row?.extras.join(', ') ?? '',
    markers: row?.markers ?? '',
    index: row?.index ?? '',
    dev: row?.dev ?? false
  };
}

function nameless(trans: TranslationBundle): IProblem {
  return {
    code: 'requirements.invalid',
    message: trans.__('A requirement needs a name.'),
    hint: '',
    details: { field: 'name' }
  };
}

/** Ask for a requirement until the server takes it or the user gives up. */
export async function askRequirement(options: IRequirementDialogOptions): Promise<void> {
  const { row, trans, submit } = options;
  const title = row
    ? trans.__('Edit requirement %1', row.name)
    : trans.__('Add a requirement');
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: row ? trans.__('Save') : trans.__('Add') })
  ];
  const dialog = new FormDialog<IRequirementText>(title, buttons, {
    initial: toText(row),
    submit: text =>
      text.name.trim() === ''
        ? Promise.resolve(nameless(trans))
        : submit(toRequirement(text)),
    render: ({ value, problem, change }) => (
      <RequirementFields
        value={value}
        problem={problem}
        isNameFixed={row !== null}
        trans={trans}
        onChange={change}
      />
    )
  });
  await dialog.launch();
}
