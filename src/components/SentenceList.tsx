import * as React from 'react';

/** Sentences under one title. */
export interface ISentenceListProps {
  /** What they have in common. */
  title: string;
  /** The sentences; nothing is shown when there are none. */
  sentences: readonly string[];
}

/** Sentences as a list under a heading. */
export function SentenceList(props: ISentenceListProps): React.JSX.Element | null {
  const { title, sentences } = props;
  const id = React.useId();
  return sentences.length === 0 ? null : (
    <section className="jp-aidevsecops-SentenceList" aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      <ul>
        {sentences.map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
