import { ServerConnection } from '@jupyterlab/services';
import { describe, expect, it } from 'vitest';
import {
  ApiError,
  createRequest,
  createTextRequest,
  FORBIDDEN,
  SERVER_MISSING
} from '../../api/request';

interface ISent {
  url: string;
  method: string;
  body: unknown;
}

function serverThatAnswers(
  status: number,
  text: string,
  sent: ISent[] = []
): ServerConnection.ISettings {
  const fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as globalThis.Request;
    const url = new URL(request.url);
    const body = await request.text();
    sent.push({
      // JupyterLab appends the time to every address, against caches.
      url: (url.pathname + url.search).replace(/[?&]\d+$/, ''),
      method: request.method,
      body: body === '' ? null : JSON.parse(body)
    });
    return new Response(status === 204 ? null : text, { status });
  };
  return ServerConnection.makeSettings({
    baseUrl: 'http://localhost/user/jo/',
    fetch: fetch as typeof globalThis.fetch
  });
}

describe('createRequest', () => {
  it('sends the body below the base address and our namespace', async () => {
    const sent: ISent[] = [];
    const request = createRequest(serverThatAnswers(200, '{"edit": 1}', sent));

    const answer = await request('notebooks/locks', {
      method: 'POST',
      body: { path: 'a.ipynb' }
    });

    expect(answer).toEqual({ edit: 1 });
    expect(sent).toEqual([
      {
        url: '/user/jo/aidevsecops-ext/notebooks/locks',
        method: 'POST',
        body: { path: 'a.ipynb' }
      }
    ]);
  });

  it('escapes query parameters and leaves out those without a value', async () => {
    const sent: ISent[] = [];
    const request = createRequest(serverThatAnswers(200, '{}', sent));

    await request('jobs', { query: { key: 'a b&c.ipynb', kind: undefined } });

    expect(sent[0].url).toBe('/user/jo/aidevsecops-ext/jobs?key=a+b%26c.ipynb');
  });

  it('accepts an answer without content', async () => {
    const request = createRequest(serverThatAnswers(204, ''));

    await expect(request('jobs', { method: 'DELETE' })).resolves.toBeUndefined();
  });

  it('throws the problem in the words of the server', async () => {
    const problem = {
      message: 'The notebook is in R.',
      reason: null,
      code: 'notebook.unsupported-language',
      hint: 'Choose a Python kernel.',
      details: { language: 'r' },
      request_id: '1'
    };
    const request = createRequest(serverThatAnswers(422, JSON.stringify(problem)));

    const error = await request('notebooks/locks').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 422,
      code: 'notebook.unsupported-language',
      message: 'The notebook is in R.',
      hint: 'Choose a Python kernel.',
      details: { language: 'r' }
    });
  });

  it('says that the extension is missing when the route is unknown', async () => {
    const request = createRequest(
      serverThatAnswers(404, '{"message": "Not Found", "reason": null}')
    );

    await expect(request('health')).rejects.toMatchObject({ code: SERVER_MISSING });
  });

  it.each([401, 403])(
    'says that the user may not, when a hub answers %i in place of the server',
    async status => {
      const request = createRequest(serverThatAnswers(status, '<html>Sign in</html>'));

      await expect(request('health')).rejects.toMatchObject({ code: FORBIDDEN, status });
    }
  );

  it('says that the answer is unexpected when it is not JSON', async () => {
    const request = createRequest(serverThatAnswers(200, '<html>'));

    await expect(request('health')).rejects.toMatchObject({ code: 'server.unexpected' });
  });

  it('says that the server is unreachable when nothing answers', async () => {
    const settings = ServerConnection.makeSettings({
      baseUrl: 'http://localhost/',
      fetch: () => Promise.reject(new TypeError('failed to fetch'))
    });

    await expect(createRequest(settings)('health')).rejects.toMatchObject({
      code: 'server.unreachable',
      status: 0
    });
  });
});

describe('createTextRequest', () => {
  it('answers a page as it is', async () => {
    const read = createTextRequest(serverThatAnswers(200, '<p>Hi</p>'));

    await expect(read('splits/verifications/1')).resolves.toBe('<p>Hi</p>');
  });

  it('throws the problem in the words of the server', async () => {
    const problem = { message: 'No report.', code: 'split.report-not-found' };
    const read = createTextRequest(serverThatAnswers(404, JSON.stringify(problem)));

    await expect(read('splits/verifications/1')).rejects.toMatchObject(problem);
  });
});
