import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { components } from './generated/api';
import type { INotebookDocument, IProblem, Job } from './tokens';

type Schemas = components['schemas'];

/** A kernel that was made from a lock. */
export type KernelRecord = Schemas['Kernel'];
/** What making a kernel did, or would do. */
export type KernelResult = Schemas['KernelResult'];
/** How a kernel compares with a notebook's lock. */
export type KernelCheck = Schemas['KernelCheck'];
/** What deleting a kernel removed. */
export type KernelRemoval = Schemas['KernelRemoval'];
/** What the user chose for one kernel; what is left out is the server's choice. */
export type KernelOptions = Pick<
  Schemas['KernelRequest'],
  'display_name' | 'force' | 'trust_indexes'
>;

/** A kernel that runs. */
export interface IRunningKernel {
  /** The id, another one after each start. */
  id: string;
  /** The name of its kernelspec. */
  name: string;
  /** What users see of it. */
  displayName: string;
}

/** Which kernels the open notebooks run in. */
export interface INotebookKernels {
  /** Emitted with the notebook that runs in another kernel now, or in none. */
  readonly changed: ISignal<INotebookKernels, INotebookDocument>;
  /** The kernel that a notebook runs in, or null. */
  current(document: INotebookDocument): IRunningKernel | null;
  /** The open notebooks that run in the kernel of that name. */
  running(name: string): INotebookDocument[];
  /** Stop a notebook's kernel and start the one of that name. */
  use(document: INotebookDocument, name: string): Promise<void>;
  /** Read anew which kernels are on offer. */
  refreshOffer(): Promise<void>;
}

/** The list of the kernels that were made from locks. */
export type KernelsState =
  | { kind: 'loading'; kernels: readonly KernelRecord[] }
  | { kind: 'ready'; kernels: readonly KernelRecord[] }
  | { kind: 'error'; kernels: readonly KernelRecord[]; problem: IProblem };

/** The kernels that were made from locks. */
export interface IKernelsModel {
  /** What is known of them. */
  readonly state: KernelsState;
  /** Emitted when {@link state} changed. */
  readonly stateChanged: ISignal<IKernelsModel, void>;
  /** Emitted with the name of a kernel that was deleted. */
  readonly removed: ISignal<IKernelsModel, string>;
  /** Read the list again. */
  refresh(): Promise<void>;
  /** Delete a kernel, and the environments that no kernel uses then. */
  remove(name: string): Promise<KernelRemoval>;
}

/**
 * What became of a kernel job: `used` (the notebook runs in it), `moved` (the notebook got another
 * kernel meanwhile), `not-open`, or `refreshed` (made anew, without a notebook asking for it).
 */
export type KernelOutcome =
  | {
      kind: 'used' | 'moved' | 'not-open' | 'refreshed';
      job: Job;
      result: KernelResult;
    }
  | { kind: 'failed'; job: Job; problem: IProblem }
  | { kind: 'cancelled'; job: Job };

/** Makes kernels from locks. */
export interface IKernelMaker {
  /** Emitted when a job has ended and its result has been dealt with. */
  readonly finished: ISignal<IKernelMaker, KernelOutcome>;
  /** The job that now makes a kernel for a notebook, or null. */
  activeJob(path: string): Job | null;
  /** The job that made no kernel for a notebook when it was last asked to, or null. */
  failure(path: string): Job | null;
  /** What making a kernel for a notebook would do. */
  preview(document: INotebookDocument, options: KernelOptions): Promise<KernelResult>;
  /** Make a kernel from a notebook's lock and let the notebook run in it. */
  make(document: INotebookDocument, options: KernelOptions): Promise<KernelOutcome>;
  /** Make a kernel anew from the lock of its notebook as that is saved. */
  refresh(name: string): Promise<KernelOutcome>;
}

/** How the running kernel of a notebook compares with its lock. */
export type KernelCheckState =
  | { kind: 'none' }
  | { kind: 'loading'; check: KernelCheck | null }
  | { kind: 'ready'; check: KernelCheck }
  | { kind: 'error'; problem: IProblem };

/** Compares the running kernels with the locks of the notebooks. */
export interface IKernelChecks {
  /** Emitted with the notebook whose state changed. */
  readonly stateChanged: ISignal<IKernelChecks, INotebookDocument>;
  /** What is known; `none` where the notebook has no lock or no kernel. */
  state(document: INotebookDocument): KernelCheckState;
  /** The comparison of a kernel that does not match its notebook's lock; else null. */
  difference(document: INotebookDocument): KernelCheck | null;
  /** Compare again, whether or not anything is known to have changed. */
  refresh(document: INotebookDocument): Promise<void>;
}

/** Provides which kernels the open notebooks run in. */
export const INotebookKernels = new Token<INotebookKernels>(
  'aidevsecops:INotebookKernels',
  'Which kernels the open notebooks run in.'
);

/** Provides the kernels that were made from locks. */
export const IKernelsModel = new Token<IKernelsModel>(
  'aidevsecops:IKernelsModel',
  'The kernels that were made from locks.'
);

/** Provides the making of kernels. */
export const IKernelMaker = new Token<IKernelMaker>(
  'aidevsecops:IKernelMaker',
  'Makes kernels from locks and lets notebooks run in them.'
);

/** Provides comparisons of kernels with locks. */
export const IKernelChecks = new Token<IKernelChecks>(
  'aidevsecops:IKernelChecks',
  'Compares the running kernels with the locks of the notebooks.'
);
