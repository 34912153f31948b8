import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Comparison, Verification } from '../splitTokens';
import { OutcomeTag } from './OutcomeTag';
import { SentenceList } from './SentenceList';
import { verdictOf, verifiedText } from './splitText';

/** What a verification found. */
export interface IVerificationReportProps {
  /** What it found. */
  verification: Verification;
  /** The page with both sides of what differs, as HTML; null where there is none. */
  page: string | null;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the index of the cell to go to. */
  onReveal: (cell: number) => void;
}

const WORST_FIRST: readonly Comparison['outcome'][] = [
  'different',
  'not-checkable',
  'same'
];

function Comparisons(props: {
  title: string;
  comparisons: readonly Comparison[];
  trans: TranslationBundle;
  onReveal: (cell: number) => void;
}): React.JSX.Element | null {
  const { title, comparisons, trans, onReveal } = props;
  if (comparisons.length === 0) {
    return null;
  }
  const sorted = [...comparisons].sort(
    (one, other) => WORST_FIRST.indexOf(one.outcome) - WORST_FIRST.indexOf(other.outcome)
  );
  return (
    <section className="jp-aidevsecops-SentenceList">
      <h4>{title}</h4>
      <table className="jp-aidevsecops-Comparisons" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{trans.__('What')}</th>
            <th scope="col">{trans.__('Step')}</th>
            <th scope="col">{trans.__('Outcome')}</th>
            <th scope="col">{trans.__('How')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ name, step, cell, outcome, message }, index) => (
            <tr key={index} className={`jp-mod-${outcome}`}>
              <th scope="row">
                {cell === null ? (
                  <code>{name}</code>
                ) : (
                  <button
                    type="button"
                    className="jp-aidevsecops-LinkButton"
                    title={trans.__('Go to cell %1', cell + 1)}
                    onClick={() => onReveal(cell)}
                  >
                    {trans.__('Cell %1: %2', cell + 1, name)}
                  </button>
                )}
              </th>
              <td>{step ?? '–'}</td>
              <td>
                <OutcomeTag outcome={outcome} trans={trans} />
              </td>
              <td className="jp-aidevsecops-Comparisons-message">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whether the steps do the same as their notebook, and where they do not. */
export function VerificationReport(props: IVerificationReportProps): React.JSX.Element {
  const { verification, page, trans, onReveal } = props;
  const {
    verified,
    differences,
    summary,
    notes = [],
    cells,
    variables,
    files
  } = verification;
  const shared = { trans, onReveal };
  return (
    <div
      role="region"
      aria-label={trans.__('Verification of %1', verification.notebook)}
      className="jp-aidevsecops-VerificationReport"
    >
      <p>
        <OutcomeTag
          outcome={verdictOf(verification)}
          text={verifiedText(verdictOf(verification), trans)}
          trans={trans}
        />
      </p>
      <p role="status">
        {summary ??
          (verified
            ? trans.__('The steps do the same as the notebook.')
            : trans._n(
                'The steps differ from the notebook in %1 place.',
                'The steps differ from the notebook in %1 places.',
                differences
              ))}
      </p>
      <SentenceList title={trans.__('Worth knowing')} sentences={notes} />
      <Comparisons title={trans.__('Outputs of cells')} comparisons={cells} {...shared} />
      <Comparisons title={trans.__('Variables')} comparisons={variables} {...shared} />
      <Comparisons title={trans.__('Files')} comparisons={files} {...shared} />
      {page ? (
        <section className="jp-aidevsecops-SentenceList">
          <h4>{trans.__('Both sides')}</h4>
          {/* What a notebook has printed is in it: no script runs, and it has no origin. */}
          <iframe title={trans.__('Both sides')} sandbox="" srcDoc={page} />
        </section>
      ) : null}
    </div>
  );
}
