import type { Locator, Page } from '@playwright/test';

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
