import { CommandRegistry } from '@lumino/commands';
import type { IKernelContext } from '../../commands/kernels';
import {
  FakeDependencies,
  FakeDocument,
  FakeJobs,
  FakeNotebooks,
  FakePreferences,
  trans
} from '../doubles';
import { FakeChecks, FakeKernels, FakeMaker, FakeRunning } from '../kernelDoubles';

/** Everything that the commands about kernels work with, as doubles. */
export class KernelSetting implements IKernelContext {
  readonly document = new FakeDocument('work/train.ipynb', { requirements_lock: '{}' });
  readonly commands = new CommandRegistry();
  readonly notebooks = new FakeNotebooks(this.document);
  readonly dependencies = new FakeDependencies();
  readonly jobs = new FakeJobs();
  readonly preferences = new FakePreferences();
  readonly kernels = new FakeKernels();
  readonly maker = new FakeMaker();
  readonly checks = new FakeChecks();
  readonly running = new FakeRunning();
  readonly trans = trans;
}
