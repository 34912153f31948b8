import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { SelectField } from '../components/SelectField';
import { UnifiedDiff } from '../components/UnifiedDiff';
import type {
  ForgeKind,
  IReleasesModel,
  ReleasePlace,
  ReleaseWorkflow
} from '../releaseTokens';
import { showPreview } from './PreviewDialog';

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
export function offerWorkflow(
  options: IWorkflowDialogOptions
): Promise<ReleaseWorkflow | null> {
  const { place, releases, trans } = options;
  return showPreview<ForgeKind | null, ReleaseWorkflow, ReleaseWorkflow | null>({
    title: trans.__('Tag releases when they are merged'),
    button: trans.__('Add'),
    initial: null,
    quietMs: 0,
    preview: kind => releases.readWorkflow(place, kind),
    agree: async (kind, { changes, digest }) =>
      changes.length > 0 ? await releases.writeWorkflow(place, kind, digest) : null,
    fields: (value, change) => (
      <>
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
          onChange={chosen => change(KINDS.find(known => known === chosen) ?? null)}
        />
      </>
    ),
    render: workflow => <Files workflow={workflow} trans={trans} />,
    trans
  });
}
