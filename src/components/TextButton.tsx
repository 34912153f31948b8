import * as React from 'react';

/** A button with words. */
export interface ITextButtonProps {
  /** The words. */
  label: string;
  /** What exactly it does, for the tooltip. */
  title?: string;
  /** Called when it is pressed. */
  onClick: () => void;
  /** Whether it is the one thing to do next. */
  isPrimary?: boolean;
  /** Whether it takes something away for good. */
  isWarning?: boolean;
  /** Whether it cannot be pressed now. */
  isDisabled?: boolean;
}

/** A button in the looks of JupyterLab's dialogs. */
export function TextButton(props: ITextButtonProps): React.JSX.Element {
  const { label, title, onClick, isPrimary = false, isDisabled = false } = props;
  const plain = isPrimary ? 'jp-mod-accept' : 'jp-mod-reject';
  const kind = props.isWarning ? 'jp-mod-warn' : plain;
  return (
    <button
      type="button"
      className={`jp-mod-styled ${kind} jp-aidevsecops-TextButton`}
      title={title}
      disabled={isDisabled}
      onClick={onClick}
    >
      {label}
    </button>
  );
}
