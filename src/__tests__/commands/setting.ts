import { CommandRegistry } from '@lumino/commands';
import type { ICommandContext } from '../../commands/context';
import {
  FakeAudits,
  FakeDependencies,
  FakeDocument,
  FakeJobs,
  FakeLocks,
  FakeNotebooks,
  FakePreferences,
  FakeServerStatus,
  trans
} from '../doubles';

/** Everything that the commands work with, as doubles. */
export class CommandSetting implements ICommandContext {
  readonly document = new FakeDocument();
  readonly commands = new CommandRegistry();
  readonly notebooks = new FakeNotebooks(this.document);
  readonly dependencies = new FakeDependencies();
  readonly locks = new FakeLocks();
  readonly audits = new FakeAudits();
  readonly jobs = new FakeJobs();
  readonly server = new FakeServerStatus();
  readonly preferences = new FakePreferences();
  readonly trans = trans;
  readonly activated: string[] = [];
  readonly activate = (id: string): void => void this.activated.push(id);
}
