import * as React from 'react';

/** Something that is so or not. */
export interface ICheckFieldProps {
  /** What is so when it is checked. */
  label: string;
  /** Whether it is. */
  isChecked: boolean;
  /** Called when that is changed. */
  onChange: (isChecked: boolean) => void;
}

/** A box to check, with its words. */
export function CheckField(props: ICheckFieldProps): React.JSX.Element {
  const { label, isChecked, onChange } = props;
  return (
    <label className="jp-aidevsecops-Check">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={event => onChange(event.target.checked)}
      />
      {/* A path stays as it is where all else is from right to left. */}
      <bdi>{label}</bdi>
    </label>
  );
}
