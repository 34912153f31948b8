import { Clipboard, Dialog } from '@jupyterlab/apputils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addSetupCommands } from '../../commands/setup';
import { makeProblem } from '../doubles';
import { makeDiagnosis, makeFinding } from '../setupDoubles';
import { SetupSetting } from './setupSetting';

function setUp(): { setting: SetupSetting; open: () => Promise<void> } {
  const setting = new SetupSetting();
  addSetupCommands(setting);
  onTestFinished(() => Dialog.flush());
  const open = (): Promise<void> => {
    const done = setting.commands.execute(CommandIDs.openDoctor) as Promise<void>;
    // What a test leaves open is flushed, which rejects.
    done.catch(() => undefined);
    return done;
  };
  return { setting, open };
}

const KERNEL = makeFinding({
  name: 'Kernel Old',
  group: 'kernels',
  state: 'problem',
  message: 'Its environment is gone.',
  fix: {
    words: 'Make it anew.',
    command: 'aidevsecops kernel refresh old',
    action: 'manage-kernels'
  }
});

describe('the doctor', () => {
  it('says that nothing is in the way, and looks again', async () => {
    const { setting, open } = setUp();

    void open();
    await screen.findByText('Nothing is in the way.');
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));

    await waitFor(() => expect(setting.model.asked).toHaveLength(2));
    expect(setting.model.asked[0]).toEqual({ path: 'project/a.ipynb' });
    screen.getByText('1 thing is good');
  });

  it('shows what is in the way first, each with what mends it', async () => {
    const { setting, open } = setUp();
    const attention = makeFinding({ name: 'BUCKET', state: 'attention' });
    const unknown = makeFinding({ name: 'Network', state: 'unknown' });
    setting.model.found = Promise.resolve(
      makeDiagnosis(makeFinding(), unknown, attention, KERNEL)
    );
    const copied = vi
      .spyOn(Clipboard, 'copyToSystem')
      .mockImplementation(() => undefined);
    onTestFinished(() => copied.mockRestore());

    void open();
    const list = await screen.findByRole('list', { name: 'What to look at' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Copy aidevsecops kernel refresh old' })
    );

    const names = within(list)
      .getAllByRole('listitem')
      .map(item => within(item).getByText(/./, { selector: 'strong' }).textContent);
    expect(names).toEqual(['Kernel Old', 'BUCKET', 'Network']);
    screen.getByText('1 problem, 1 thing worth a look, 1 thing not known');
    screen.getByText('Make it anew.');
    expect(copied).toHaveBeenCalledWith('aidevsecops kernel refresh old');
  });

  it('leaves for what mends a finding', async () => {
    const { setting, open } = setUp();
    const executed: string[] = [];
    const { manageKernels, keepForgeToken } = CommandIDs;
    for (const id of [manageKernels, keepForgeToken]) {
      setting.commands.addCommand(id, { execute: () => void executed.push(id) });
    }
    setting.model.found = Promise.resolve(makeDiagnosis(KERNEL));

    const done = open();
    await userEvent.click(await screen.findByRole('button', { name: 'Manage Kernels…' }));
    await done;
    const fix = { words: '', command: null, action: 'keep-forge-token' };
    setting.model.found = Promise.resolve(
      makeDiagnosis(makeFinding({ state: 'attention', fix }))
    );
    const again = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Give Git a Token…' })
    );
    await again;

    expect(executed).toEqual([manageKernels, keepForgeToken]);
    expect(setting.model.stopCount).toBe(2);
  });

  it('shows why nothing is known', async () => {
    const { setting, open } = setUp();
    setting.model.found = Promise.reject(
      new ApiError(makeProblem({ message: 'The server is stopping.' }), 409)
    );

    void open();

    await screen.findByText('The server is stopping.');
  });
});
