import { describe, expect, it } from 'vitest';
import { toChoice, toOptions } from '../../dialogs/LockDialog';
import type { LockOptions } from '../../tokens';

describe('LockDialog', () => {
  it.each<LockOptions>([
    { target: {}, upgrade: false },
    { target: {}, upgrade: true, engine: 'uv' },
    { target: {}, upgrade: false, engine: 'thoth', fallback: 'uv' },
    { target: { environment: 'ubi8' }, upgrade: false },
    { target: { universal: true }, upgrade: false },
    { target: { universal: true, python_version: '3.12' }, upgrade: false },
    { target: { python_version: '3.12', platform: 'linux' }, upgrade: false },
    { target: { platform: 'windows' }, upgrade: false }
  ])('gives back %j when nothing is changed', options => {
    expect(toOptions(toChoice(options))).toEqual(options);
  });

  it('leaves out what does not belong to the chosen target', () => {
    const choice = toChoice({ target: { python_version: '3.12', platform: 'linux' } });

    const options = toOptions({ ...choice, target: 'server' });

    expect(options.target).toEqual({});
  });
});
