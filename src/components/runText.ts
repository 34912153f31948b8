import type { TranslationBundle } from '@jupyterlab/translation';
import type { PipelineRun, StepRun } from '../pipelineTokens';
import { visibleText } from '../visibleText';
import { SIGNS } from './signs';

/** Where a run or a step is in its life. */
export type RunState = PipelineRun['state'] | StepRun['state'];

/** Told apart without colours. */
const STATE_SIGNS: Readonly<Record<RunState, string>> = {
  waiting: SIGNS.waiting,
  running: SIGNS.running,
  unknown: SIGNS.unknown,
  succeeded: SIGNS.good,
  failed: SIGNS.problem,
  skipped: SIGNS.none,
  cached: SIGNS.same,
  cancelled: SIGNS.ended
};

/** The sign of a state. */
export function runSign(state: RunState): string {
  return STATE_SIGNS[state];
}

/** A state in a word. */
export function runStateText(state: RunState, trans: TranslationBundle): string {
  switch (state) {
    case 'waiting':
      return trans.__('waiting');
    case 'running':
      return trans.__('running');
    case 'unknown':
      return trans.__('not known');
    case 'succeeded':
      return trans.__('succeeded');
    case 'failed':
      return trans.__('failed');
    case 'skipped':
      return trans.__('skipped');
    case 'cached':
      return trans.__('not run again');
    case 'cancelled':
      return trans.__('cancelled');
  }
}

/** How long something took, in words. */
export function secondsText(seconds: number, trans: TranslationBundle): string {
  const whole = Math.max(0, Math.round(seconds));
  if (seconds < 9.95) {
    return trans.__('%1 s', Math.max(0, seconds).toFixed(1));
  }
  return whole < 60
    ? trans.__('%1 s', whole)
    : trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
}

/** How far a step is: its cell while it runs, else how long it took; may be empty. */
export function stepProgressText(step: StepRun, trans: TranslationBundle): string {
  if (step.state === 'running') {
    return step.cell_count > 0
      ? trans.__('cell %1 of %2', step.cell, step.cell_count)
      : '';
  }
  const isDone = step.state === 'succeeded' || step.state === 'failed';
  return isDone && step.seconds !== null ? secondsText(step.seconds, trans) : '';
}

function isDone({ state }: StepRun): boolean {
  return state !== 'waiting' && state !== 'running';
}

/** What a run has come to, in a sentence. */
export function runSummary(run: PipelineRun, trans: TranslationBundle): string {
  const { state, steps, seconds } = run;
  if (state === 'running') {
    const done = steps.filter(isDone).length;
    return trans.__('Running: %1 of %2 steps are done.', done, steps.length);
  }
  if (state === 'unknown') {
    return trans.__('Handed over. How it is, only the page of its engine tells.');
  }
  const time = seconds === null ? '' : secondsText(seconds, trans);
  const reused = steps.filter(({ cached }) => cached).length;
  const failed = steps.filter(one => one.state === 'failed').map(({ name }) => name);
  switch (state) {
    case 'succeeded':
      return reused > 0
        ? trans.__(
            'Succeeded in %1: %2 of %3 steps had not to be run again.',
            time,
            reused,
            steps.length
          )
        : trans.__('Succeeded in %1.', time);
    case 'cancelled':
      return trans.__('Cancelled after %1.', time);
    case 'failed':
      return failed.length > 0
        ? trans.__('Failed after %1: %2.', time, failed.join(', '))
        : trans.__('Failed after %1.', time);
  }
}

/** When a run was started, as people write it where they are. */
export function startText({ started_at: at }: PipelineRun): string {
  return new Date(at * 1000).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'medium'
  });
}

/** The error of a step in one line. */
export function stepErrorText({ error }: StepRun, trans: TranslationBundle): string {
  if (!error) {
    return '';
  }
  const [first] = error.message.trim().split('\n');
  const what = first ? `${error.name}: ${first}` : error.name;
  return error.cell === null ? what : trans.__('Cell %1: %2', error.cell + 1, what);
}

/** What the terminal made bold or red, without the signs for it. */
export function plainText(lines: readonly string[]): string {
  // eslint-disable-next-line no-control-regex -- the escape character is what is looked for
  return visibleText(lines.join('\n').replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''));
}
