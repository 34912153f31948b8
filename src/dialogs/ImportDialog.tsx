import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ImportFields } from '../components/ImportFields';
import type { IExchangeModel, ImportPlan } from '../environmentTokens';
import { LatestAnswer } from '../models/latestAnswer';
import { parentOf } from '../models/projectFiles';
import type { EditOutcome, INotebookDocument, IProblem } from '../tokens';
import { FormDialog } from './FormDialog';
import { changedMeanwhile } from './changedMeanwhile';

/** A moment without a key, in milliseconds. */
const QUIET_MS = 250;

/** What is to be asked and done. */
export interface IImportDialogOptions {
  /** The notebook that takes the environment over. */
  document: INotebookDocument;
  /** Reads files and asks the server. */
  exchange: IExchangeModel;
  /** Apply what is shown. */
  apply: (plan: ImportPlan) => EditOutcome;
  /** The translator. */
  trans: TranslationBundle;
}

function invalid(message: string): IProblem {
  return { code: 'import.invalid', message, hint: '', details: {} };
}

/** Ask for a file, show what taking it over does, and do it; whether it was done. */
export async function showImport(
  options: IImportDialogOptions
): Promise<ImportPlan | null> {
  const { document, exchange, apply, trans } = options;
  const suggestions = new LatestAnswer(
    (text: string) => exchange.suggest(text),
    QUIET_MS
  );
  const plan = new LatestAnswer(
    (path: string) => exchange.planImport(document, path),
    QUIET_MS
  );
  let done: ImportPlan | null = null;
  const folder = parentOf(document.path);
  const initial = folder === '' ? '' : `${folder}/`;
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Import') })
  ];
  const choose = (path: string): void => {
    suggestions.ask(path);
    if (path === '' || path.endsWith('/')) {
      plan.forget();
    } else {
      plan.ask(path);
    }
  };
  const dialog = new FormDialog<string>(trans.__('Import an environment'), buttons, {
    initial,
    submit: async path => {
      const { state } = plan;
      if (state.kind !== 'ready') {
        return invalid(
          state.kind === 'error'
            ? trans.__('This file cannot be taken over.')
            : trans.__('Choose a file, and look at what will change.')
        );
      }
      if (apply(state.answer) === 'refused') {
        await plan.askNow(path);
        return changedMeanwhile(trans);
      }
      done = state.answer;
      return null;
    },
    render: ({ value, problem, change }) => (
      <ImportFields
        path={value}
        suggestions={suggestions.state}
        plan={plan.state}
        problem={problem}
        trans={trans}
        onChange={path => {
          change(path);
          choose(path);
        }}
      />
    )
  });
  suggestions.changed.connect(() => dialog.refresh());
  plan.changed.connect(() => dialog.refresh());
  choose(initial);
  await dialog.launch();
  suggestions.dispose();
  plan.dispose();
  return done;
}
