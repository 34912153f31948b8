import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { TreeView } from '../components/TreeView';
import type { ITreesModel } from '../environmentTokens';
import { LatestAnswer } from '../models/latestAnswer';
import { untrustedIndexes } from '../models/problems';
import type { INotebookDocument } from '../tokens';
import { FormDialog } from './FormDialog';

/** What is to be looked at. */
export interface ITreeDialogOptions {
  /** The notebook. */
  document: INotebookDocument;
  /** The package that is looked at first; empty for the whole notebook. */
  name: string;
  /** Finds out what needs what. */
  trees: ITreesModel;
  /** The translator. */
  trans: TranslationBundle;
}

/** Show why packages are locked, until the user closes it. */
export async function showTree(options: ITreeDialogOptions): Promise<void> {
  const { document, name, trees, trans } = options;
  const tree = new LatestAnswer(
    (trusted: readonly string[]) => trees.read(document, trusted),
    0
  );
  const buttons = [Dialog.cancelButton({ label: trans.__('Close') })];
  const title = trans.__('Dependency tree of %1', document.path.split('/').pop());
  const dialog = new FormDialog<string>(title, buttons, {
    initial: name,
    submit: () => Promise.resolve(null),
    render: ({ value, change }) => (
      <TreeView
        name={value}
        tree={tree.state}
        trans={trans}
        onName={change}
        untrusted={untrustedIndexes}
        onTrust={indexes => void tree.askNow(indexes)}
      />
    )
  });
  tree.changed.connect(() => dialog.refresh());
  void tree.askNow([]);
  await dialog.launch();
  tree.dispose();
}
