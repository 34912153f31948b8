import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A dialog and its buttons. */
export class DialogPage {
  /** All of it. */
  readonly root: Locator;

  constructor(page: Page, title: string | RegExp) {
    this.root = page.getByRole('dialog').filter({ hasText: title });
  }

  /** A button. */
  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  /** A line to fill in. */
  field(name: string): Locator {
    return this.root.getByRole('textbox', { name });
  }

  /** Leave it by Escape, which it hears once it has the focus. */
  async giveUp(): Promise<void> {
    await expect(this.root.locator(':focus')).toHaveCount(1);
    await this.root.page().keyboard.press('Escape');
  }

  /** What is wrong. */
  get problem(): Locator {
    return this.root.getByRole('alert');
  }
}

/** The dialog that asks how to lock. */
export class LockDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /^Lock .*\.ipynb/);
  }

  /** One of the targets. */
  target(name: string | RegExp): Locator {
    return this.root.getByRole('radio', { name });
  }
}

/** The dialog that asks for a requirement. */
export class RequirementDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /requirement/i);
  }

  /** The name of the package. */
  get name(): Locator {
    return this.combobox('Name');
  }

  /** The specifier, as it is written or put together. */
  get specifier(): Locator {
    return this.field('Version specifier');
  }

  /** A field with a list of what could be meant, or of what can be chosen. */
  combobox(name: string): Locator {
    return this.root.getByRole('combobox', { name });
  }

  /** What is offered by the list that is open. */
  get offer(): Locator {
    return this.root.getByRole('listbox').getByRole('option');
  }
}

/** The dialog with the log of a job. */
export class LogDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /Lock .*\.ipynb/);
  }

  /** What the job has written. */
  get text(): Locator {
    return this.root.getByRole('log');
  }

  /** The state of the job. */
  get state(): Locator {
    return this.root.getByRole('status');
  }
}

/** The dialog that asks whether package indexes can be trusted. */
export class TrustDialog extends DialogPage {
  constructor(page: Page) {
    super(page, 'Trust these package indexes?');
  }
}
