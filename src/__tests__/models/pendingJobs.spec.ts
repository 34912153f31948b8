import { describe, expect, it } from 'vitest';
import { PendingJobs } from '../../models/pendingJobs';

class FakeStorage {
  text: string | null = null;

  getItem(): string | null {
    return this.text;
  }

  setItem(_: string, text: string): void {
    this.text = text;
  }
}

describe('PendingJobs', () => {
  it('keeps ids for the next page', () => {
    const storage = new FakeStorage();
    const pending = new PendingJobs(storage, 'key');

    pending.add('one');
    pending.add('two');
    pending.add('one');
    pending.remove('two');

    expect(new PendingJobs(storage, 'key').ids).toEqual(['one']);
  });

  it.each([null, '{"not": "a list"}', '[1, null]'])('finds nothing in %s', text => {
    const storage = new FakeStorage();
    storage.text = text;

    expect(new PendingJobs(storage, 'key').ids).toEqual([]);
  });
});
