import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IPreferences, NotifyChoice, ReviewChoice, TargetChoice } from '../tokens';

/** The values of our settings schema. */
interface IValues {
  engine: string;
  target: string;
  environment: string;
  pythonVersion: string;
  platform: string;
  sidebarSide: string;
  confirmLock: boolean;
  warnKernel: boolean;
  reviewLock: string;
  compareAdvisories: boolean;
  notify: string;
}

const DEFAULTS: IValues = {
  engine: '',
  target: 'server',
  environment: '',
  pythonVersion: '',
  platform: '',
  sidebarSide: 'right',
  confirmLock: false,
  warnKernel: true,
  reviewLock: 'changes',
  compareAdvisories: true,
  notify: 'all'
};

/** The user's settings, or the defaults until they are there. */
export class Preferences implements IPreferences {
  /** The engine by name, empty for the server's default. */
  get engine(): string {
    return this._values.engine;
  }

  /** The target that locks are made for; empty for the server's own machine. */
  get target(): TargetChoice {
    const { target, environment, pythonVersion, platform } = this._values;
    switch (target) {
      case 'universal':
        return {
          universal: true,
          ...(pythonVersion ? { python_version: pythonVersion } : {})
        };
      case 'environment':
        return environment ? { environment } : {};
      case 'custom':
        return {
          ...(pythonVersion ? { python_version: pythonVersion } : {}),
          ...(platform ? { platform } : {})
        };
      default:
        return {};
    }
  }

  /** The side of the window that holds the sidebar. */
  get sidebarSide(): 'left' | 'right' {
    return this._values.sidebarSide === 'left' ? 'left' : 'right';
  }

  /** Whether a lock shows first what it will do. */
  get confirmLock(): boolean {
    return this._values.confirmLock;
  }

  /** Whether the toolbar warns of a kernel that does not match the lock. */
  get warnKernel(): boolean {
    return this._values.warnKernel;
  }

  /** When the changes of a new lock are shown before it is applied. */
  get reviewLock(): ReviewChoice {
    const { reviewLock } = this._values;
    return reviewLock === 'always' || reviewLock === 'never' ? reviewLock : 'changes';
  }

  /** Whether they say which advisories are gained and lost, as the advisory service knows them. */
  get compareAdvisories(): boolean {
    return this._values.compareAdvisories;
  }

  /** Which notifications to show. */
  get notify(): NotifyChoice {
    const { notify } = this._values;
    return notify === 'failures' || notify === 'none' ? notify : 'all';
  }

  /** Emitted when any of them changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Take the values of the user's settings, now and whenever they change. */
  follow(settings: ISettingRegistry.ISettings): void {
    const read = (): void => {
      this._values = { ...DEFAULTS, ...(settings.composite as Partial<IValues>) };
      this._changed.emit();
    };
    settings.changed.connect(read, this);
    read();
  }

  private _values: IValues = DEFAULTS;
  private readonly _changed = new Signal<this, void>(this);
}
