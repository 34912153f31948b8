import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem } from '../tokens';
import { ErrorNotice } from './ErrorNotice';
import type { IFinding } from './FindingList';
import { FindingList } from './FindingList';

/** Why a lock failed. */
export interface IFailureNoticeProps {
  /** The problem; its details may name the requirements that are in conflict. */
  problem: IProblem;
  /** The translator. */
  trans: TranslationBundle;
  /** Called when the user wants to see the log. */
  onShowLog: () => void;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

/** The requirements that a problem is about, and the cells that they come from. */
export function conflicting(problem: IProblem): IFinding[] {
  const entries: unknown = problem.details['requirements'];
  if (!Array.isArray(entries)) {
    return [];
  }
  return entries.flatMap((entry: unknown) => {
    const { name, specifier, cells } = (entry ?? {}) as {
      name?: unknown;
      specifier?: unknown;
      cells?: unknown;
    };
    if (typeof name !== 'string') {
      return [];
    }
    const constraint = typeof specifier === 'string' ? specifier : '';
    const known = Array.isArray(cells)
      ? cells.filter(cell => Number.isInteger(cell))
      : [];
    return [{ text: `${name}${constraint}`, cells: known as number[] }];
  });
}

/** The explanation of a failed lock, with the way to the cells that it is about. */
export function FailureNotice(props: IFailureNoticeProps): React.JSX.Element {
  const { problem, trans, onShowLog, onReveal } = props;
  return (
    <>
      <ErrorNotice problem={problem} trans={trans} onShowLog={onShowLog} />
      <FindingList
        title={trans.__('Requirements concerned')}
        findings={conflicting(problem)}
        trans={trans}
        onReveal={onReveal}
      />
    </>
  );
}
