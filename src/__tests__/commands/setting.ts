import type { ICommandContext } from '../../commands/context';
import { FakeAudits, FakeJobs, FakeLocks, FakeServerStatus } from '../doubles';
import { NotebookSetting } from './notebookSetting';

/** Everything that the commands work with, as doubles. */
export class CommandSetting extends NotebookSetting implements ICommandContext {
  readonly locks = new FakeLocks();
  readonly audits = new FakeAudits();
  readonly jobs = new FakeJobs();
  readonly server = new FakeServerStatus();
  readonly activated: string[] = [];
  readonly activate = (id: string): void => void this.activated.push(id);
}
