import type { IKernelContext } from '../../commands/kernels';
import { FakeDocument, FakeJobs } from '../doubles';
import { FakeChecks, FakeKernels, FakeMaker, FakeRunning } from '../kernelDoubles';
import { NotebookSetting } from './notebookSetting';

/** Everything that the commands about kernels work with, as doubles. */
export class KernelSetting extends NotebookSetting implements IKernelContext {
  readonly jobs = new FakeJobs();
  readonly kernels = new FakeKernels();
  readonly maker = new FakeMaker();
  readonly checks = new FakeChecks();
  readonly running = new FakeRunning();

  constructor() {
    super(new FakeDocument('work/train.ipynb', { requirements_lock: '{}' }));
  }
}
