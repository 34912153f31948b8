/** Where ids outlive a reload of the page. */
export type PendingStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** A storage of one server's own where several share it, as those of a hub do. */
export function storageOf(storage: PendingStorage, server: string): PendingStorage {
  return {
    getItem: key => storage.getItem(`${key}@${server}`),
    setItem: (key, text) => storage.setItem(`${key}@${server}`, text)
  };
}

/** The ids of the jobs that this window has started and not dealt with yet. */
export class PendingJobs {
  constructor(
    private readonly _storage: PendingStorage,
    private readonly _key: string
  ) {}

  /** The ids, oldest first. */
  get ids(): string[] {
    const text = this._storage.getItem(this._key);
    const ids: unknown = text ? JSON.parse(text) : [];
    return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
  }

  /** Keep an id. */
  add(id: string): void {
    this.replace([...this.ids.filter(one => one !== id), id]);
  }

  /** Forget an id. */
  remove(id: string): void {
    this.replace(this.ids.filter(one => one !== id));
  }

  /** Keep these ids and no others. */
  replace(ids: readonly string[]): void {
    this._storage.setItem(this._key, JSON.stringify(ids));
  }
}
