import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { CommandIDs } from '../commandIds';
import { busyIcon } from '../icons';
import { IJobsModel } from '../tokens';
import { loadTranslation } from './translation';

/** How many jobs run now; leads to the sidebar. */
class RunningJobs extends ReactWidget {
  constructor(
    private readonly _jobs: IJobsModel,
    private readonly _commands: CommandRegistry,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-aidevsecops-RunningJobs');
    _jobs.jobsChanged.connect(this.update, this);
  }

  protected override render(): React.JSX.Element | null {
    const { active } = this._jobs;
    if (active.length === 0) {
      return null;
    }
    const text =
      active.length === 1
        ? active[0].title
        : this._trans._n('%1 job', '%1 jobs', active.length);
    return (
      <button
        type="button"
        className="jp-aidevsecops-RunningJobs-button"
        title={active[0].progress?.message ?? text}
        onClick={() =>
          void this._commands.execute(CommandIDs.showSidebar, { section: 'jobs' })
        }
      >
        <busyIcon.react tag="span" stylesheet="statusBar" />
        <span>{text}</span>
      </button>
    );
  }
}

/** Shows in the status bar that jobs run. */
export const statusBar: JupyterFrontEndPlugin<void> = {
  id: 'aidevsecops:status-bar',
  description: 'Shows in the status bar that jobs run.',
  autoStart: true,
  requires: [IJobsModel],
  optional: [IStatusBar, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    jobs: IJobsModel,
    bar: IStatusBar | null,
    translator: ITranslator | null
  ) => {
    const trans = loadTranslation(translator);
    bar?.registerStatusItem(statusBar.id, {
      align: 'left',
      rank: 900,
      item: new RunningJobs(jobs, app.commands, trans),
      isActive: () => jobs.active.length > 0,
      activeStateChanged: jobs.jobsChanged
    });
  }
};
