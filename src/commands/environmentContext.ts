import type { IExchangeModel, IPackagesModel, ITreesModel } from '../environmentTokens';
import type { ICommandContext } from './context';

/** What the commands that carry environments about work with. */
export interface IEnvironmentContext extends Pick<
  ICommandContext,
  'commands' | 'dependencies' | 'notebooks' | 'preferences' | 'trans'
> {
  /** Carries environments to and from files. */
  exchange: IExchangeModel;
  /** What the user's package indexes have. */
  packages: IPackagesModel;
  /** Why locked packages are there. */
  trees: ITreesModel;
}
