import * as React from 'react';
import { TextButton } from './TextButton';

/** Indexes that something needs and that the user has not agreed to. */
export interface ITrustQuestionProps {
  /** Why they are needed, with their addresses. */
  reason: string;
  /** What agreeing to them starts. */
  label: string;
  /** Called when the user agrees. */
  onAgree: () => void;
}

/** A question in place of an answer that only untrusted indexes could give. */
export function TrustQuestion(props: ITrustQuestionProps): React.JSX.Element {
  const { reason, label, onAgree } = props;
  return (
    <div className="jp-aidevsecops-TrustNotice" role="alert">
      <p>{reason}</p>
      <TextButton label={label} onClick={onAgree} />
    </div>
  );
}
