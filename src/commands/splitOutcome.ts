import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../commandIds';
import { VERIFICATION } from '../models/splits';
import type { SplitOutcome, Verification } from '../splitTokens';
import type { IMessage } from './outcome';

/** What a verification found, in a sentence: the server's own, or ours where it has none. */
function verdict({ summary, verified }: Verification, trans: TranslationBundle): string {
  return (
    summary ??
    (verified
      ? trans.__('The steps do the same as the notebook.')
      : trans.__('The steps were not found to do the same as the notebook.'))
  );
}

type Action = IMessage['actions'][number];
type Done = Extract<SplitOutcome, { kind: 'done' }>;

function nameOf(path: string): string {
  return path.split('/').pop() ?? path;
}

function logAction({ job }: SplitOutcome, trans: TranslationBundle): Action {
  const args = { job_id: job.job_id };
  return { label: trans.__('Show Log'), id: CommandIDs.showJobLog, args };
}

function pipelineAction({ job }: SplitOutcome, trans: TranslationBundle): Action {
  const args = { path: job.key };
  return { label: trans.__('Create Pipeline…'), id: CommandIDs.createPipeline, args };
}

function reportAction({ job }: SplitOutcome, trans: TranslationBundle): Action {
  const args = { path: job.key };
  return { label: trans.__('Show Verification'), id: CommandIDs.showVerification, args };
}

function success(outcome: Done, trans: TranslationBundle): IMessage {
  const { job, result, tags } = outcome;
  const { written, unchanged, deleted = [], verified, verification } = result;
  const name = nameOf(job.key);
  const count = trans._n('%1 file was written', '%1 files were written', written.length);
  const isSame = written.length === 0 && deleted.length === 0 && unchanged.length > 0;
  const first = isSame
    ? trans.__('The steps of %1 are what they should be already.', name)
    : trans.__('%1 is split into steps: %2.', name, count);
  const sentences = [
    first,
    deleted.length > 0
      ? trans._n('%1 file was deleted.', '%1 files were deleted.', deleted.length)
      : '',
    verification ? verdict(verification, trans) : '',
    tags === 'applied' ? trans.__('Save the notebook to keep where it is cut.') : '',
    tags === 'refused'
      ? trans.__('Its cells have changed meanwhile, so where it is cut was not recorded.')
      : ''
  ];
  // What cannot be compared is not found to be the same either.
  const isUnsure = verification?.verified === false;
  const isOff = verified === false || isUnsure || tags === 'refused';
  return {
    type: isOff ? 'warning' : 'success',
    text: sentences.filter(Boolean).join(' '),
    actions: [
      ...(verification === null ? [] : [reportAction(outcome, trans)]),
      ...(isOff ? [] : [pipelineAction(outcome, trans)])
    ]
  };
}

/** What to tell of a split or a verification; null when there is nothing to tell. */
export function splitMessage(
  outcome: SplitOutcome,
  trans: TranslationBundle
): IMessage | null {
  const log = logAction(outcome, trans);
  const name = nameOf(outcome.job.key);
  switch (outcome.kind) {
    case 'cancelled':
      return null;
    case 'failed': {
      const reason =
        outcome.problem.message.split('\n')[0] ||
        trans.__('The job was lost when the server stopped.');
      const text =
        outcome.job.kind === VERIFICATION
          ? trans.__('The steps of %1 could not be verified: %2', name, reason)
          : trans.__('%1 could not be split: %2', name, reason);
      return { type: 'error', text, actions: [log] };
    }
    case 'verified': {
      const { verified } = outcome.result;
      return {
        type: verified ? 'success' : 'warning',
        text: trans.__('%1: %2', name, verdict(outcome.result, trans)),
        actions: [reportAction(outcome, trans), log]
      };
    }
    case 'done': {
      const message = success(outcome, trans);
      return { ...message, actions: [...message.actions, log] };
    }
  }
}

/** What a person should know of a split that was written, one message for each. */
export function splitNotes(outcome: SplitOutcome, trans: TranslationBundle): IMessage[] {
  if (outcome.kind !== 'done') {
    return [];
  }
  const actions = [logAction(outcome, trans)];
  return outcome.result.notes.map(text => ({ type: 'warning', text, actions }));
}
