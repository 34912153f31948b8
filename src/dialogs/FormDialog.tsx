import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import * as React from 'react';
import type { IProblem } from '../tokens';

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
    super({ title, buttons, body, focusNodeSelector: 'input:not([readonly])' });
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
