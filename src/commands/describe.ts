import type { ReadonlyJSONObject } from '@lumino/coreutils';

const NOTEBOOK = {
  path: {
    type: 'string',
    description: "The open notebook's path; the current notebook when left out"
  },
  panel_id: { type: 'string', description: "The id of the open notebook's panel" }
};

/** What a command says of its arguments: which notebook, and these besides. */
export function notebookArgs(
  more: ReadonlyJSONObject = {},
  required: string[] = []
): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: { ...NOTEBOOK, ...more }, required } };
}

/** What a command says of its arguments when it works on one job. */
export function jobArgs(): { args: ReadonlyJSONObject } {
  return {
    args: {
      type: 'object',
      properties: { job_id: { type: 'string', description: "The job's id" } },
      required: ['job_id']
    }
  };
}

/** What a command says of its arguments when it has none. */
export function noArgs(): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: {} } };
}
