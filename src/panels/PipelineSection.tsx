import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { Busy } from '../components/Busy';
import type { IPipelines } from '../pipelineTokens';
import type { IJobsModel } from '../tokens';

/** What the section shows and what it starts. */
export interface IPipelineSectionProps {
  /** The pipelines of the project. */
  pipelines: IPipelines;
  /** The jobs of the server. */
  jobs: IJobsModel;
  /** Every action is a command. */
  commands: CommandRegistry;
  /** The translator. */
  trans: TranslationBundle;
}

/** The content of the section, which is loaded, and follows runs, once somebody looks at it. */
export class PipelineContent extends ReactWidget {
  constructor(private readonly _props: IPipelineSectionProps) {
    super();
    this._view = React.lazy(async () => {
      const view = import('./PipelinesView');
      const model = await _props.pipelines.load();
      const { PipelinesView } = await view;
      return { default: () => <PipelinesView {..._props} model={model} /> };
    });
  }

  // The section is folded when it is attached, so that it is always shown first.
  protected override onAfterShow(): void {
    this._wasShown = true;
    this.update();
    void this._watch();
  }

  protected override onAfterHide(): void {
    void this._watch();
  }

  protected override render(): React.JSX.Element | null {
    const View = this._view;
    const { trans } = this._props;
    return this._wasShown ? (
      <React.Suspense fallback={<Busy label={trans.__('Loading the pipelines…')} />}>
        <View />
      </React.Suspense>
    ) : null;
  }

  private async _watch(): Promise<void> {
    (await this._props.pipelines.load()).watch(this.isVisible);
  }

  private readonly _view: React.ComponentType;
  private _wasShown = false;
}
