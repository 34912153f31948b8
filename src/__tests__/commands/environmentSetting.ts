import type { IEnvironmentContext } from '../../commands/environmentContext';
import { FakeExchange, FakePackages, FakeTrees } from '../environmentDoubles';
import { NotebookSetting } from './notebookSetting';

/** Everything that the commands about environments work with, as doubles. */
export class EnvironmentSetting extends NotebookSetting implements IEnvironmentContext {
  readonly exchange = new FakeExchange();
  readonly packages = new FakePackages();
  readonly trees = new FakeTrees();
}
