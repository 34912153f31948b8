import { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Notification } from '@jupyterlab/apputils';
import { onTestFinished } from 'vitest';
import { CommandIDs } from '../../commandIds';
import type { IFirstRunContext } from '../../commands/firstRun';
import { addFirstRunCommands } from '../../commands/firstRun';
import { trans } from '../doubles';

/** JupyterLab's own commands that are used. */
const OTHERS = [
  'docmanager:open',
  'filebrowser:go-to-path',
  CommandIDs.showSidebar,
  CommandIDs.showPipelines,
  CommandIDs.showJobLog
];

/** Commands that write down how they were started, and a server with two files and a job. */
export class FirstRunSetting implements IFirstRunContext {
  constructor() {
    for (const id of OTHERS) {
      this.commands.addCommand(id, {
        label: id,
        execute: args => {
          this.started.push([id, args]);
        }
      });
    }
    addFirstRunCommands(this);
    Notification.manager.dismiss();
    onTestFinished(() => Notification.manager.dismiss());
  }

  readonly commands = new CommandRegistry();
  readonly trans = trans;
  readonly restored = Promise.resolve();
  settled = async (): Promise<void> => undefined;
  readonly kinds = new Map<string, 'file' | 'folder'>([
    ['work', 'folder'],
    ['work/train.ipynb', 'file'],
    ['work/train.pipeline', 'file']
  ]);
  /** The commands that were started, with their arguments. */
  readonly started: [string, ReadonlyPartialJSONObject][] = [];
  copyExamples: IFirstRunContext['copyExamples'] = async () => ({
    folder: 'aidevsecops-examples',
    notebook: 'aidevsecops-examples/digits-pipeline.ipynb',
    problem: ''
  });
  kindOf: IFirstRunContext['kindOf'] = async path => this.kinds.get(path) ?? null;
  hasJob = async (id: string): Promise<boolean> => id === 'job-1';
  isForgotten = false;
  forgetLink = (): void => {
    this.isForgotten = true;
  };

  /** What notifications say. */
  get told(): string[] {
    return Notification.manager.notifications.map(({ message }) => message);
  }
}
