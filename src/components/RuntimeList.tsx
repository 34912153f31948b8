import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AnswerState } from '../environmentTokens';
import type { Runtime, RuntimeTest } from '../pipelineTokens';
import { AnswerView } from './AnswerView';
import { engineText, hostOf } from './engineText';
import { TextButton } from './TextButton';
import { WebLink } from './WebLink';
import { SIGNS } from './signs';

type Check = RuntimeTest['checks'][number];

/** The configurations of engines. */
export interface IRuntimeListProps {
  /** The configurations. */
  runtimes: readonly Runtime[];
  /** What was answered when one was tested. */
  tested: (name: string) => AnswerState<RuntimeTest>;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with the name of the one that is to be tested. */
  onTest: (name: string) => void;
}

function partText({ part }: Check, trans: TranslationBundle): string {
  switch (part) {
    case 'engine':
      return trans.__('Engine');
    case 'repository':
      return trans.__('Repository');
    case 'storage':
      return trans.__('Object storage');
  }
}

/** What one part has answered: a word, and the looks that it has elsewhere. */
function statusText(
  { status }: Check,
  trans: TranslationBundle
): readonly [sign: string, text: string, kind: string] {
  switch (status) {
    case 'passed':
      return [SIGNS.good, trans.__('answers'), 'succeeded'];
    case 'failed':
      return [SIGNS.problem, trans.__('failed'), 'failed'];
    case 'skipped':
      return [SIGNS.none, trans.__('not asked'), 'skipped'];
  }
}

function TestedPart(props: {
  check: Check;
  trans: TranslationBundle;
}): React.JSX.Element {
  const { check, trans } = props;
  const [sign, text, kind] = statusText(check, trans);
  const why = check.error?.message ?? check.reason;
  return (
    <li>
      <p>
        <span className={`jp-aidevsecops-Tag jp-mod-run jp-mod-run-${kind}`}>
          <span className="jp-aidevsecops-Tag-sign" aria-hidden="true">
            {sign}
          </span>{' '}
          {text}
        </span>{' '}
        {partText(check, trans)} ({check.place})
      </p>
      {why ? <p>{why}</p> : null}
      {check.error?.hint ? (
        <p className="jp-aidevsecops-Hint">{check.error.hint}</p>
      ) : null}
    </li>
  );
}

function Item(props: Omit<IRuntimeListProps, 'runtimes'> & { runtime: Runtime }) {
  const { runtime, tested, trans, onTest } = props;
  const { name, display_name: title, kind, description } = runtime;
  const test = tested(name);
  const place = hostOf(runtime.api_endpoint);
  return (
    <li aria-label={title}>
      <p>
        <strong title={name}>{title}</strong>
      </p>
      {description ? <p>{description}</p> : null}
      <p className="jp-aidevsecops-Hint">
        {engineText(kind, trans)} <WebLink url={runtime.public_endpoint} text={place} />
      </p>
      <p className="jp-aidevsecops-Hint">
        {trans.__(
          'Files: bucket %1 at %2',
          runtime.storage_bucket,
          hostOf(runtime.storage_endpoint)
        )}
      </p>
      {runtime.repository === null ? null : (
        <p className="jp-aidevsecops-Hint">
          {trans.__('DAGs: %1, branch %2', runtime.repository, runtime.branch ?? '')}
        </p>
      )}
      <div className="jp-aidevsecops-ButtonRow">
        <TextButton
          label={trans.__('Test')}
          title={trans.__('Ask all that %1 names whether it answers', title)}
          isDisabled={test.kind === 'loading'}
          onClick={() => onTest(name)}
        />
      </div>
      {test.kind === 'idle' ? null : (
        <AnswerView
          state={test}
          trans={trans}
          render={({ passed, checks }) => (
            <>
              <p>
                {passed
                  ? trans.__('It works.')
                  : trans.__('It does not work: see what failed.')}
              </p>
              <ul
                className="jp-aidevsecops-FoundList"
                aria-label={trans.__('Test of %1', title)}
              >
                {checks.map(check => (
                  <TestedPart
                    key={`${check.part}${check.place}`}
                    check={check}
                    trans={trans}
                  />
                ))}
              </ul>
            </>
          )}
        />
      )}
    </li>
  );
}

/** Each configuration: its engine, where its files go, and whether it works. */
export function RuntimeList(props: IRuntimeListProps): React.JSX.Element {
  const { runtimes, ...others } = props;
  return (
    <ul
      className="jp-aidevsecops-EngineList"
      aria-label={others.trans.__('Runtime configurations')}
    >
      {runtimes.map(runtime => (
        <Item key={runtime.name} {...others} runtime={runtime} />
      ))}
    </ul>
  );
}
