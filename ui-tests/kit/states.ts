import type { Page } from '@playwright/test';
import type { components } from '../../src/generated/api';

type Schemas = components['schemas'];
type Link = Schemas['ProjectLink'];
type Row = Schemas['Dependencies']['requirements'][number];

/** What the server says of one section, and the words by which one knows that it is shown. */
export interface State {
  /** A word for the picture. */
  name: string;
  /** What each route answers, by the end of its path. */
  answers: Record<string, object>;
  /** Some text of the section. */
  text: string | RegExp;
}

/** A time that lies as far back at every run. */
export const NOW = new Date('2026-11-20T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;

const link = (
  name: Link['name'],
  state: Link['state'],
  summary: string,
  next: Link['next'] = null
): Link => ({ name, state, summary, details: [], next });

const GIT = {
  branch: 'main',
  upstream: 'origin/main',
  ahead: 2,
  behind: 0,
  uncommitted: ['train.ipynb'],
  problem: ''
};

function project(change: Partial<Schemas['Project']>): Record<string, object> {
  const whole: Schemas['Project'] = {
    path: 'project',
    name: 'churn',
    git: GIT,
    links: [
      link('notebooks', 'good', '2 of 2 notebooks locked.'),
      link('overlays', 'good', '3 of 3 overlays fresh.'),
      link('advisories', 'good', 'Nothing is known against 5 locks; looked up today.'),
      link('pipeline', 'good', 'The last run succeeded.'),
      link('images', 'none', 'No runtime images are used.'),
      link('release', 'good', 'v1.2.0 has everything.')
    ],
    next: null,
    adoption: { offered: false, repository: true, missing: [] },
    ...change
  };
  return { '/project': whole };
}

function row(name: string, change: Partial<Row> = {}): Row {
  return {
    name,
    specifier: '',
    extras: [],
    markers: '',
    index: null,
    dev: false,
    source: 'import',
    imports: [name],
    cells: [0],
    optional: false,
    declared: false,
    locked_version: null,
    ...change
  };
}

function dependencies(
  change: Partial<Schemas['Dependencies']>
): Record<string, Schemas['Dependencies']> {
  const whole: Schemas['Dependencies'] = {
    notebook: 'project/train.ipynb',
    status: 'unlocked',
    details: [],
    engine: null,
    python_version: '3.12',
    indexes: [],
    requirements: [row('pandas'), row('scikit-learn', { imports: ['sklearn'] })],
    unresolved: [],
    local: [],
    problems: [],
    lock: null,
    ...change
  };
  return { '/notebooks/dependencies': whole };
}

const overlay = (
  name: string,
  change: Partial<Schemas['OverlaySummary']> = {}
): Schemas['OverlaySummary'] => ({
  name,
  folder: `project/overlays/${name}`,
  status: 'fresh',
  packages: 12,
  python_version: '3.12',
  notebook: 'project/train.ipynb',
  step: 'load',
  ...change
});

const OVERLAYS = [
  overlay('load'),
  overlay('train', {
    status: 'stale',
    step: 'train',
    reasons: ['requests is imported and not asked for.']
  }),
  overlay('report', { status: 'unlocked', packages: null, step: null })
];

function releases(change: Partial<Schemas['Releases']>): Record<string, object> {
  const whole: Schemas['Releases'] = {
    repository: 'project',
    branch: 'main',
    remote: 'origin',
    current: '1.2.0',
    versions: [{ file: 'version.py', line: 1, value: '1.2.0' }],
    next: { major: '2.0.0', minor: '1.3.0', patch: '1.2.1' },
    problem: '',
    release: null,
    running: false,
    published: 'nothing',
    pull_request: null,
    can_resume: false,
    can_undo: false,
    tags: [{ name: 'v1.2.0', commit: 'c1', date: '2026-11-01T10:00:00Z', url: null }],
    workflow_missing: false,
    ...change
  };
  return {
    '/releases': whole,
    '/releases/notes': {
      repository: 'project',
      since: 'v1.2.0',
      count: 2,
      notes:
        '### Added\n\n- Wait for what is asked\n\n### Fixed\n\n- Read the last row\n',
      next: '1.3.0'
    }
  };
}

const job = (id: string, change: Partial<Schemas['Job']>): Schemas['Job'] => ({
  job_id: id,
  url: `/aidevsecops-ext/jobs/${id}`,
  kind: 'release-note',
  key: 'project/train.ipynb',
  title: 'Lock train.ipynb',
  state: 'succeeded',
  created_at: SECONDS - 90,
  started_at: SECONDS - 89,
  ended_at: SECONDS - 77,
  progress: null,
  result: null,
  error: null,
  ...change
});

const FAILED = {
  code: 'lock.unsatisfiable',
  message: 'No version of pandas fits numpy<1.',
  hint: 'Loosen one of them.',
  details: {}
};

/** What has a section read anew: a command, and the button that confirms it. */
interface Part {
  refresh: string;
  confirm?: string;
  states: readonly State[];
}

/** The states of each section, in the order in which they are shown. */
export const STATES: Record<string, Part> = {
  Project: {
    refresh: 'refresh-project',
    states: [
      { name: 'good', answers: project({}), text: 'Nothing is due.' },
      {
        name: 'offered',
        answers: project({
          git: null,
          adoption: { offered: true, repository: false, missing: ['.thoth.yaml'] }
        }),
        text: 'The folder is no project yet.'
      },
      {
        name: 'due',
        answers: project({
          next: 'overlays',
          links: [
            link('notebooks', 'attention', '1 of 4 notebooks locked.', {
              command: 'lock-notebook',
              arguments: { path: 'train.ipynb', within: '.' },
              paths: ['train.ipynb', 'report.ipynb', 'load.ipynb']
            }),
            link('overlays', 'problem', '2 of 3 overlays fresh.', {
              command: 'lock-overlay',
              arguments: { folder: 'overlays/load' }
            }),
            link('advisories', 'unknown', 'Not looked up yet.', {
              command: 'audit-project',
              arguments: {}
            }),
            link('pipeline', 'none', 'There is no pipeline.', {
              command: 'create-pipeline',
              arguments: { path: 'train.ipynb' }
            }),
            link('images', 'none', 'No runtime images are used.'),
            link('release', 'attention', '2 changes since v1.2.0; next is 1.3.0.', {
              command: 'cut-release',
              arguments: {}
            })
          ]
        }),
        text: '1 problem, 2 to do, 1 not known'
      }
    ]
  },
  Dependencies: {
    refresh: 'refresh-dependencies',
    states: [
      { name: 'unlocked', answers: dependencies({}), text: 'Not locked' },
      {
        name: 'stale',
        answers: dependencies({
          status: 'stale',
          engine: 'uv',
          requirements: [row('pandas', { locked_version: '2.2.0' }), row('requests')]
        }),
        text: 'The lock is stale'
      },
      {
        name: 'fresh',
        answers: dependencies({
          status: 'fresh',
          engine: 'uv',
          requirements: [
            row('pandas', { locked_version: '2.2.0' }),
            row('scikit-learn', {
              specifier: '>=1.4',
              declared: true,
              source: 'metadata',
              locked_version: '1.5.1'
            })
          ]
        }),
        text: 'Locked'
      },
      {
        name: 'problems',
        answers: dependencies({
          unresolved: [{ import: 'our_library', cells: [0], optional: false }],
          problems: [
            {
              code: 'notebook.syntax',
              cell: 0,
              line: 2,
              message: 'The cell cannot be read.'
            }
          ]
        }),
        text: 'our_library'
      }
    ]
  },
  Overlays: {
    refresh: 'refresh-overlays',
    states: [
      {
        name: 'none',
        answers: {
          '/overlays': { overlays: [], problems: [] },
          '/overlays/checks': { checks: [], problems: [] }
        },
        text: 'The project has no overlays.'
      },
      {
        name: 'mixed',
        answers: {
          '/overlays': { overlays: OVERLAYS, problems: [] },
          '/overlays/checks': {
            checks: OVERLAYS.map(one => ({
              overlay: one,
              details: [],
              serves: one.notebook
            })),
            problems: []
          }
        },
        // What comes last.
        text: 'unverified'
      }
    ]
  },
  Pipelines: {
    refresh: 'refresh-pipelines',
    states: [
      {
        name: 'none',
        answers: { '/pipelines': { pipelines: [] }, '/pipelines/runs': { runs: [] } },
        text: 'The project has no pipelines.'
      },
      {
        name: 'not-run',
        answers: {
          '/pipelines': {
            pipelines: [
              {
                path: 'project/churn.pipeline',
                runtime_type: '',
                nodes: [
                  { name: 'load', file: 'load.ipynb', upstream: [], runs_here: true },
                  {
                    name: 'train',
                    file: 'train.ipynb',
                    upstream: ['load'],
                    runs_here: true
                  }
                ],
                parameters: [],
                error: null
              }
            ]
          },
          '/pipelines/runs': { runs: [] }
        },
        text: 'It was not run here yet.'
      }
    ]
  },
  Release: {
    refresh: 'refresh-releases',
    states: [
      { name: 'changes', answers: releases({}), text: 'They ask for 1.3.0.' },
      {
        name: 'problem',
        answers: releases({ problem: 'The files disagree.', current: null }),
        text: 'The files disagree.'
      }
    ]
  },
  Jobs: {
    refresh: 'clear-jobs',
    confirm: 'Clear',
    states: [
      {
        name: 'several',
        answers: {
          '/jobs': {
            jobs: [
              job('a', {
                state: 'running',
                ended_at: null,
                progress: { message: 'Resolving', fraction: 0.4 }
              }),
              job('b', { title: 'Run churn.pipeline', state: 'failed', error: FAILED }),
              job('c', { title: 'Split report.ipynb' }),
              job('d', { title: 'Cut 1.3.0', state: 'cancelled' })
            ]
          }
        },
        text: 'Cut 1.3.0'
      },
      { name: 'none', answers: { '/jobs': { jobs: [] } }, text: 'No jobs.' }
    ]
  }
};

/** A server that says what a test has it say, on the routes that are named. */
export class Said {
  private constructor() {}

  /** Have the page hear of the first state of each section. */
  static async on(page: Page): Promise<Said> {
    const said = new Said();
    for (const { states } of Object.values(STATES)) {
      said.say(states[0]);
    }
    await page.route('**/aidevsecops-ext/**', async route => {
      const [, path] = new URL(route.request().url()).pathname.split('/aidevsecops-ext');
      const answer = said._answers.get(path);
      await (answer ? route.fulfill({ json: answer }) : route.fallback());
    });
    return said;
  }

  /** Say that from now on. */
  say({ answers }: State): void {
    Object.entries(answers).forEach(([path, answer]) => this._answers.set(path, answer));
  }

  private readonly _answers = new Map<string, object>();
}
