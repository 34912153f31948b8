import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ReleasePlan } from '../releaseTokens';
import { NotesText } from './NotesText';
import { ReleaseChecks } from './ReleaseChecks';
import { checksText } from './releaseText';
import { UnifiedDiff } from './UnifiedDiff';

/** All that a release would do. */
export interface IReleasePlanViewProps {
  /** The plan. */
  plan: ReleasePlan;
  /** The translator. */
  trans: TranslationBundle;
}

function Part(props: { title: string; children: React.ReactNode }): React.JSX.Element {
  const id = React.useId();
  return (
    <section className="jp-aidevsecops-PlanPart" aria-labelledby={id}>
      <h4 id={id}>{props.title}</h4>
      {props.children}
    </section>
  );
}

/** What a plan comes to, in a sentence. */
export function planText(plan: ReleasePlan, trans: TranslationBundle): string {
  const { current, next, checks } = plan;
  const versions = current === null ? next : trans.__('%1 → %2', current, next);
  return trans.__('%1. Checks: %2.', versions, checksText(checks, trans));
}

function Versions({ plan, trans }: IReleasePlanViewProps): React.JSX.Element {
  const { versions } = plan;
  return versions.length === 0 ? (
    <p className="jp-aidevsecops-Hint">
      {trans.__('No file says the version; the tag alone does.')}
    </p>
  ) : (
    <ul className="jp-aidevsecops-FileList">
      {versions.map(({ file, line, value }) => (
        <li key={`${file}:${line}`}>{trans.__('%1, line %2: %3', file, line, value)}</li>
      ))}
    </ul>
  );
}

function References({ plan, trans }: IReleasePlanViewProps): React.JSX.Element {
  return (
    <table className="jp-aidevsecops-References" aria-label={trans.__('References')}>
      <thead>
        <tr>
          <th scope="col">{trans.__('Where')}</th>
          <th scope="col">{trans.__('Now')}</th>
          <th scope="col">{trans.__('Then')}</th>
        </tr>
      </thead>
      <tbody>
        {plan.references.map(({ file, path, from, to }) => (
          <tr key={`${file}:${path}`}>
            <th scope="row">
              <bdi>{file}</bdi> <span className="jp-aidevsecops-Hint">{path}</span>
            </th>
            <td>{from}</td>
            <td>{to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Files({ plan, trans }: IReleasePlanViewProps): React.JSX.Element {
  return (
    <ul className="jp-aidevsecops-FileList" aria-label={trans.__('Files')}>
      {plan.changes.map(({ file, diff }) => (
        <li key={file}>
          <details>
            <summary>
              <bdi>{file}</bdi>
            </summary>
            <UnifiedDiff label={trans.__('Changes to %1', file)} diff={diff} />
          </details>
        </li>
      ))}
    </ul>
  );
}

/** The plan: what speaks against it first, then what it tells and changes. */
export function ReleasePlanView(props: IReleasePlanViewProps): React.JSX.Element {
  const { plan, trans } = props;
  const { checks, changelog, references, images, changes } = plan;
  return (
    <div className="jp-aidevsecops-ReleasePlan">
      <div>
        <Part title={trans.__('Checks')}>
          <ReleaseChecks checks={checks} trans={trans} />
        </Part>
        <Part title={trans.__('Where the version is said')}>
          <Versions {...props} />
        </Part>
      </div>
      <div>
        <Part title={trans.__('What the changelog tells')}>
          {changelog ? (
            <NotesText label={trans.__('Notes of %1', plan.tag)} text={changelog} />
          ) : (
            <p className="jp-aidevsecops-Hint">{trans.__('Nothing.')}</p>
          )}
        </Part>
        {references.length > 0 ? (
          <Part title={trans.__('References to images')}>
            <References {...props} />
          </Part>
        ) : null}
        {images.length > 0 ? (
          <Part title={trans.__('Images to be built')}>
            <ul className="jp-aidevsecops-FileList">
              {images.map(image => (
                <li key={image}>{image}</li>
              ))}
            </ul>
          </Part>
        ) : null}
        <Part title={trans._n('%1 file changes', '%1 files change', changes.length)}>
          <Files {...props} />
        </Part>
      </div>
    </div>
  );
}
