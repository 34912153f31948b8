import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CellLinks } from './CellLinks';

/** A sentence about the notebook, and the cells that it is about. */
export interface IFinding {
  /** The sentence. */
  text: string;
  /** Cell indexes from 0. */
  cells: readonly number[];
}

/** Findings under one title. */
export interface IFindingListProps {
  /** What the findings have in common. */
  title: string;
  /** The findings; nothing is shown when there are none. */
  findings: readonly IFinding[];
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

/** Findings as a list under a heading. */
export function FindingList(props: IFindingListProps): React.JSX.Element | null {
  const { title, findings, trans, onReveal } = props;
  const id = React.useId();
  if (findings.length === 0) {
    return null;
  }
  return (
    <section className="jp-aidevsecops-FindingList" aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      <ul>
        {findings.map(({ text, cells }, index) => (
          <li key={index}>
            <span>{text}</span>{' '}
            <CellLinks cells={cells} trans={trans} onReveal={onReveal} />
          </li>
        ))}
      </ul>
    </section>
  );
}
