import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { constraintOf, missingIn } from '../components/constraint';
import type { IRequirementText } from '../components/RequirementFields';
import { RequirementFields, toRequirement } from '../components/RequirementFields';
import type { IPackagesModel, PackageDetails, PackageSearch } from '../environmentTokens';
import { LatestAnswer } from '../models/latestAnswer';
import type { DependencyRow, IProblem, Requirement } from '../tokens';
import { FormDialog } from './FormDialog';

/** A moment without a key, in milliseconds. */
const QUIET_MS = 250;
/** After this time an index whose names are being read is searched again. */
const AGAIN_MS = 1500;

/** Which requirement is asked for, and what to do with it. */
export interface IRequirementDialogOptions {
  /** The requirement to change; without it a new one is asked for. */
  row: DependencyRow | null;
  /** The Python that versions should fit; the server's when null. */
  pythonVersion: string | null;
  /** What the user's package indexes have. */
  packages: IPackagesModel;
  /** The translator. */
  trans: TranslationBundle;
  /** Put the requirement into the notebook; a problem keeps the dialog open. */
  submit: (requirement: Requirement) => Promise<IProblem | null>;
}

function toText(row: DependencyRow | null): IRequirementText {
  return {
    name: row?.name ?? '',
    constraint: constraintOf(row?.specifier ?? ''),
    extras: row?.extras.join(', ') ?? '',
    markers: row?.markers ?? '',
    index: row?.index ?? '',
    dev: row?.dev ?? false
  };
}

/** What is missing before the server can be asked, or null. */
function missing(text: IRequirementText, trans: TranslationBundle): IProblem | null {
  const invalid = (field: string, message: string): IProblem => {
    return { code: 'requirements.invalid', message, hint: '', details: { field } };
  };
  if (text.name.trim() === '') {
    return invalid('name', trans.__('A requirement needs a name.'));
  }
  return missingIn(text.constraint)
    ? invalid('version', trans.__('Say which version, or want any.'))
    : null;
}

/** Looks for packages while a name is typed, and reads the one that is meant. */
class PackageLookup {
  constructor(packages: IPackagesModel, pythonVersion: string | null) {
    this.search = new LatestAnswer((query: string) => packages.search(query), QUIET_MS);
    this.details = new LatestAnswer(
      (name: string) => packages.describe(name, pythonVersion),
      0
    );
    this.search.changed.connect(this._onFound, this);
  }

  readonly search: LatestAnswer<string, PackageSearch>;
  readonly details: LatestAnswer<string, PackageDetails>;

  /** Take up another name, typed or picked. */
  choose(name: string): void {
    this._name = name.trim();
    if (this._name === '') {
      this.search.forget();
    } else {
      this.search.ask(this._name);
    }
    if (this._described !== this._name) {
      this._described = '';
      this.details.forget();
    }
  }

  /** Read a package whose name is certain. */
  describe(name: string): void {
    this._described = name;
    void this.details.askNow(name);
  }

  dispose(): void {
    clearTimeout(this._again);
    this.search.dispose();
    this.details.dispose();
  }

  private _onFound(): void {
    const { state } = this.search;
    clearTimeout(this._again);
    if (
      state.kind === 'ready' &&
      state.answer.indexes.some(index => index.state === 'loading')
    ) {
      this._again = setTimeout(() => this.search.ask(this._name), AGAIN_MS);
    }
    const isMeant =
      state.kind === 'ready' &&
      state.answer.packages.some(({ match }) => match === 'exact');
    if (isMeant && this._described !== this._name) {
      this.describe(this._name);
    }
  }

  private _again: ReturnType<typeof setTimeout> | undefined;
  private _name = '';
  private _described = '';
}

/** Ask for a requirement until the server takes it or the user gives up. */
export async function askRequirement(options: IRequirementDialogOptions): Promise<void> {
  const { row, packages, pythonVersion, trans, submit } = options;
  const title = row
    ? trans.__('Edit requirement %1', row.name)
    : trans.__('Add a requirement');
  const buttons = [
    Dialog.cancelButton({ label: trans.__('Cancel') }),
    Dialog.okButton({ label: row ? trans.__('Save') : trans.__('Add') })
  ];
  const lookup = new PackageLookup(packages, pythonVersion);
  const dialog = new FormDialog<IRequirementText>(title, buttons, {
    initial: toText(row),
    submit: text => {
      const problem = missing(text, trans);
      return problem ? Promise.resolve(problem) : submit(toRequirement(text));
    },
    render: ({ value, problem, change }) => (
      <RequirementFields
        value={value}
        search={lookup.search.state}
        details={lookup.details.state}
        problem={problem}
        isNameFixed={row !== null}
        trans={trans}
        onChange={changed => {
          change(changed);
          if (changed.name !== value.name) {
            lookup.choose(changed.name);
          }
        }}
      />
    )
  });
  lookup.search.changed.connect(() => dialog.refresh());
  lookup.details.changed.connect(() => dialog.refresh());
  if (row) {
    lookup.describe(row.name);
  }
  await dialog.launch();
  lookup.dispose();
}
