import type { Locator, Page } from '@playwright/test';
import { DialogPage } from './dialogs';

/** The dialog that shows what recording install lines does. */
export class ConversionDialog extends DialogPage {
  constructor(page: Page) {
    super(page, 'Record what cells install');
  }

  /** What changes in a cell; cells count from 1. */
  changes(cell: number): Locator {
    return this.root.getByRole('group', { name: `Changes to cell ${cell}` });
  }

  /** The part under a heading. */
  part(title: string): Locator {
    return this.root.getByRole('region', { name: title });
  }
}

/** The dialog that writes an environment in the files of another tool. */
export class ExportDialog extends DialogPage {
  /** Which format. */
  readonly format: Locator;
  /** The files that would be written. */
  readonly files: Locator;

  constructor(page: Page) {
    super(page, 'Export the environment');
    this.format = this.root.getByRole('combobox', { name: 'Format' });
    this.files = this.root.getByRole('list', { name: 'Files' }).getByRole('listitem');
  }

  /** What the format does not keep. */
  get lost(): Locator {
    return this.root.getByRole('region', { name: 'What is not kept' });
  }

  /** Wait until the files of a format are listed. */
  async choose(format: string): Promise<void> {
    await this.format.selectOption(format);
  }
}

/** The dialog that takes over a file of another tool. */
export class ImportDialog extends DialogPage {
  /** The path of the file. */
  readonly file: Locator;

  constructor(page: Page) {
    super(page, 'Import an environment');
    this.file = this.root.getByRole('combobox', { name: 'File' });
  }

  /** What is offered for the path. */
  get offer(): Locator {
    return this.root.getByRole('listbox').getByRole('option');
  }

  /** How one requirement changes. */
  change(name: string): Locator {
    return this.root.getByRole('row').filter({ hasText: name });
  }
}

/** The dialog that shows why packages are locked. */
export class TreeDialog extends DialogPage {
  /** The package that is looked at. */
  readonly package: Locator;

  constructor(page: Page) {
    super(page, /^Dependency tree of/);
    this.package = this.root.getByRole('combobox', { name: 'Package' });
  }

  /** A tree by what it shows. */
  tree(name: string): Locator {
    return this.root.getByRole('tree', { name });
  }

  /** The rows of a tree. */
  rows(tree: string): Locator {
    return this.tree(tree).getByRole('treeitem');
  }
}
