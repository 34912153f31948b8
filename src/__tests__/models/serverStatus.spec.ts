import { describe, expect, it } from 'vitest';
import { ServerStatus } from '../../models/serverStatus';
import { FakeServer, FakeServerStatus } from '../doubles';

describe('ServerStatus', () => {
  it('keeps what the server says of itself', async () => {
    const { health } = new FakeServerStatus();
    const model = new ServerStatus(new FakeServer().on('GET health', health).request);

    await model.refresh();

    expect(model.health).toEqual(health);
    expect(model.problem).toBeNull();
  });

  it('keeps why the server does not answer, and tells it', async () => {
    const model = new ServerStatus(new FakeServer().request);
    let count = 0;
    model.changed.connect(() => (count += 1));

    await model.refresh();

    expect(model.health).toBeNull();
    expect(model.problem?.code).toBe('server.missing');
    expect(count).toBe(1);
  });
});
