import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { DependencyRow } from '../tokens';
import { TextButton } from './TextButton';

/** A notebook whose cells may install packages. */
export interface IInstallHintProps {
  /** Its requirements. */
  rows: readonly DependencyRow[];
  /** Whether changes are not possible now. */
  isBusy: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to see what can be done about it. */
  onConvert: () => void;
}

/** Says that cells install packages, which a lock makes needless; nothing where none does. */
export function InstallHint(props: IInstallHintProps): React.JSX.Element | null {
  const { rows, isBusy, trans, onConvert } = props;
  const installed = rows.filter(({ source }) => source === 'pip');
  if (installed.length === 0) {
    return null;
  }
  return (
    <div className="jp-aidevsecops-InstallHint">
      <p className="jp-aidevsecops-Hint">
        {trans._n(
          'A cell installs %1 package whenever it runs, whatever the lock says.',
          'Cells install %1 packages whenever they run, whatever the lock says.',
          installed.length
        )}
      </p>
      <TextButton
        label={trans.__('Record as Requirements…')}
        isDisabled={isBusy}
        onClick={onConvert}
      />
    </div>
  );
}
