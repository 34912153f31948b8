import type { ISplitContext } from '../../commands/splits';
import type { Verification } from '../../splitTokens';
import type { INotebookDocument } from '../../tokens';
import { FakeDocument } from '../doubles';
import { FakeOverlays, FakeSplits } from '../splitDoubles';
import { NotebookSetting } from './notebookSetting';

/** Everything that the commands about splits work with, as doubles. */
export class SplitSetting extends NotebookSetting implements ISplitContext {
  readonly splits = new FakeSplits();
  readonly overlays = new FakeOverlays();
  /** What is selected in the file browser. */
  selection: string | null = null;
  previewed: INotebookDocument[] = [];
  reported: Verification[] = [];

  readonly selectedPath = (): string | null => this.selection;

  readonly open = async (path: string): Promise<INotebookDocument | null> => {
    const document = new FakeDocument(path);
    this.notebooks.activate(document);
    return document;
  };

  readonly showPreview = async (document: INotebookDocument): Promise<void> => {
    this.previewed.push(document);
  };

  readonly showReport = async (
    _document: INotebookDocument,
    found: Verification
  ): Promise<void> => {
    this.reported.push(found);
  };
}
