import * as React from 'react';
import { ACTION_ICONS } from '../icons';

/** A button that shows only an icon. */
export interface IIconButtonProps {
  /** What it does, in a word; it has its icon from that. */
  action: keyof typeof ACTION_ICONS;
  /** What exactly it does, for the tooltip and for screen readers. */
  label: string;
  /** Called when it is pressed. */
  onClick: () => void;
  /** Whether it cannot be pressed now. */
  isDisabled?: boolean;
  /** Whether the tabulator reaches it; so it does when left out. */
  isTabStop?: boolean;
}

/** A small button with an icon and a name. */
export function IconButton(props: IIconButtonProps): React.JSX.Element {
  const { action, label, onClick, isDisabled = false, isTabStop = true } = props;
  const Icon = ACTION_ICONS[action];
  return (
    <button
      type="button"
      className="jp-aidevsecops-IconButton"
      title={label}
      aria-label={label}
      disabled={isDisabled}
      tabIndex={isTabStop ? undefined : -1}
      onClick={onClick}
    >
      <Icon.react tag="span" elementSize="normal" />
    </button>
  );
}
