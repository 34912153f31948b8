import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** A button that shows only an icon. */
export interface IIconButtonProps {
  /** The icon. */
  icon: LabIcon;
  /** What it does, for the tooltip and for screen readers. */
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
  const { icon: Icon, label, onClick, isDisabled = false, isTabStop = true } = props;
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
