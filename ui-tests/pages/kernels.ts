import type { Locator, Page } from '@playwright/test';
import { DialogPage } from './dialogs';

/** The dialog that says what kernel will be made. */
export class KernelDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /Create a kernel for/);
  }

  /** The facts about the kernel. */
  get facts(): Locator {
    return this.root.getByRole('definition');
  }
}

/** The dialog that says what differs between a kernel and a lock. */
export class KernelCheckDialog extends DialogPage {
  constructor(page: Page) {
    super(page, 'Kernel and lock');
  }

  /** The row of a package. */
  row(name: string): Locator {
    return this.root.getByRole('row', { name });
  }
}

/** The dialog that lists the kernels. */
export class KernelsDialog extends DialogPage {
  /** The list. */
  readonly table: Locator;

  constructor(private readonly _page: Page) {
    super(_page, 'Kernels made from locks');
    this.table = this.root.getByRole('table', { name: 'Kernels' });
  }

  /** What belongs to one kernel: its row, and its question or its job. */
  kernel(name: string): Locator {
    return this.table
      .getByRole('rowgroup')
      .filter({ has: this._page.getByRole('rowheader', { name }) });
  }

  /** The question whether to delete a kernel. */
  get question(): Locator {
    return this.root.getByRole('alertdialog');
  }
}

/** What the page says of the kernel of the notebook in front. */
export class KernelPage {
  /** The dialog that says what kernel will be made. */
  readonly dialog: KernelDialog;
  /** The dialog that says what differs. */
  readonly comparison: KernelCheckDialog;
  /** The dialog that lists the kernels. */
  readonly list: KernelsDialog;
  /** The dialog with the log of a job that makes a kernel. */
  readonly log: Locator;
  /** The warning in the notebook's toolbar. */
  readonly warning: Locator;
  /** The part of the sidebar that tells of the kernel. */
  readonly summary: Locator;

  constructor(page: Page) {
    this.dialog = new KernelDialog(page);
    this.comparison = new KernelCheckDialog(page);
    this.list = new KernelsDialog(page);
    this.log = page.getByRole('dialog').filter({ hasText: 'Make a kernel for' });
    this.warning = page
      .getByRole('main')
      .getByRole('toolbar')
      .getByRole('button', { name: /^The kernel (does not match|is broken)/ })
      .filter({ visible: true });
    this.summary = page
      .getByRole('region', { name: 'Dependencies Section' })
      .getByRole('region', { name: 'Kernel', exact: true });
  }
}
