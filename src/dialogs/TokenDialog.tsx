import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { TextField } from '../components/TextField';
import { asProblem } from '../models/problems';
import type { IReleasesModel, ReleasePlace, ReleaseToken } from '../releaseTokens';
import { FormDialog } from './FormDialog';

/** What is to be asked, and done. */
export interface ITokenDialogOptions {
  /** A place in the repository. */
  place: ReleasePlace;
  /** Has git keep the token. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** Ask for a token and have git keep it; what it is for, or null when the user gives up. */
export async function askToken(
  options: ITokenDialogOptions
): Promise<ReleaseToken | null> {
  const { place, releases, trans } = options;
  let kept: ReleaseToken | null = null;
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Save') })
  ];
  const dialog = new FormDialog<string>(trans.__('A token for the forge'), buttons, {
    initial: '',
    submit: async token => {
      try {
        kept = await releases.keepToken(place, token.trim());
        return null;
      } catch (error) {
        return asProblem(error);
      }
    },
    render: ({ value, problem, change }) => (
      <div className="jp-aidevsecops-Form">
        <TextField
          label={trans.__('Token')}
          value={value}
          hint={trans.__(
            "The forge of the repository's remote is asked whether it accepts it; then git's credential helper keeps it for that host alone."
          )}
          isRequired
          isSecret
          onChange={change}
        />
        {problem ? <ErrorNotice problem={problem} trans={trans} /> : null}
      </div>
    )
  });
  await dialog.launch();
  return kept;
}
