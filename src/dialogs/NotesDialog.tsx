import { Clipboard, Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { IconButton } from '../components/IconButton';
import { NotesText } from '../components/NotesText';
import { unreleasedText } from '../components/releaseText';
import { LatestAnswer } from '../models/latestAnswer';
import type { IReleasesModel, ReleaseNotes, ReleasePlace } from '../releaseTokens';

/** Whose notes are shown. */
export interface INotesDialogOptions {
  /** A place in the repository. */
  place: ReleasePlace;
  /** Knows them. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** What the next release would tell. */
class NotesBody extends ReactWidget {
  constructor(
    private readonly _notes: LatestAnswer<ReleasePlace, ReleaseNotes>,
    private readonly _trans: TranslationBundle
  ) {
    super();
    _notes.changed.connect(this.update, this);
  }

  protected override render(): React.JSX.Element {
    const trans = this._trans;
    return (
      <AnswerView
        state={this._notes.state}
        trans={trans}
        render={answer => (
          <>
            <div className="jp-aidevsecops-JobLogBody-head">
              <span className="jp-aidevsecops-NotesBody-count">
                {unreleasedText(answer, trans)}
              </span>
              <IconButton
                action="Copy"
                label={trans.__('Copy the notes')}
                isDisabled={answer.notes === ''}
                onClick={() => Clipboard.copyToSystem(answer.notes)}
              />
            </div>
            {answer.notes ? (
              <NotesText label={trans.__('Release notes')} text={answer.notes} />
            ) : null}
          </>
        )}
      />
    );
  }
}

/** Show what the next release would tell, until the user closes it. */
export async function showNotes(options: INotesDialogOptions): Promise<void> {
  const { place, releases, trans } = options;
  const notes = new LatestAnswer((where: ReleasePlace) => releases.readNotes(where), 0);
  void notes.askNow(place);
  const dialog = new Dialog<unknown>({
    title: trans.__('Notes of the next release'),
    body: new NotesBody(notes, trans),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
  dialog.addClass('jp-aidevsecops-Dialog');
  await dialog.launch();
  notes.dispose();
}
