import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { makeProblem } from '../doubles';
import { FirstRunSetting } from './firstRunSetting';

describe('the command that opens the examples', () => {
  it('goes to the new folder and opens the notebook', async () => {
    const { commands, started, ...setting } = new FirstRunSetting();

    await commands.execute(CommandIDs.openExamples);

    const { folder, notebook } = await setting.copyExamples();
    expect(started).toEqual([
      ['filebrowser:go-to-path', { path: folder }],
      ['docmanager:open', { path: notebook }],
      [CommandIDs.showSidebar, {}]
    ]);
  });

  it('says where they are, and why they are no repository', async () => {
    const setting = new FirstRunSetting();
    const copied = await setting.copyExamples();
    setting.copyExamples = async () => ({ ...copied, problem: 'git is not installed.' });

    await setting.commands.execute(CommandIDs.openExamples);

    expect(setting.told).toEqual([
      'The examples are in aidevsecops-examples, but are no Git repository: git is not installed.'
    ]);
  });

  it('tells in words that they cannot be copied', async () => {
    const setting = new FirstRunSetting();
    const problem = makeProblem({ message: 'The disk is full.' });
    setting.copyExamples = async () => Promise.reject(new ApiError(problem, 502));

    await setting.commands.execute(CommandIDs.openExamples);

    expect(setting.started).toEqual([]);
    expect(setting.told[0]).toContain('The disk is full.');
  });
});
