import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { OverlaySummary } from '../splitTokens';
import { overlayStatusText } from './splitText';

/** The overlays of a project. */
export interface IOverlayListProps {
  /** The overlays. */
  overlays: readonly OverlaySummary[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the notebook to open. */
  onOpen: (path: string) => void;
}

function factsOf(overlay: OverlaySummary, trans: TranslationBundle): string {
  const { packages, python_version: python, step } = overlay;
  return [
    step === null ? '' : trans.__('step %1', step),
    python === null ? '' : trans.__('Python %1', python),
    packages === null ? '' : trans._n('%1 package', '%1 packages', packages)
  ]
    .filter(Boolean)
    .join(', ');
}

/** The overlays: whether each is locked, what it holds, and which notebook it is of. */
export function OverlayList(props: IOverlayListProps): React.JSX.Element {
  const { overlays, trans, onOpen } = props;
  return (
    <ul className="jp-aidevsecops-OverlayList" aria-label={trans.__('Overlays')}>
      {overlays.map(overlay => {
        const { name, folder, status, notebook } = overlay;
        return (
          <li key={folder} aria-label={name}>
            <span className="jp-aidevsecops-OverlayList-head">
              <strong title={folder}>{name}</strong>
              <span className={`jp-aidevsecops-Tag jp-mod-${status}`}>
                {overlayStatusText(status, trans)}
              </span>
            </span>
            <span className="jp-aidevsecops-Hint">{factsOf(overlay, trans)}</span>
            {notebook === null ? null : (
              <button
                type="button"
                className="jp-aidevsecops-LinkButton"
                title={trans.__('Open %1', notebook)}
                onClick={() => onOpen(notebook)}
              >
                {notebook}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
