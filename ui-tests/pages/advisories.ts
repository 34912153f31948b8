import type { Locator, Page } from '@playwright/test';
import { DialogPage } from './dialogs';
import type { Sidebar } from './Sidebar';

/** What the sidebar says of advisories. */
export class Advisories {
  /** What the last audit came to, with the ways to another one. */
  readonly summary: Locator;
  /** The sentence that sums it up. */
  readonly verdict: Locator;
  /** The advisories against packages that are no requirements. */
  readonly indirect: Locator;
  /** What was not checked, and why. */
  readonly unchecked: Locator;
  /** What the repository accepts. */
  readonly accepted: Locator;

  constructor(private readonly _sidebar: Sidebar) {
    const { dependencies } = _sidebar;
    this.summary = dependencies.getByRole('region', { name: 'Advisories', exact: true });
    this.verdict = this.summary.getByRole('status');
    this.indirect = dependencies.getByRole('region', {
      name: 'Advisories against what other packages need'
    });
    this.unchecked = dependencies.getByRole('region', {
      name: 'Not checked for advisories'
    });
    this.accepted = dependencies.getByRole('region', { name: 'Accepted advisories' });
  }

  /** A button of the summary. */
  button(name: string): Locator {
    return this.summary.getByRole('button', { name, exact: true });
  }

  /** The advisories against one package. */
  against(name: string): Locator {
    return this._sidebar.dependencies.getByRole('list', {
      name: `Advisories against ${name}`
    });
  }

  /** The way to the version of a package that has the fixes. */
  upgrade(name: string): Locator {
    return this._sidebar.button(`Upgrade ${name}`);
  }
}

/** The dialog that shows what a new lock changes. */
export class RelockDialog extends DialogPage {
  constructor(page: Page) {
    super(page, /^Apply the new lock of .*\.ipynb\?/);
  }

  /** A part of the changes, such as `Updated (1)`. */
  part(name: string): Locator {
    return this.root.getByRole('region', { name, exact: true });
  }
}
