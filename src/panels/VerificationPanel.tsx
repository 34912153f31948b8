import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { VerificationReport } from '../components/VerificationReport';
import type { Verification } from '../splitTokens';
import type { INotebookDocument } from '../tokens';

/** What a report is about. */
export interface IVerificationPanelProps {
  /** The notebook. */
  document: INotebookDocument;
  /** What was found. */
  verification: Verification;
  /** The page with both sides of what differs, as HTML; null where there is none. */
  page: string | null;
  /** Going to a cell is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** What a verification found, in the main area. */
export class VerificationPanel extends ReactWidget {
  constructor(private readonly _props: IVerificationPanelProps) {
    super();
    this.addClass('jp-aidevsecops-VerificationPanel');
  }

  protected override render(): React.JSX.Element {
    const { document, verification, page, commands, trans } = this._props;
    return (
      <VerificationReport
        verification={verification}
        page={page}
        trans={trans}
        onReveal={cell => {
          void commands.execute(CommandIDs.revealCell, { panel_id: document.id, cell });
        }}
      />
    );
  }
}
