import { describe, expect, it } from 'vitest';
import { PendingJobs, storageOf } from '../../models/pendingJobs';

class FakeStorage {
  text: string | null = null;

  getItem(): string | null {
    return this.text;
  }

  setItem(_: string, text: string): void {
    this.text = text;
  }
}

describe('storageOf', () => {
  it('keeps apart what servers of one address have in one storage', () => {
    const texts = new Map<string, string>();
    const storage = {
      getItem: (key: string): string | null => texts.get(key) ?? null,
      setItem: (key: string, text: string): void => void texts.set(key, text)
    };

    new PendingJobs(storageOf(storage, '/user/ada/'), 'key').add('one');

    expect(new PendingJobs(storageOf(storage, '/user/ada/'), 'key').ids).toEqual(['one']);
    expect(new PendingJobs(storageOf(storage, '/user/bob/'), 'key').ids).toEqual([]);
  });
});

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
