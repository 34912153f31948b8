import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import * as React from 'react';
import type { IProblem } from '../tokens';

const FIRST_FIELD = 'input:not([readonly]), select';

/** What in the body takes Enter itself instead of accepting the dialog. */
const TAKES_ENTER = [
  '.jp-Dialog-body button',
  '.jp-Dialog-body summary',
  '.jp-Dialog-body [role="treeitem"]',
  '.jp-Dialog-body [aria-activedescendant]'
].join();
/** What is open in the body, and closes by Escape before the dialog does. */
const TAKES_ESCAPE = '.jp-Dialog-body [role="combobox"][aria-expanded="true"]';

/** What a form shows and what it gives. */
export interface IFormOptions<T> {
  /** What the fields hold first. */
  initial: T;
  /** The fields. */
  render: (form: IFormState<T>) => React.JSX.Element;
  /** Try what the user entered; a problem keeps the dialog open. */
  submit: (value: T) => Promise<IProblem | null>;
}

/** What a form holds at a moment. */
export interface IFormState<T> {
  /** What is in the fields. */
  value: T;
  /** What was wrong with it when it was last tried. */
  problem: IProblem | null;
  /** Put something else into the fields. */
  change: (value: T) => void;
}

/** The body of a dialog that is a form. */
class FormBody<T> extends ReactWidget implements Dialog.IBodyWidget<T> {
  constructor(private readonly _options: IFormOptions<T>) {
    super();
    this._value = _options.initial;
  }

  /** Draw the fields again; for content that arrives late. */
  refresh(): void {
    this.update();
  }

  getValue(): T {
    return this._value;
  }

  /** Whether the server took what was entered. */
  async submit(): Promise<boolean> {
    // So that the same problem is told, and takes the focus, a second time.
    this._problem = null;
    this.update();
    this._problem = await this._options.submit(this._value);
    this.update();
    return this._problem === null;
  }

  protected override render(): React.JSX.Element {
    return this._options.render({
      value: this._value,
      problem: this._problem,
      change: value => {
        this._value = value;
        this._problem = null;
        this.update();
      }
    });
  }

  private _value: T;
  private _problem: IProblem | null = null;
}

/** A dialog that closes only when what was entered is accepted, or when it is cancelled. */
export class FormDialog<T> extends Dialog<T> {
  constructor(title: string, buttons: Dialog.IButton[], options: IFormOptions<T>) {
    const body = new FormBody<T>(options);
    super({ title, buttons, body, focusNodeSelector: FIRST_FIELD });
    this.addClass('jp-aidevsecops-Dialog');
    this._form = body;
    this._choices = buttons;
  }

  /** Draw the fields again; for content that arrives late. */
  refresh(): void {
    if (!this.isDisposed) {
      this._form.refresh();
    }
  }

  /** Close the dialog by one of its buttons, the accepting one only when the form is accepted. */
  override resolve(index?: number): void {
    const button = this._choices[index ?? this._choices.length - 1];
    if (!button.accept) {
      super.resolve(index);
      return;
    }
    if (!this._isBusy) {
      void this._submit(index);
    }
  }

  /** Leave to the fields the keys that are theirs. */
  protected override _evtKeydown(event: KeyboardEvent): void {
    const taking = { Enter: TAKES_ENTER, Escape: TAKES_ESCAPE }[event.key];
    const { target } = event;
    if (!taking || !(target instanceof Element) || !target.closest(taking)) {
      super._evtKeydown(event);
    }
  }

  private async _submit(index?: number): Promise<void> {
    this._isBusy = true;
    try {
      const isAccepted = await this._form.submit();
      if (isAccepted && !this.isDisposed) {
        super.resolve(index);
      }
    } finally {
      this._isBusy = false;
    }
  }

  private readonly _form: FormBody<T>;
  private readonly _choices: Dialog.IButton[];
  private _isBusy = false;
}
