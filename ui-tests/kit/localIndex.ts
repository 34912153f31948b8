import { createHash } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';

/** A package of the index: its requirements by version. */
export type Versions = Record<string, readonly string[]>;

/** What an index says of a version besides its requirements. */
export interface Facts {
  'requires-python'?: string;
  'upload-time'?: string;
  yanked?: string;
}

/** A package index on this machine, with packages that nobody else has, and with pauses. */
export class LocalIndex {
  private constructor(private readonly _server: http.Server) {
    _server.on('request', (request, response) => this._answer(request, response));
  }

  /** Start an index that has no packages yet. */
  static async start(): Promise<LocalIndex> {
    const server = http.createServer();
    const index = new LocalIndex(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return index;
  }

  /** The address to configure uv with. */
  get url(): string {
    const { port } = this._server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/simple`;
  }

  /** A uv.toml that makes this index one more of the user's own. */
  get configuration(): string {
    return `[[index]]\nname = "local"\nurl = "${this.url}"\n`;
  }

  /** The same, with no other index beside it. */
  get onlyConfiguration(): string {
    return `${this.configuration}default = true\n`;
  }

  /** Offer a package. */
  offer(name: string, versions: Versions, facts: Record<string, Facts> = {}): void {
    this._packages.set(name, versions);
    this._facts.set(name, facts);
  }

  /** Offer a package, but let everybody who asks for it wait. */
  hold(name: string, versions: Versions): void {
    this.offer(name, versions);
    this._held.set(name, []);
  }

  /** Let those go on who wait for a package. */
  release(name: string): void {
    const waiting = this._held.get(name) ?? [];
    this._held.delete(name);
    waiting.forEach(answer => answer());
  }

  /** Whether anybody waits for a package. */
  isAskedFor(name: string): boolean {
    return (this._held.get(name) ?? []).length > 0;
  }

  /** Stop, whoever may be waiting. */
  async stop(): Promise<void> {
    this._server.closeAllConnections();
    await new Promise(resolve => this._server.close(resolve));
  }

  private _answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const [, kind, name = '', file = ''] = (request.url ?? '').split('/');
    if (kind === 'simple' && name === '') {
      const projects = [...this._packages.keys()].map(project => ({ name: project }));
      response.writeHead(200, { 'Content-Type': JSON_TYPE });
      response.end(JSON.stringify({ meta: { 'api-version': '1.1' }, projects }));
      return;
    }
    const versions = this._packages.get(name);
    if (!versions) {
      response.writeHead(404).end();
      return;
    }
    const send = (): void => {
      if (kind === 'files') {
        const version = file.split('-')[1];
        response.end(metadataOf(name, version, versions[version]));
      } else {
        // uv would else not ask again for what a test has changed meanwhile.
        response.writeHead(200, {
          'Content-Type': JSON_TYPE,
          'Cache-Control': 'no-store'
        });
        response.end(JSON.stringify(this._listing(name, versions)));
      }
    };
    const waiting = this._held.get(name);
    if (waiting) {
      waiting.push(send);
    } else {
      send();
    }
  }

  private _listing(name: string, versions: Versions): unknown {
    const files = Object.entries(versions).map(([version, requirements]) => {
      const filename = `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
      const metadata = metadataOf(name, version, requirements);
      return {
        filename,
        url: new URL(`/files/${name}/${filename}`, this.url).href,
        // uv resolves from the metadata alone; nobody ever asks for the wheel itself.
        hashes: { sha256: sha256(`${filename} has no content`) },
        'core-metadata': { sha256: sha256(metadata) },
        yanked: false,
        ...this._facts.get(name)?.[version]
      };
    });
    return {
      meta: { 'api-version': '1.1' },
      name,
      files,
      versions: Object.keys(versions)
    };
  }

  private readonly _packages = new Map<string, Versions>();
  private readonly _facts = new Map<string, Record<string, Facts>>();
  private readonly _held = new Map<string, (() => void)[]>();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function metadataOf(
  name: string,
  version: string,
  requirements: readonly string[]
): string {
  return [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...requirements.map(requirement => `Requires-Dist: ${requirement}`),
    ''
  ].join('\n');
}
