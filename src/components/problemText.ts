import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '../tokens';
import { releaseProblem } from './releaseProblem';

/** A problem in words: the server's own, or ours where the server said nothing. */
export function problemText(
  problem: IProblem,
  trans: TranslationBundle
): { message: string; hint: string } {
  const { code, message, hint } = problem;
  switch (code) {
    case 'server.missing':
      return {
        message: trans.__('The server extension aidevsecops_ext does not answer.'),
        hint: trans.__(
          'Install aidevsecops-ext in the environment of the Jupyter server and restart it.'
        )
      };
    case 'server.unreachable':
      return {
        message: trans.__('The Jupyter server cannot be reached.'),
        hint: trans.__('Check the connection and try again.')
      };
    case 'request.forbidden':
      return {
        message: trans.__('The Jupyter server does not let you do this.'),
        hint: trans.__(
          'If you were signed out, reload the page and sign in. Else whoever runs the server says who may look, change files or run something.'
        )
      };
    case 'export.own-notebook':
      return {
        message: trans.__('The export would take the place of this notebook.'),
        hint: trans.__('Choose another folder.')
      };
    case 'export.files-changed':
      return {
        message: trans.__(
          'Nothing was written: %1 changed meanwhile.',
          String(problem.details['files'])
        ),
        hint: trans.__('Look at the preview again.')
      };
    case 'import.file-missing':
      return {
        message: trans.__('There is no file %1.', String(problem.details['files'])),
        hint: ''
      };
    case 'job.cancelled':
      return { message: trans.__('It was cancelled.'), hint: '' };
    case 'job.lost':
      return {
        message: message || trans.__('The job was lost when the server stopped.'),
        hint: hint || trans.__('Start it again.')
      };
    default:
      return (
        splitProblem(problem, trans) ??
        releaseProblem(problem, trans) ?? {
          message: message || trans.__('Something unexpected happened.'),
          hint
        }
      );
  }
}

/** What the browser itself finds wrong with a split; null for other problems. */
function splitProblem(
  { code, message, hint, details }: IProblem,
  trans: TranslationBundle
): { message: string; hint: string } | null {
  switch (code) {
    case 'split.name-missing':
      return { message: trans.__('A step needs a name.'), hint: '' };
    case 'split.name-taken':
      return {
        message: trans.__('There is a step called %1 already.', String(details['name'])),
        hint: ''
      };
    case 'split.preview-outdated':
      return {
        message:
          message ||
          trans.__('The notebook or its steps have changed since the preview.'),
        hint: hint || trans.__('Nothing was written. Look at the new preview.')
      };
    case 'split.not-shown':
      return {
        message: trans.__('There is no preview that could be applied.'),
        hint: trans.__('Wait for the preview, and look at it.')
      };
    default:
      return null;
  }
}
