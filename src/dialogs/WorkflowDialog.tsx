import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AnswerView } from '../components/AnswerView';
import { ErrorNotice } from '../components/ErrorNotice';
import { SelectField } from '../components/SelectField';
import { UnifiedDiff } from '../components/UnifiedDiff';
import { LatestAnswer } from '../models/latestAnswer';
import { asProblem } from '../models/problems';
import type {
  ForgeKind,
  IReleasesModel,
  ReleasePlace,
  ReleaseWorkflow
} from '../releaseTokens';
import { FormDialog } from './FormDialog';
import { notShown } from './notShown';

/** Where a workflow is to be written. */
export interface IWorkflowDialogOptions {
  /** A place in the repository. */
  place: ReleasePlace;
  /** Writes it. */
  releases: IReleasesModel;
  /** The translator. */
  trans: TranslationBundle;
}

const KINDS: readonly ForgeKind[] = ['github', 'gitlab', 'gitea'];

function kindText(kind: ForgeKind, trans: TranslationBundle): string {
  return {
    github: trans.__('GitHub'),
    gitlab: trans.__('GitLab'),
    gitea: trans.__('Gitea or Forgejo')
  }[kind];
}

/** The files as they would be, and what is left to do by hand. */
function Files(props: {
  workflow: ReleaseWorkflow;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { workflow, trans } = props;
  const { changes, notes } = workflow;
  return (
    <>
      {changes.length === 0 ? (
        <p>{trans.__('It is there already; nothing would be written.')}</p>
      ) : null}
      {changes.map(({ file, diff }) => (
        <section key={file} className="jp-aidevsecops-PlanPart">
          <h4>{file}</h4>
          <UnifiedDiff label={trans.__('Changes to %1', file)} diff={diff} />
        </section>
      ))}
      {notes.map(note => (
        <pre key={note} className="jp-aidevsecops-Note">
          {note}
        </pre>
      ))}
    </>
  );
}

/** Show the workflow that tags what was merged, and write it where the user agrees; it, or null. */
export async function offerWorkflow(
  options: IWorkflowDialogOptions
): Promise<ReleaseWorkflow | null> {
  const { place, releases, trans } = options;
  let written: ReleaseWorkflow | null = null;
  const preview = new LatestAnswer(
    (kind: ForgeKind | null) => releases.readWorkflow(place, kind),
    0
  );
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Write') })
  ];
  const title = trans.__('Tag releases when they are merged');
  const dialog = new FormDialog<ForgeKind | null>(title, buttons, {
    initial: null,
    submit: async kind => {
      const { state } = preview;
      if (state.kind !== 'ready') {
        // What is to be written has to be seen first.
        return state.kind === 'error' ? state.problem : notShown(trans);
      }
      try {
        if (state.answer.changes.length > 0) {
          written = await releases.writeWorkflow(place, kind, state.answer.digest);
        }
        return null;
      } catch (error) {
        void preview.askNow(kind);
        return asProblem(error);
      }
    },
    render: ({ value, problem, change }) => (
      <div className="jp-aidevsecops-Form">
        <p className="jp-aidevsecops-Hint">
          {trans.__(
            'At every push to the branch that releases are made of, this has the forge tag the release that a pull request brought.'
          )}
        </p>
        <SelectField
          label={trans.__('For')}
          value={value ?? ''}
          options={[
            ['', trans.__('The forge of the remote')],
            ...KINDS.map(kind => [kind, kindText(kind, trans)] as const)
          ]}
          onChange={chosen => {
            const kind = KINDS.find(known => known === chosen) ?? null;
            change(kind);
            void preview.askNow(kind);
          }}
        />
        {problem && preview.state.kind !== 'error' ? (
          <ErrorNotice problem={problem} trans={trans} />
        ) : null}
        <AnswerView
          state={preview.state}
          trans={trans}
          render={workflow => <Files workflow={workflow} trans={trans} />}
        />
      </div>
    )
  });
  dialog.addClass('jp-mod-wide');
  preview.changed.connect(() => dialog.refresh());
  void preview.askNow(null);
  await dialog.launch();
  preview.dispose();
  return written;
}
