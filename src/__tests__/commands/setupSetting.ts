import { CommandRegistry } from '@lumino/commands';
import type { ISetupContext } from '../../commands/setup';
import type { ProjectPlace } from '../../setupTokens';
import { trans } from '../doubles';
import { FakeDiagnoses } from '../setupDoubles';

/** Everything that the commands about this server work with, as doubles. */
export class SetupSetting implements ISetupContext {
  readonly commands = new CommandRegistry();
  readonly model = new FakeDiagnoses();
  readonly trans = trans;
  readonly place = (): ProjectPlace => ({ path: 'project/a.ipynb' });
  readonly diagnoses = async (): Promise<FakeDiagnoses> => this.model;
}
