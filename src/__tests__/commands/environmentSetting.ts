import { CommandRegistry } from '@lumino/commands';
import type { IEnvironmentContext } from '../../commands/environmentContext';
import {
  FakeDependencies,
  FakeDocument,
  FakeNotebooks,
  FakePreferences,
  trans
} from '../doubles';
import { FakeExchange, FakePackages, FakeTrees } from '../environmentDoubles';

/** Everything that the commands about environments work with, as doubles. */
export class EnvironmentSetting implements IEnvironmentContext {
  readonly document = new FakeDocument();
  readonly commands = new CommandRegistry();
  readonly notebooks = new FakeNotebooks(this.document);
  readonly dependencies = new FakeDependencies();
  readonly preferences = new FakePreferences();
  readonly exchange = new FakeExchange();
  readonly packages = new FakePackages();
  readonly trees = new FakeTrees();
  readonly trans = trans;
}
