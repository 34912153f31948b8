import * as React from 'react';

/** One part of the section of releases, under its title. */
export function ReleasePart(props: {
  /** The title. */
  title: string;
  /** What stands below it. */
  children: React.ReactNode;
}): React.JSX.Element {
  const id = React.useId();
  return (
    <section className="jp-aidevsecops-ReleasePart" aria-labelledby={id}>
      <h4 id={id}>{props.title}</h4>
      {props.children}
    </section>
  );
}
