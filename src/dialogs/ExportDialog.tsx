import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IExportText } from '../components/ExportFields';
import { ExportFields, replacedIn } from '../components/ExportFields';
import type { IExchangeModel, IExportChoice, IExportPlan } from '../environmentTokens';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem, untrustedIndexes } from '../models/problems';
import { joinPath, parentOf } from '../models/projectFiles';
import type { INotebookDocument, IProblem } from '../tokens';
import { FormDialog } from './FormDialog';

/** A moment without a key, in milliseconds. */
const QUIET_MS = 300;
/** juv's notebook would else take the place of the one that is open. */
const JUV_FOLDER = 'juv';

/** What is to be asked and done. */
export interface IExportDialogOptions {
  /** The notebook whose environment is written. */
  document: INotebookDocument;
  /** Asks the server and writes files. */
  exchange: IExchangeModel;
  /** The translator. */
  trans: TranslationBundle;
}

function refusal(
  state: LatestAnswer<IExportChoice, IExportPlan>['state'],
  mayReplace: boolean,
  trans: TranslationBundle
): IProblem | null {
  const say = (message: string): IProblem => {
    return { code: 'export.refused', message, hint: '', details: {} };
  };
  if (state.kind !== 'ready') {
    return say(
      state.kind === 'error'
        ? trans.__('There is nothing to write.')
        : trans.__('Wait for the list of files, and look at it.')
    );
  }
  const files = replacedIn(state.answer).map(({ path }) => path);
  return files.length > 0 && !mayReplace
    ? say(trans.__('Nothing was written: %1 would be replaced.', files.join(', ')))
    : null;
}

/** Ask for format and folder, show the files, and write them; the files when it was done. */
export async function showExport(
  options: IExportDialogOptions
): Promise<IExportPlan | null> {
  const { document, exchange, trans } = options;
  const own = parentOf(document.path);
  const plan = new LatestAnswer(
    (choice: IExportChoice) => exchange.planExport(document, choice),
    QUIET_MS
  );
  let trusted: string[] = [];
  let done: IExportPlan | null = null;
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Export') })
  ];
  const placed = (value: IExportText): IExportText => {
    const aside = joinPath(own, JUV_FOLDER);
    const isUntouched = value.folder === own || value.folder === aside;
    const folder = value.format === 'juv' ? aside : own;
    return isUntouched ? { ...value, folder } : value;
  };
  const choice = ({ format, folder }: IExportText): IExportChoice => {
    return { format, folder: folder.trim(), trusted };
  };
  const initial: IExportText = { format: 'pipfile', folder: own, mayReplace: false };
  const dialog = new FormDialog<IExportText>(
    trans.__('Export the environment'),
    buttons,
    {
      initial,
      submit: async value => {
        const { state } = plan;
        const problem = refusal(state, value.mayReplace, trans);
        if (problem || state.kind !== 'ready') {
          return problem;
        }
        try {
          await exchange.write(state.answer);
        } catch (error) {
          await plan.askNow(choice(value));
          return asProblem(error);
        }
        done = state.answer;
        return null;
      },
      render: ({ value, problem, change }) => (
        <ExportFields
          value={value}
          plan={plan.state}
          problem={problem}
          trans={trans}
          untrusted={untrustedIndexes}
          onTrust={indexes => {
            trusted = [...trusted, ...indexes];
            void plan.askNow(choice(value));
          }}
          onChange={wanted => {
            const now = placed(wanted);
            change(now);
            if (now.format !== value.format || now.folder !== value.folder) {
              plan.ask(choice(now));
            }
          }}
        />
      )
    }
  );
  plan.changed.connect(() => dialog.refresh());
  void plan.askNow(choice(initial));
  await dialog.launch();
  plan.dispose();
  return done;
}
