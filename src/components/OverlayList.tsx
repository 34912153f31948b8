import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { OverlayCheck, OverlaySummary } from '../splitTokens';
import { CellLinks } from './CellLinks';
import { overlayStatusSign, overlayStatusText } from './splitText';

/** The overlays of a project. */
export interface IOverlayListProps {
  /** The overlays. */
  overlays: readonly OverlaySummary[];
  /** What a check of them found; empty when they were not checked. */
  checks: readonly OverlayCheck[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the notebook to open, and with the index of a cell to go to in it. */
  onOpen: (path: string, cell?: number) => void;
}

/** One overlay. */
interface IOverlayItemProps extends Pick<IOverlayListProps, 'trans' | 'onOpen'> {
  overlay: OverlaySummary;
  check: OverlayCheck | undefined;
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

/** Why an overlay is not as it should be: what a check found, else what the list says. */
function Reasons(props: IOverlayItemProps): React.JSX.Element | null {
  const { overlay, check, trans, onOpen } = props;
  const listed = (overlay.reasons ?? []).map(message => ({ message, cells: [] }));
  const reasons = check?.details ?? listed;
  const serves = check?.serves ?? null;
  return reasons.length === 0 ? null : (
    <ul
      className="jp-aidevsecops-OverlayList-reasons"
      aria-label={trans.__('Why %1 is not fresh', overlay.name)}
    >
      {reasons.map(({ message, cells }, index) => (
        <li key={index}>
          {message}{' '}
          {serves === null ? null : (
            <CellLinks
              cells={cells}
              trans={trans}
              onReveal={cell => onOpen(serves, cell)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Item(props: IOverlayItemProps): React.JSX.Element {
  const { overlay, trans, onOpen } = props;
  const { name, folder, status, notebook } = overlay;
  return (
    <li aria-label={name}>
      <span className="jp-aidevsecops-OverlayList-head">
        <strong title={folder}>{name}</strong>
        <span className={`jp-aidevsecops-Tag jp-mod-${status}`}>
          <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
            {overlayStatusSign(status)}
          </span>{' '}
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
      <Reasons {...props} />
    </li>
  );
}

/** The overlays: whether each is fresh, what it holds, which notebook it is of, and what is off. */
export function OverlayList(props: IOverlayListProps): React.JSX.Element {
  const { overlays, checks, trans, onOpen } = props;
  return (
    <ul className="jp-aidevsecops-OverlayList" aria-label={trans.__('Overlays')}>
      {overlays.map(overlay => (
        <Item
          key={overlay.folder}
          overlay={overlay}
          check={checks.find(check => check.overlay.folder === overlay.folder)}
          trans={trans}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}
