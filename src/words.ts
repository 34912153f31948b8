/**
 * Words of actions and states, each with its one meaning. What a button, a command or a dialog says begins
 * with one of these words; `__tests__/words.spec.ts` looks at all of them, and docs/explanation/words.md lists them.
 */

/** What an action's first word means. */
export const ACTIONS = {
  Add: 'Put something new into a list or a file.',
  Adopt: 'Write what a project lacks of the template.',
  Apply: 'Take over what was shown.',
  Ask: 'Open an issue that a bot reads.',
  Audit: 'Look up known advisories.',
  Back: 'Go to what was shown before.',
  Cancel: 'End what runs, or leave a question without an answer.',
  Check: 'Say what does not hold, and change nothing.',
  Clear: 'Take what has ended out of a list.',
  Close: 'Put away what was only shown.',
  Compare: 'Show what differs.',
  Copy: 'Put into the clipboard.',
  Create: 'Make something that was not there: a kernel, steps, a pipeline, an issue.',
  Cut: 'Release a version.',
  Declare: 'Write down what was only imported so far.',
  Delete: 'Destroy for good; it is asked before.',
  Discard: 'Leave a result that was not taken over yet.',
  Do: 'Do what comes next in the project.',
  Done: 'End the tour.',
  Edit: 'Change what is there, in a form.',
  Export: 'Write for another tool.',
  Extract: 'Write an overlay of a notebook.',
  Fit: 'Make as large as there is room.',
  Give: 'Hand over a token.',
  Go: 'Scroll to a cell.',
  Import: 'Take over from another tool.',
  Lock: 'Record exact versions with hashes.',
  Manage: 'List things and what can be done with each.',
  Merge: 'Make one of two steps.',
  Move: 'Put elsewhere in the order.',
  Next: 'Go on in the tour.',
  Open: 'Open a document, a page of the web or another panel.',
  Plan: 'Say all that a release would do.',
  Record: 'Write requirements down for what was done by hand.',
  Redo: 'Do again what was undone.',
  Refresh: 'Bring up to what it comes from: a list to its files, a kernel to its lock.',
  Register: 'Let pipelines use an image.',
  Release: 'Carry the plan of a release out.',
  Remove: 'Take out of a list or a file; it can be undone.',
  Rename: 'Give another name.',
  Resume: 'Go on with what was left half done.',
  Retry: 'Do once more what failed.',
  Review: 'Show what is to be agreed to.',
  Run: 'Execute a pipeline or a part of it.',
  Save: 'Keep what was entered.',
  Show: 'Show what is there.',
  Split: 'Begin a step, or make steps of a notebook.',
  Submit: 'Have it run on an engine.',
  Tag: 'Have the forge tag what was merged.',
  Take: 'Begin the tour.',
  Test: 'Ask whether a configuration works.',
  Trust: 'Agree to an index.',
  Undo: 'Take back what was done.',
  Update: 'Write in the version of the format that is current.',
  Upgrade: 'Lock newer versions.',
  Use: 'Switch a notebook to a kernel.',
  Verify: 'Run the steps and compare them with their notebook.'
} as const;

/** What something is doing; nothing else ends with three dots without asking. */
export const ACTIVITIES = {
  Cancelling: 'It was cancelled and has not ended.',
  Comparing: 'A kernel is compared with a lock.',
  Creating: 'Something is created.',
  Loading: 'It is read, and will be shown.',
  Locking: 'A lock is made.',
  Planning: 'A release is planned.',
  Releasing: 'A release is carried out.',
  Searching: 'Names are looked for while they are typed.',
  Waiting: 'Nothing has been said yet.'
} as const;

/** Names of things in place of a word: what they do is what the things are. */
export const NAMES = ['AIDevSecOps Doctor', 'Options…'] as const;

/** Nothing is asked before these, so they never end with three dots. */
export const UNASKED: readonly Action[] = [
  'Audit',
  'Cancel',
  'Check',
  'Close',
  'Compare',
  'Copy',
  'Go',
  'Open',
  'Redo',
  'Retry',
  'Show',
  'Upgrade',
  'Use',
  'Verify'
];

/** The first word of an action. */
export type Action = keyof typeof ACTIONS;
