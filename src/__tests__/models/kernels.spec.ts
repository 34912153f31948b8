import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import { KernelsModel } from '../../models/kernels';
import { FakeServer, makeProblem } from '../doubles';
import { FakeRunning, makeKernel } from '../kernelDoubles';

const REMOVAL = {
  name: 'train',
  environments: [],
  freed_bytes: 0,
  shared_with: [],
  dry_run: false
};

function setUp(): { server: FakeServer; running: FakeRunning; model: KernelsModel } {
  const server = new FakeServer().on('GET kernels', { kernels: [makeKernel()] });
  const running = new FakeRunning();
  return { server, running, model: new KernelsModel(server.request, running) };
}

describe('KernelsModel', () => {
  it('reads the list and says so at both ends', async () => {
    const { model } = setUp();
    const kinds: string[] = [];
    model.stateChanged.connect(() => kinds.push(model.state.kind));

    await model.refresh();

    expect(kinds).toEqual(['loading', 'ready']);
    expect(model.state.kernels).toEqual([makeKernel()]);
  });

  it('keeps the list that it had when the next one cannot be read', async () => {
    const { model, server } = setUp();
    await model.refresh();
    server.on('GET kernels', () => {
      throw new ApiError(makeProblem(), 502);
    });

    await model.refresh();

    expect(model.state).toMatchObject({ kind: 'error', problem: makeProblem() });
    expect(model.state.kernels).toHaveLength(1);
  });

  it('drops an answer that was overtaken', async () => {
    const { model, server } = setUp();
    let answer: (value: unknown) => void = () => undefined;
    server.on('GET kernels', () => new Promise(resolve => (answer = resolve)));
    const slow = model.refresh();
    const late = answer;
    server.on('GET kernels', { kernels: [] });

    await model.refresh();
    late({ kernels: [makeKernel()] });
    await slow;

    expect(model.state.kernels).toEqual([]);
  });

  it('deletes a kernel, and takes it off the list and off the offer', async () => {
    const { model, server, running } = setUp();
    server.on('DELETE kernels/my%20kernel', REMOVAL);
    const removed: string[] = [];
    model.removed.connect((_, name) => removed.push(name));

    const removal = await model.remove('my kernel');

    expect(removal).toEqual(REMOVAL);
    expect(removed).toEqual(['my kernel']);
    expect(server.count('GET kernels')).toBe(1);
    expect(running.offerCount).toBe(1);
  });

  it('reads the list again although a kernel could not be deleted', async () => {
    const { model, server } = setUp();
    const removed: string[] = [];
    model.removed.connect((_, name) => removed.push(name));

    await expect(model.remove('gone')).rejects.toThrow();

    expect(server.count('GET kernels')).toBe(1);
    expect(removed).toEqual([]);
  });
});
