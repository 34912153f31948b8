import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { Preferences } from '../../models/preferences';

/** Settings that a test changes. */
class FakeSettings {
  composite: { [key: string]: unknown } = {};
  readonly changed = new Signal<this, void>(this);

  change(values: { [key: string]: unknown }): void {
    this.composite = { ...this.composite, ...values };
    this.changed.emit();
  }

  asSettings(): ISettingRegistry.ISettings {
    return this as unknown as ISettingRegistry.ISettings;
  }
}

function follow(values: { [key: string]: unknown }): Preferences {
  const settings = new FakeSettings();
  const preferences = new Preferences();
  preferences.follow(settings.asSettings());
  settings.change(values);
  return preferences;
}

describe('Preferences', () => {
  it('has defaults before there are settings', () => {
    const preferences = new Preferences();

    expect(preferences.target).toEqual({});
    expect(preferences.sidebarSide).toBe('right');
    expect(preferences.confirmLock).toBe(false);
    expect(preferences.warnKernel).toBe(true);
    expect(preferences.reviewLock).toBe('changes');
    expect(preferences.compareAdvisories).toBe(true);
    expect(preferences.notify).toBe('all');
  });

  it.each([
    [{ target: 'server', pythonVersion: '3.12' }, {}],
    [{ target: 'universal' }, { universal: true }],
    [
      { target: 'universal', pythonVersion: '3.12' },
      { universal: true, python_version: '3.12' }
    ],
    [{ target: 'environment', environment: 'ubi8' }, { environment: 'ubi8' }],
    [{ target: 'environment' }, {}],
    [
      { target: 'custom', pythonVersion: '3.12', platform: 'linux' },
      { python_version: '3.12', platform: 'linux' }
    ]
  ])('makes a target of %j', (values, target) => {
    expect(follow(values).target).toEqual(target);
  });

  it('takes an unknown word as the default', () => {
    const preferences = follow({
      notify: 'sometimes',
      sidebarSide: 'top',
      reviewLock: 'now and then'
    });

    expect(preferences.reviewLock).toBe('changes');
    expect(preferences.notify).toBe('all');
    expect(preferences.sidebarSide).toBe('right');
  });

  it('tells when the settings change', () => {
    const settings = new FakeSettings();
    const preferences = new Preferences();
    preferences.follow(settings.asSettings());
    let count = 0;
    preferences.changed.connect(() => (count += 1));

    settings.change({ engine: 'thoth' });

    expect(count).toBe(1);
    expect(preferences.engine).toBe('thoth');
  });
});
