import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import type { ReleaseOutcome, ReleaseResult } from '../releaseTokens';
import type { IMessage } from './outcome';
import type { IReleaseContext } from './releases';

/** What jupyterlab-git calls the command that shows its panel. */
const GIT_PANEL = 'git:ui';
/** The kind of the jobs that take a release back. */
const UNDO = 'release-undo';

function doneText(
  kind: string,
  { release, left }: ReleaseResult,
  trans: TranslationBundle
): string {
  const { tag = '', remote = null } = release ?? {};
  if (kind === UNDO) {
    return [trans.__('%1 is taken back.', tag), ...left].join(' ');
  }
  if (release?.pull_request) {
    const { branch, number, note } = release.pull_request;
    return number === null
      ? trans.__('The branch %1 is on %2. %3', branch, remote ?? '', note)
      : trans.__('Pull request %1 brings %2.', number, tag);
  }
  return remote === null
    ? trans.__('%1 is released; commit and tag are on this machine only.', tag)
    : trans.__('%1 is released, and on %2.', tag, remote);
}

/** What to tell of a release; null when there is nothing to tell. */
export function releaseMessage(
  outcome: ReleaseOutcome,
  { commands, trans }: Pick<IReleaseContext, 'commands' | 'trans'>
): IMessage | null {
  const { job, isSeen } = outcome;
  const log = {
    label: trans.__('Show Log'),
    id: CommandIDs.showJobLog,
    args: { job_id: job.job_id }
  };
  switch (outcome.kind) {
    case 'cancelled':
      return null;
    case 'failed': {
      const reason =
        outcome.problem.message.split('\n')[0] ||
        trans.__('The job was lost when the server stopped.');
      const text = trans.__('%1: %2', job.title, reason);
      return isSeen ? null : { type: 'error', text, actions: [log] };
    }
    case 'done': {
      const panel = { label: trans.__('Open Git'), id: GIT_PANEL, args: {} };
      return {
        type: outcome.result.left.length > 0 ? 'warning' : 'success',
        text: doneText(job.kind, outcome.result, trans),
        actions: commands.hasCommand(GIT_PANEL) ? [panel, log] : [log]
      };
    }
  }
}
