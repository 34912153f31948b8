import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';

/** The project's folder. */
export const PROJECT = path.resolve(__dirname, '..', '..');

const BUILD = path.join(PROJECT, 'aidevsecops_ext', 'labextension');

/** What every server of the tests lets in. */
export const TOKEN = 'browser-tests';

/** How long a server may take to start, in milliseconds. */
export const START_MS = 120_000;

const STOP_MS = 15_000;
const POLL_MS = 100;

/** Which server to start. */
export interface ServerKind {
  /** A word for its folder. */
  name: 'main' | 'without' | 'shared' | 'indexed' | 'git';
  /** The address below the host, with a slash at both ends. */
  baseUrl: string;
  /** The virtual environment that JupyterLab is started from. */
  venv: string;
  /** Whether our server extension is on. */
  hasExtension: boolean;
  /** Whether JupyterLab's extension for Git is on, which `make demo` leaves behind. */
  hasGit: boolean;
}

/** A server under a path, as behind a JupyterHub. */
export const MAIN: ServerKind = {
  name: 'main',
  baseUrl: '/user/ada/',
  venv: path.join(PROJECT, '.venv'),
  hasExtension: true,
  hasGit: false
};

/** A server whose own package index a test file chooses, before anything is searched on it. */
export const INDEXED: ServerKind = { ...MAIN, name: 'indexed' };

/** A server on which only the front end is installed. */
export const WITHOUT_EXTENSION: ServerKind = {
  ...MAIN,
  name: 'without',
  baseUrl: '/',
  hasExtension: false
};

/** A server on which several people work on one notebook. */
export const SHARED: ServerKind = {
  name: 'shared',
  baseUrl: '/',
  venv: path.join(PROJECT, 'ui-tests', '.venv'),
  hasExtension: true,
  hasGit: true
};

/** A server with JupyterLab's extension for Git, on which everybody works alone. */
export const WITH_GIT: ServerKind = { ...SHARED, name: 'git' };

/** Git as on a machine where nobody has said yet who commits. */
const UNKNOWN = {
  GIT_CONFIG_GLOBAL: os.devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: undefined,
  GIT_AUTHOR_EMAIL: undefined,
  GIT_COMMITTER_NAME: undefined,
  GIT_COMMITTER_EMAIL: undefined,
  EMAIL: undefined
};

/** What the server tells of a job, as far as the tests ask. */
interface Job {
  job_id: string;
  state: string;
  ended_at: number | null;
}

/** A running Jupyter server with a folder of its own. */
export class Server {
  private constructor(
    readonly kind: ServerKind,
    readonly port: number,
    private readonly _home: string,
    private readonly _child: ChildProcess
  ) {}

  /**
   * Start a server that asks this service for advisories; nothing of the user's Jupyter folders
   * is read or written.
   */
  static async start(kind: ServerKind, advisoryService: string): Promise<Server> {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), `aidevsecops-ui-${kind.name}-`));
    const port = await freePort();
    fs.mkdirSync(path.join(home, 'root'));
    // The build of this working copy, whatever the environment has installed.
    const extensions = path.join(home, 'data', 'labextensions');
    fs.mkdirSync(extensions, { recursive: true });
    fs.symlinkSync(BUILD, path.join(extensions, 'aidevsecops'));
    const page = { disabledExtensions: { '@jupyterlab/git': !kind.hasGit } };
    fs.mkdirSync(path.join(home, 'config', 'labconfig'), { recursive: true });
    fs.writeFileSync(
      path.join(home, 'config', 'labconfig', 'page_config.json'),
      JSON.stringify(page)
    );
    const log = fs.openSync(path.join(home, 'server.log'), 'a');
    const bin = path.join(kind.venv, 'bin');
    const config = path.join(__dirname, '..', 'servers', 'jupyter_server_config.py');
    const child = spawn(path.join(bin, 'jupyter'), ['lab', '--config', config], {
      cwd: home,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        PATH: `${bin}${path.delimiter}${process.env.PATH}`,
        VIRTUAL_ENV: kind.venv,
        UI_HOME: home,
        UI_ROOT: path.join(home, 'root'),
        UI_PORT: String(port),
        UI_TOKEN: TOKEN,
        UI_BASE_URL: kind.baseUrl,
        UI_ADVISORY_SERVICE: advisoryService,
        // Only an index of the tests' own is asked for all of its names.
        UI_PACKAGE_LIST_HOURS: kind.name === INDEXED.name ? '24' : '0',
        UI_ALONE: kind.name === WITH_GIT.name ? '1' : '',
        UI_EXTENSION: kind.hasExtension ? '1' : '',
        PYTHONPATH: PROJECT,
        JUPYTER_DATA_DIR: path.join(home, 'data'),
        JUPYTER_CONFIG_DIR: path.join(home, 'config'),
        JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
        // The user trusts what lies below the root: the tests' own index is in a uv.toml there.
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'aidevsecops.trusted',
        GIT_CONFIG_VALUE_0: path.join(home, 'root'),
        ...(kind.name === WITH_GIT.name ? UNKNOWN : {})
      }
    });
    fs.closeSync(log);
    const server = new Server(kind, port, home, child);
    server._quieten();
    await server._waitUntilItAnswers();
    return server;
  }

  /** The address that all others begin with; ends with a slash. */
  get url(): string {
    return `http://127.0.0.1:${this.port}${this.kind.baseUrl}`;
  }

  /** The folder whose notebooks it shows. */
  get root(): string {
    return path.join(this._home, 'root');
  }

  /** The process id. */
  get pid(): number {
    return this._child.pid ?? 0;
  }

  /** What it has written. */
  get log(): string {
    return fs.readFileSync(path.join(this._home, 'server.log'), 'utf-8');
  }

  /** Ask the server as a script would; the answer's status must be good. */
  async ask(method: string, where: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(new URL(where, this.url), {
      method,
      headers: { Authorization: `token ${TOKEN}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body)
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${where}: ${answer.status} ${text}`);
    }
    return text ? JSON.parse(text) : null;
  }

  /** The state of each job on record. */
  async jobStates(): Promise<string[]> {
    return (await this._jobs()).map(job => job.state);
  }

  /** Choose a user's setting of a plugin, until the end of the test. */
  choose(plugin: string, settings: Record<string, unknown>): void {
    const [extension, name] = plugin.split(':');
    const folder = path.join(this._home, 'settings', ...extension.split('/'));
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${name}.jupyterlab-settings`);
    fs.writeFileSync(file, JSON.stringify(settings));
  }

  /**
   * Make it as it was before a test: no sessions, no jobs, no kernels of ours, no settings, nothing
   * that Elyra sees, and no files, since overlays are listed from all folders.
   */
  async tidy(): Promise<void> {
    const sessions = (await this.ask('GET', 'api/sessions')) as { id: string }[];
    await Promise.all(sessions.map(({ id }) => this.ask('DELETE', `api/sessions/${id}`)));
    if (this.kind.hasExtension) {
      await this._forgetJobs();
      await this._deleteKernels();
    }
    fs.rmSync(path.join(this._home, 'settings'), { recursive: true, force: true });
    // What was cancelled may still be at work in its folder.
    const rest = { recursive: true, force: true, maxRetries: 5 };
    fs.rmSync(path.join(this._home, 'data', 'metadata'), rest);
    fs.readdirSync(this.root).forEach(name =>
      fs.rmSync(path.join(this.root, name), rest)
    );
    this._quieten();
  }

  /** Stop the server and remove its folder. */
  async stop(): Promise<void> {
    const ended = new Promise(resolve => this._child.once('exit', resolve));
    if (this._child.exitCode === null && this._child.signalCode === null) {
      this._child.kill('SIGTERM');
      const timer = setTimeout(() => this._child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    fs.rmSync(this._home, { recursive: true, force: true });
  }

  private async _jobs(): Promise<Job[]> {
    return ((await this.ask('GET', 'aidevsecops-ext/jobs')) as { jobs: Job[] }).jobs;
  }

  private async _forgetJobs(): Promise<void> {
    const active = (await this._jobs()).filter(job => job.ended_at === null);
    const where = (id: string): string => `aidevsecops-ext/jobs/${id}`;
    await Promise.all(active.map(job => this.ask('DELETE', where(job.job_id))));
    await this.ask('DELETE', 'aidevsecops-ext/jobs');
  }

  private async _deleteKernels(): Promise<void> {
    const where = 'aidevsecops-ext/kernels';
    const { kernels } = (await this.ask('GET', where)) as { kernels: { name: string }[] };
    for (const { name } of kernels) {
      await this.ask('DELETE', `${where}/${name}`);
    }
  }

  /** Keep JupyterLab from asking whether it may fetch news. */
  private _quieten(): void {
    this.choose('@jupyterlab/apputils-extension:notification', { fetchNews: 'false' });
  }

  private async _waitUntilItAnswers(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && this._child.exitCode === null) {
      const answer = await fetch(new URL('api', this.url)).catch(() => null);
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`The server did not start.\n${this.log}`);
  }
}

/** A port that nobody listens on, so that several runs do not meet. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
