import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { CheckField } from '../components/CheckField';
import { ErrorNotice } from '../components/ErrorNotice';
import { LatestAnswer } from '../models/latestAnswer';
import type { IReleasesModel, ReleasePlace, Releases } from '../releaseTokens';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';

/** What is to be asked. */
export interface IUndoDialogOptions {
  /** A place in the repository. */
  place: ReleasePlace;
  /** Knows what was released. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** How to take a release back. */
export interface IUndoChoice {
  /** Whether it is taken back from its remote as well. */
  isPublished: boolean;
}

interface IUndoFieldsProps {
  releases: Releases;
  value: IUndoChoice;
  trans: TranslationBundle;
  onChange: (value: IUndoChoice) => void;
}

/** What of the release is where, in a sentence. */
function sentence({ release, published }: Releases, trans: TranslationBundle): string {
  const { version = '', tag = '', remote = null } = release ?? {};
  switch (published) {
    case 'nothing':
      return trans.__(
        'The tag %1 and the commit of the release %2 are taken back; the files are as before.',
        tag,
        version
      );
    case 'unknown':
      return trans.__('The release %1 may be on %2.', version, remote ?? '');
    default:
      return trans.__('The release %1 is on %2.', version, remote ?? '');
  }
}

function Fields(props: IUndoFieldsProps): React.JSX.Element {
  const { releases, value, trans, onChange } = props;
  const { release, published, can_undo: canUndo } = releases;
  if (!release || !canUndo) {
    return <p>{trans.__('There is no release that could be undone.')}</p>;
  }
  const { tag } = release;
  return (
    <>
      <p>{sentence(releases, trans)}</p>
      {published === 'nothing' ? null : (
        <CheckField
          label={trans.__(
            'Take it back from there as well: delete the tag %1, and push a commit that reverts the release',
            tag
          )}
          isChecked={value.isPublished}
          onChange={isPublished => onChange({ isPublished })}
        />
      )}
    </>
  );
}

/** Why what is chosen cannot be done; null when it can. */
function objection(
  releases: Releases,
  value: IUndoChoice,
  trans: TranslationBundle
): IProblem | null {
  const message = !releases.can_undo
    ? trans.__('There is no release that could be undone.')
    : releases.published !== 'nothing' && !value.isPublished
      ? trans.__('A release that is out is not taken back from this machine alone.')
      : '';
  return message ? { code: 'release.is-out', message, hint: '', details: {} } : null;
}

/** Ask whether the newest release is to be taken back; null when it is not. */
export async function askUndo(options: IUndoDialogOptions): Promise<IUndoChoice | null> {
  const { place, releases, trans } = options;
  const status = new LatestAnswer((where: ReleasePlace) => releases.read(where), 0);
  const known = status.askNow(place);
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.warnButton({ label: trans.__('Undo') })
  ];
  const dialog = new FormDialog<IUndoChoice>(trans.__('Undo the release?'), buttons, {
    initial: { isPublished: false },
    submit: async value => {
      await known;
      const { state } = status;
      if (state.kind === 'error') {
        return state.problem;
      }
      return state.kind === 'ready' ? objection(state.answer, value, trans) : null;
    },
    render: ({ value, problem, change }) => (
      <div className="jp-aidevsecops-Form">
        <AnswerView
          state={status.state}
          trans={trans}
          render={answer => (
            <Fields releases={answer} value={value} trans={trans} onChange={change} />
          )}
        />
        {problem && status.state.kind !== 'error' ? (
          <ErrorNotice problem={problem} trans={trans} />
        ) : null}
      </div>
    )
  });
  status.changed.connect(() => dialog.refresh());
  const { button, value } = await dialog.launch();
  status.dispose();
  return button.accept ? value : null;
}
