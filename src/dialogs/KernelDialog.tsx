import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IKernelChoice, IKernelPreview } from '../components/KernelFields';
import { KernelFields } from '../components/KernelFields';
import type { KernelOptions, KernelResult } from '../kernelTokens';
import { asProblem, untrustedIndexes } from '../models/problems';
import type { IProblem } from '../tokens';
import { FormDialog } from './FormDialog';

/** What is known when a kernel is about to be made. */
export interface IKernelDialogOptions {
  /** The notebook's path. */
  path: string;
  /** What is chosen already. */
  initial: KernelOptions;
  /** The sentences that the user should know first. */
  notes: readonly string[];
  /** What making the kernel with these options would do. */
  preview: (options: KernelOptions) => Promise<KernelResult>;
  /** The translator. */
  trans: TranslationBundle;
}

const EMPTY: IKernelPreview = { plan: null, problem: null, indexes: [] };

/** Asks once for each set of options what would be done. */
class Previews {
  constructor(
    private readonly _options: IKernelDialogOptions,
    private readonly _onChange: () => void
  ) {}

  /** What is known at the moment. */
  get current(): IKernelPreview {
    return this._current;
  }

  /** The options that a choice stands for. */
  optionsOf({ displayName, isTrusting }: IKernelChoice): KernelOptions {
    const shown = displayName?.trim();
    return {
      ...this._options.initial,
      ...(shown ? { display_name: shown } : {}),
      ...(isTrusting ? { trust_indexes: [...this._current.indexes] } : {})
    };
  }

  /** What would be done, asked anew when the user has agreed to the indexes. */
  async look(isTrusting: boolean): Promise<IKernelPreview> {
    if (!this._asked || this._isTrusting !== isTrusting) {
      this._isTrusting = isTrusting;
      this._asked = this._ask(isTrusting);
    }
    return this._asked;
  }

  private async _ask(isTrusting: boolean): Promise<IKernelPreview> {
    const { indexes } = this._current;
    const choice = { displayName: null, isTrusting };
    const asked = this.optionsOf(choice);
    this._set({ plan: null, problem: null, indexes });
    let found: IKernelPreview;
    try {
      const plan = await this._options.preview(asked);
      found = { plan, problem: null, indexes };
    } catch (error) {
      const problem = asProblem(error);
      found = { plan: null, problem, indexes: untrustedIndexes(problem) ?? indexes };
    }
    if (this._isTrusting === isTrusting) {
      this._set(found);
    }
    return found;
  }

  private _set(preview: IKernelPreview): void {
    this._current = preview;
    this._onChange();
  }

  private _current: IKernelPreview = EMPTY;
  private _isTrusting = false;
  private _asked: Promise<IKernelPreview> | null = null;
}

/** A question about indexes is no fault, until the user goes on without an answer. */
function shownOf(preview: IKernelPreview, submitted: IProblem | null): IKernelPreview {
  const isQuestion = preview.problem && untrustedIndexes(preview.problem);
  return isQuestion ? { ...preview, problem: submitted } : preview;
}

/** Ask for a kernel, showing what will be made; null when the user gives up. */
export async function askKernel(
  options: IKernelDialogOptions
): Promise<KernelOptions | null> {
  const { path, notes, trans } = options;
  const previews = new Previews(options, () => dialog.refresh());
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: trans.__('Create and Use') })
  ];
  const title = trans.__('Create a kernel for %1', path.split('/').pop());
  const submit = async ({ isTrusting }: IKernelChoice): Promise<IProblem | null> =>
    (await previews.look(isTrusting)).problem;
  const dialog = new FormDialog<IKernelChoice>(title, buttons, {
    initial: { displayName: null, isTrusting: false },
    submit,
    render: ({ value, problem, change }) => (
      <KernelFields
        value={value}
        preview={shownOf(previews.current, problem)}
        notes={notes}
        trans={trans}
        onChange={changed => {
          change(changed);
          void previews.look(changed.isTrusting);
        }}
      />
    )
  });
  void previews.look(false);
  const { button, value } = await dialog.launch();
  return button.accept && value ? previews.optionsOf(value) : null;
}
