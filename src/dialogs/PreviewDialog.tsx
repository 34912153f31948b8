import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem } from '../models/problems';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';
import { FormProblem, notShown } from './notShown';

/** A moment without a key, in milliseconds, where something is typed. */
export const QUIET_MS = 400;

/** What is chosen, what comes of it, and what is done once the user agrees. */
export interface IPreviewOptions<T, A, R> {
  /** The title of the dialog. */
  title: string;
  /** The words of the button that agrees. */
  button: string;
  /** What the fields hold first. */
  initial: T;
  /** How long a choice has to stay as it is before anybody is asked, in milliseconds. */
  quietMs: number;
  /** What comes of a choice. */
  preview: (value: T) => Promise<A>;
  /** Do what was shown. */
  agree: (value: T, shown: A) => Promise<R>;
  /** The fields. */
  fields: (value: T, change: (value: T) => void) => React.ReactNode;
  /** What comes of a choice, for people. */
  render: (shown: A) => React.ReactNode;
  /** The translator. */
  trans: TranslationBundle;
}

/** Show what comes of a choice while it is made, and do it; what came of it, or null. */
export async function showPreview<T, A, R>(
  options: IPreviewOptions<T, A, R>
): Promise<R | null> {
  const { title, button, initial, agree, fields, render, trans } = options;
  const preview = new LatestAnswer(options.preview, options.quietMs);
  let done: R | null = null;
  const submit = async (value: T): Promise<IProblem | null> => {
    const { state } = preview;
    if (state.kind !== 'ready') {
      // What is agreed to has to be seen first.
      return state.kind === 'error' ? state.problem : notShown(trans);
    }
    try {
      done = await agree(value, state.answer);
      return null;
    } catch (error) {
      void preview.askNow(value);
      return asProblem(error);
    }
  };
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: button })
  ];
  const dialog = new FormDialog<T>(title, buttons, {
    initial,
    submit,
    render: ({ value, problem, change }) => (
      <div className="jp-aidevsecops-Form">
        {fields(value, changed => {
          change(changed);
          if (options.quietMs > 0) {
            preview.ask(changed);
          } else {
            void preview.askNow(changed);
          }
        })}
        {preview.state.kind !== 'error' ? (
          <FormProblem
            problem={problem}
            isShown={preview.state.kind === 'ready'}
            trans={trans}
          />
        ) : null}
        <AnswerView state={preview.state} trans={trans} render={render} />
      </div>
    )
  });
  dialog.addClass('jp-mod-wide');
  preview.changed.connect(() => dialog.refresh());
  void preview.askNow(initial);
  await dialog.launch();
  preview.dispose();
  return done;
}
