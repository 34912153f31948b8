import { describe, expect, it } from 'vitest';
import { ProjectFiles, joinPath, parentOf } from '../../models/projectFiles';
import { FakeStore } from '../environmentDoubles';

describe('ProjectFiles', () => {
  it('reads a file, and answers null where there is none', async () => {
    const files = new ProjectFiles(new FakeStore({ Pipfile: 'text' }));

    expect(await files.read('Pipfile')).toBe('text');
    expect(await files.read('Pipfile.lock')).toBeNull();
  });

  it('does not take a file that cannot be read for one that is not there', async () => {
    const store = new FakeStore({ Pipfile: 'text' });
    store.failing = 'Pipfile';

    await expect(new ProjectFiles(store).read('Pipfile')).rejects.toThrow('refused');
  });

  it('lists names, marking the folders', async () => {
    const files = new ProjectFiles(new FakeStore({ b: 'text', a: null, 'a/c': 'text' }));

    expect(await files.list('')).toEqual(['a/', 'b']);
    expect(await files.list('a')).toEqual(['c']);
    expect(await files.list('gone')).toEqual([]);
  });

  it('makes the folders that a file needs', async () => {
    const store = new FakeStore({ a: null });

    await new ProjectFiles(store).write('a/b/c/file', 'text');

    expect(store.entries).toEqual({
      a: null,
      'a/b': null,
      'a/b/c': null,
      'a/b/c/file': 'text'
    });
  });
});

describe('the paths', () => {
  it.each([
    ['', 'file', 'file'],
    ['a/b', 'file', 'a/b/file'],
    ['/a//b/', './file', 'a/b/file']
  ])('joins %j and %j', (folder, name, joined) => {
    expect(joinPath(folder, name)).toBe(joined);
  });

  it('knows the folder of a file', () => {
    expect(parentOf('a/b/file')).toBe('a/b');
    expect(parentOf('file')).toBe('');
  });
});
