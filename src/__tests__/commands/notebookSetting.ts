import { CommandRegistry } from '@lumino/commands';
import {
  FakeDependencies,
  FakeDocument,
  FakeNotebooks,
  FakePreferences,
  trans
} from '../doubles';

/** What all commands on a notebook work with, as doubles. */
export class NotebookSetting {
  readonly commands = new CommandRegistry();
  readonly notebooks: FakeNotebooks;
  readonly dependencies = new FakeDependencies();
  readonly preferences = new FakePreferences();
  readonly trans = trans;

  constructor(readonly document = new FakeDocument()) {
    this.notebooks = new FakeNotebooks(document);
  }
}
