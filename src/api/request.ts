import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { IProblem } from '../tokens';

const NAMESPACE = 'aidevsecops-ext';

/** Code of a problem: the server cannot be reached at all. */
export const SERVER_UNREACHABLE = 'server.unreachable';
/** Code of a problem: the server answers, but our extension does not. */
export const SERVER_MISSING = 'server.missing';
/** Code of a problem: an answer that is not in the contract. */
export const SERVER_UNEXPECTED = 'server.unexpected';

/** Code of a problem: nobody is signed in, or they may not do this. */
export const FORBIDDEN = 'request.forbidden';

// What the codes are when somebody else answers in place of our extension, such as a hub.
const CODES: { [status: number]: string } = {
  401: FORBIDDEN,
  403: FORBIDDEN,
  404: SERVER_MISSING
};

/** A request to one of our routes. */
export interface IRequest {
  /** The HTTP method; GET when left out. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The query parameters; those without a value are left out. */
  query?: { [name: string]: string | number | undefined };
  /** The JSON body. */
  body?: object;
}

/** Sends a request below our namespace and returns the JSON answer. */
export type Request = <T>(path: string, request?: IRequest) => Promise<T>;

/** Returns the answer to a request below our namespace as it is. */
export type TextRequest = (path: string) => Promise<string>;

/** An answer that reports a problem, in the server's words. */
export class ApiError extends Error implements IProblem {
  constructor(
    readonly problem: IProblem,
    /** The HTTP status, 0 when there was no answer. */
    readonly status: number
  ) {
    super(problem.message);
    this.name = 'ApiError';
  }

  /** The stable dotted code. */
  get code(): string {
    return this.problem.code;
  }

  /** What to do about it. */
  get hint(): string {
    return this.problem.hint;
  }

  /** Facts for machines. */
  get details(): IProblem['details'] {
    return this.problem.details;
  }
}

/** The function that talks to the server of `settings`. */
export function createRequest(settings: ServerConnection.ISettings): Request {
  return async <T>(path: string, request: IRequest = {}): Promise<T> => {
    const response = await send(settings, path, request);
    const text = await response.text();
    const answer = parse(text);
    if (!response.ok) {
      throw problemOf(response.status, answer);
    }
    if (text !== '' && answer === undefined) {
      throw unexpected(response.status);
    }
    return answer as T;
  };
}

/** The function that reads pages from the server of `settings`. */
export function createTextRequest(settings: ServerConnection.ISettings): TextRequest {
  return async path => {
    const response = await send(settings, path, {});
    const text = await response.text();
    if (!response.ok) {
      throw problemOf(response.status, parse(text));
    }
    return text;
  };
}

async function send(
  settings: ServerConnection.ISettings,
  path: string,
  { method = 'GET', query = {}, body }: IRequest
): Promise<Response> {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams(
    pairs.map(([name, value]) => [name, String(value)])
  );
  const url = URLExt.join(settings.baseUrl, NAMESPACE, path);
  const search = parameters.size > 0 ? `?${parameters.toString()}` : '';
  try {
    return await ServerConnection.makeRequest(
      url + search,
      { method, ...(body ? { body: JSON.stringify(body) } : {}) },
      settings
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ApiError({ code: SERVER_UNREACHABLE, message, hint: '', details: {} }, 0);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(status: number, answer: unknown): ApiError {
  const body = (answer ?? {}) as Partial<IProblem>;
  if (typeof body.code === 'string') {
    const { code, message = '', hint = '', details = {} } = body;
    return new ApiError({ code, message, hint, details }, status);
  }
  const message = typeof body.message === 'string' ? body.message : '';
  const code = CODES[status] ?? SERVER_UNEXPECTED;
  return new ApiError({ code, message, hint: '', details: {} }, status);
}

function unexpected(status: number): ApiError {
  return new ApiError(
    { code: SERVER_UNEXPECTED, message: '', hint: '', details: {} },
    status
  );
}
