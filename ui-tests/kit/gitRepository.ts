import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Folder } from './folder';

/** Nothing that is set up on this machine says how the tests commit. */
const BARE = { GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_NOSYSTEM: '1' };

/** A Git repository below the server's root, with a bare remote beside it. */
export class GitRepository {
  private constructor(
    private readonly _folder: Folder,
    readonly name: string
  ) {}

  /** A repository of version 1.2.0 with a feature that is not released, pushed to its remote. */
  static create(folder: Folder, name = 'churn'): GitRepository {
    const made = new GitRepository(folder, name);
    fs.mkdirSync(made._root, { recursive: true });
    made.git('init', '--quiet', '--initial-branch=main');
    const settings = {
      'user.name': 'Jo',
      'user.email': 'jo@example.org',
      'commit.gpgSign': 'false',
      'tag.gpgSign': 'false'
    };
    Object.entries(settings).forEach(([key, value]) => made.git('config', key, value));
    made.commit('Begin', { 'version.py': '__version__ = "1.2.0"\n' });
    made.git('tag', '-a', 'v1.2.0', '-m', 'v1.2.0');
    made.git('clone', '--quiet', '--bare', '.', made._remote);
    made.git('remote', 'add', 'origin', made._remote);
    made.commit('feat: answer sooner', { 'answers.py': 'SOON = True\n' });
    made.git('push', '--quiet', '--set-upstream', 'origin', 'main');
    return made;
  }

  /** The path that JupyterLab knows a file by. */
  path(file: string): string {
    return this._folder.path(`${this.name}/${file}`);
  }

  /** Run git; what it says. */
  git(...words: string[]): string {
    return this._run(this._root, words);
  }

  /** Run git in the remote. */
  remote(...words: string[]): string {
    return this._run(this._remote, words);
  }

  /** Write files. */
  write(files: Record<string, string>): void {
    Object.entries(files).forEach(([file, text]) =>
      this._folder.writeText(`${this.name}/${file}`, text)
    );
  }

  /** Write files and commit them. */
  commit(subject: string, files: Record<string, string>): void {
    this.write(files);
    this.git('add', '--', ...Object.keys(files));
    this.git('commit', '--quiet', '-m', subject);
  }

  /** Whether there is a file. */
  has(file: string): boolean {
    return fs.existsSync(path.join(this._root, file));
  }

  /** Let the remote be gone as soon as something is pushed, so that nobody knows what it has. */
  breakOff(): void {
    const script = `#!/bin/sh\nmv '${this._remote}' '${this._remote}-away'\nexit 1\n`;
    fs.writeFileSync(this._hook, script, { mode: 0o755 });
  }

  /** Let the remote be there again. */
  mend(): void {
    fs.rmSync(this._hook);
    fs.renameSync(`${this._remote}-away`, this._remote);
  }

  private get _hook(): string {
    return path.join(this._root, '.git', 'hooks', 'pre-push');
  }

  private get _root(): string {
    return path.join(this._folder.location, this.name);
  }

  private get _remote(): string {
    return path.join(this._folder.location, `${this.name}.git`);
  }

  private _run(cwd: string, words: string[]): string {
    const env = { ...process.env, ...BARE };
    return execFileSync('git', words, { cwd, env, encoding: 'utf-8' }).trim();
  }
}
