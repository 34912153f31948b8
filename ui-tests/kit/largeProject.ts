import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { components } from '../../src/generated/api';
import type { Folder } from './folder';
import { MAIN, PROJECT, type Server } from './server';
import { notebook } from './notebooks';

type Schemas = components['schemas'];

/** How large a project is that few people have. */
export const SIZES = { notebooks: 2000, requirements: 500, jobs: 200 };

/** Write such a project, as the benchmarks of the server have it; `wide.ipynb` has the requirements. */
export function writeLargeProject(folder: Folder): void {
  execFileSync(
    path.join(MAIN.venv, 'bin', 'python'),
    [
      path.join(PROJECT, 'benchmarks', 'large_project.py'),
      folder.location,
      String(SIZES.notebooks),
      String(SIZES.requirements)
    ],
    { env: { ...process.env, PYTHONPATH: PROJECT } }
  );
}

/** Queue that many locks of notebooks that need nothing, twenty at a time; their ids. */
export async function queueJobs(
  server: Server,
  folder: Folder,
  count: number,
  word: string
): Promise<string[]> {
  const ids: string[] = [];
  const numbers = Array.from({ length: count }, (_, number) => number);
  const post = async (): Promise<void> => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      const body = {
        path: folder.path(`${word}-${number}.ipynb`),
        notebook: notebook(['import os']),
        upgrade: true
      };
      const job = await server.ask('POST', 'aidevsecops-ext/notebooks/locks', body);
      ids.push((job as Schemas['Job']).job_id);
    }
  };
  await Promise.all(Array.from({ length: 20 }, post));
  return ids;
}

/** The job of a tree of the wide notebook that has ended: each package asks for the next one. */
export function wideTree(notebook: string): Schemas['Job'] {
  const name = (number: number): string => `package-${String(number).padStart(3, '0')}`;
  const edge = (to: string | null): Schemas['TreeEdge'] => ({
    name: to,
    specifier: '>=1.0',
    markers: '',
    extras: []
  });
  const packages = Array.from({ length: SIZES.requirements }, (_, number) => ({
    name: name(number),
    version: '1.0.0',
    dev: false,
    direct: true,
    why: [name(number)],
    required_by: [edge(null)],
    requires: number + 1 < SIZES.requirements ? [edge(name(number + 1))] : []
  }));
  return {
    job_id: 'tree',
    url: '/aidevsecops-ext/jobs/tree',
    kind: 'tree',
    key: notebook,
    title: 'Tree of wide.ipynb',
    state: 'succeeded',
    created_at: 1,
    started_at: 1,
    ended_at: 1,
    progress: null,
    result: { notebook, target: {}, packages, notes: [] },
    error: null
  };
}
