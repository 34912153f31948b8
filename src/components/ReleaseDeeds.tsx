import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ReleasePlan } from '../releaseTokens';
import { CheckField } from './CheckField';

/** What releasing does. */
export interface IReleaseDeedsProps {
  /** What was planned. */
  plan: ReleasePlan;
  /** The name of the remote, or null where there is none. */
  remote: string | null;
  /** Whether it is pushed there. */
  isPushed: boolean;
  /** The translator. */
  trans: TranslationBundle;
  /** Called with whether it is to be pushed. */
  onPush: (isPushed: boolean) => void;
}

/** What exactly *Release* is going to do, in a sentence. */
export function deedsText(
  props: Pick<IReleaseDeedsProps, 'plan' | 'remote' | 'isPushed' | 'trans'>
): string {
  const { plan, remote, isPushed, trans } = props;
  const { changes, branch, next, tag, pull_request: request } = plan;
  if (request) {
    return trans.__(
      'Pushes the branch %1 to %2 and opens the pull request "%3" into %4. Nothing changes on this machine.',
      request.branch,
      remote ?? '',
      request.title,
      request.target
    );
  }
  const made = trans._n(
    'Writes %1 file, commits it on %2 as "Release of version %3", and tags that %4.',
    'Writes %1 files, commits them on %2 as "Release of version %3", and tags that %4.',
    changes.length,
    branch ?? trans.__('no branch'),
    next,
    tag
  );
  if (remote === null || !isPushed) {
    return [made, trans.__('Nothing leaves this machine.')].join(' ');
  }
  const pushed = trans.__('Then pushes branch and tag to %1, both or neither.', remote);
  const told =
    plan.forge === null
      ? ''
      : trans.__('Then makes the release on %1, with these notes.', plan.forge);
  return [made, pushed, told].filter(Boolean).join(' ');
}

/** What *Release* is going to do, and whether it leaves this machine. */
export function ReleaseDeeds(props: IReleaseDeedsProps): React.JSX.Element {
  const { plan, remote, isPushed, trans, onPush } = props;
  return (
    <div className="jp-aidevsecops-ReleaseDeeds">
      {remote === null || plan.mode !== 'direct' ? null : (
        <CheckField
          label={trans.__('Push to %1', remote)}
          isChecked={isPushed}
          onChange={onPush}
        />
      )}
      {plan.can_release ? (
        <p>{deedsText(props)}</p>
      ) : (
        <p className="jp-aidevsecops-ReleaseDeeds-hindrance">
          {trans.__('The checks forbid this release. Do what they say, then plan again.')}
        </p>
      )}
    </div>
  );
}
