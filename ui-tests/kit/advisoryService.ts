import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

const MODIFIED = '2026-01-02T00:00:00Z';

/** The words for how bad something is, with a vector that comes to it. */
const VECTORS = {
  critical: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  high: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
  moderate: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:L/A:N',
  low: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N'
};

/** What is known against some versions of a package. */
export interface Advisory {
  id: string;
  package: string;
  /** The versions that it is against. */
  versions: readonly string[];
  severity: keyof typeof VECTORS;
  /** The first version without it. */
  fixed?: string;
  aliases?: readonly string[];
  summary?: string;
}

/** One question of a batch. */
interface Query {
  package: { name: string };
  version: string;
}

/** An OSV service on this machine, that knows what a test has published, and can be away. */
export class AdvisoryService {
  private constructor(private readonly _server: http.Server) {
    _server.on('request', (request, response) => void this._answer(request, response));
  }

  /** Start a service that knows nothing. */
  static async start(): Promise<AdvisoryService> {
    const server = http.createServer();
    const service = new AdvisoryService(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** The address to configure our server with. */
  get url(): string {
    const { port } = this._server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** How many batches of packages it was asked for. */
  get askedCount(): number {
    return this._askedCount;
  }

  /** Make something known against a package. */
  publish(advisory: Advisory): void {
    this._advisories.push(advisory);
  }

  /** Answer nobody that there is anything to be known. */
  goAway(): void {
    this._isAway = true;
  }

  /** Let everybody who asks wait. */
  hold(): void {
    this._waiting = [];
  }

  /** Let those go on who wait. */
  release(): void {
    const waiting = this._waiting ?? [];
    this._waiting = null;
    waiting.forEach(answer => answer());
  }

  /** Make it as it was at the start. */
  forget(): void {
    this._advisories.length = 0;
    this._isAway = false;
    this._askedCount = 0;
    this.release();
  }

  /** Stop, whoever may be waiting. */
  async stop(): Promise<void> {
    this._server.closeAllConnections();
    await new Promise(resolve => this._server.close(resolve));
  }

  private async _answer(
    request: http.IncomingMessage,
    response: http.ServerResponse
  ): Promise<void> {
    const body = await textOf(request);
    if (this._isAway) {
      response.writeHead(503).end();
      return;
    }
    if (request.method === 'GET') {
      this._sendRecord(request.url?.split('/').pop() ?? '', response);
      return;
    }
    this._askedCount += 1;
    const { queries } = JSON.parse(body) as { queries: Query[] };
    const answer = (): void =>
      send(response, { results: queries.map(query => this._result(query)) });
    if (this._waiting) {
      this._waiting.push(answer);
    } else {
      answer();
    }
  }

  private _result({ package: { name }, version }: Query): object {
    const found = this._advisories.filter(
      advisory => advisory.package === name && advisory.versions.includes(version)
    );
    return { vulns: found.map(({ id }) => ({ id, modified: MODIFIED })) };
  }

  private _sendRecord(wanted: string, response: http.ServerResponse): void {
    const advisory = this._advisories.find(({ id }) => id === wanted);
    if (advisory) {
      send(response, recordOf(advisory));
    } else {
      response.writeHead(404).end();
    }
  }

  private readonly _advisories: Advisory[] = [];
  private _waiting: (() => void)[] | null = null;
  private _isAway = false;
  private _askedCount = 0;
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf-8');
}

function send(response: http.ServerResponse, answer: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer));
}

/** The advisory in the form that OSV publishes. */
function recordOf(advisory: Advisory): object {
  const { id, package: name, versions, severity, fixed } = advisory;
  const events = [{ introduced: '0' }, ...(fixed ? [{ fixed }] : [])];
  return {
    schema_version: '1.7.0',
    id,
    modified: MODIFIED,
    published: '2026-01-01T00:00:00Z',
    aliases: advisory.aliases ?? [],
    summary: advisory.summary ?? `${name} reads more than it should`,
    details: 'Long words.',
    severity: [{ type: 'CVSS_V3', score: VECTORS[severity] }],
    affected: [
      {
        package: { name, ecosystem: 'PyPI', purl: `pkg:pypi/${name}` },
        ranges: [{ type: 'ECOSYSTEM', events }],
        versions
      }
    ],
    references: [{ type: 'ADVISORY', url: `https://advisories.example/${id}` }]
  };
}
