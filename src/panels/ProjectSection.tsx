import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import { Busy } from '../components/Busy';
import type { IProjects } from '../projectTokens';
import type { IJobsModel } from '../tokens';

type Message = Parameters<Widget['processMessage']>[0];

/** What the section shows and what it starts. */
export interface IProjectSectionProps {
  /** The project that the user is in. */
  projects: IProjects;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** The content of the section, which is loaded, and asks the server, once somebody looks at it. */
export class ProjectContent extends ReactWidget {
  constructor(private readonly _props: IProjectSectionProps) {
    super();
    this._view = React.lazy(async () => {
      const view = import('./ProjectView');
      const model = await _props.projects.load();
      const { ProjectView } = await view;
      return { default: () => <ProjectView {..._props} model={model} /> };
    });
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._look();
  }

  protected override onAfterShow(): void {
    this._look();
  }

  protected override onAfterHide(): void {
    this._look();
  }

  protected override render(): React.JSX.Element | null {
    const View = this._view;
    const { trans } = this._props;
    return this._wasShown ? (
      <React.Suspense fallback={<Busy label={trans.__('Loading the project…')} />}>
        <View />
      </React.Suspense>
    ) : null;
  }

  private _look(): void {
    const { isVisible } = this;
    if (isVisible && !this._wasShown) {
      this._wasShown = true;
      this.update();
    }
    if (this._wasShown) {
      void this._props.projects.load().then(model => model.watch(isVisible));
    }
  }

  private readonly _view: React.ComponentType;
  private _wasShown = false;
}
