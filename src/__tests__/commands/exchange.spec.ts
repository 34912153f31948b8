import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addExchangeCommands } from '../../commands/exchange';
import { makeProblem } from '../doubles';
import { makeConversion, makeImport } from '../environmentDoubles';
import { EnvironmentSetting } from './environmentSetting';

const INSTALL = '!pip install pandas>=2';

function setUp(): EnvironmentSetting {
  const setting = new EnvironmentSetting();
  setting.document.cells = [INSTALL];
  addExchangeCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

function told(): string[] {
  return Notification.manager.notifications.map(({ message }) => message);
}

async function press(name: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name }));
}

describe('the command that converts', () => {
  it('records and comments out what the preview showed', async () => {
    const { commands, document, dependencies } = setUp();

    const converting = commands.execute(CommandIDs.convertInstalls);
    await press('Record and Comment Out');
    await converting;

    expect(document.cells).toEqual([`# ${INSTALL}`]);
    expect(document.metadata).toHaveProperty('requirements');
    expect(dependencies.refreshed).toEqual([document]);
    expect(told()[0]).toContain('1 line is a comment now');
  });

  it('changes nothing when the user gives up', async () => {
    const { commands, document } = setUp();

    const converting = commands.execute(CommandIDs.convertInstalls);
    await press('Cancel');
    await converting;

    expect(document.cells).toEqual([INSTALL]);
    expect(document.metadata).toEqual({});
    expect(told()).toEqual([]);
  });

  it('shows the preview anew when a cell has changed meanwhile', async () => {
    const { commands, document, exchange } = setUp();
    const edit = {
      metadata: {},
      cells: [{ index: 0, id: null, base: '!pip install x', source: '# !pip install x' }]
    };
    exchange.conversions = [makeConversion(), makeConversion({ recorded: ['x'], edit })];
    const converting = commands.execute(CommandIDs.convertInstalls);
    await screen.findByText('pandas>=2');
    document.cells = ['!pip install x'];

    await press('Record and Comment Out');
    await waitFor(() => {
      expect(screen.getByRole('alert').textContent).toContain('has changed meanwhile');
    });
    expect(document.cells).toEqual(['!pip install x']);
    await press('Record and Comment Out');
    await converting;

    expect(document.cells).toEqual(['# !pip install x']);
  });

  it('says why the preview could not be made anew', async () => {
    const { commands, document, exchange } = setUp();
    exchange.conversions = [makeConversion(), new ApiError(makeProblem(), 422)];
    const converting = commands.execute(CommandIDs.convertInstalls);
    await screen.findByText('pandas>=2');
    document.cells = ['something else'];

    await press('Record and Comment Out');
    await waitFor(() => {
      expect(screen.getByRole('alert').textContent).toContain('contradict');
    });
    await press('Cancel');
    await converting;

    expect(document.cells).toEqual(['something else']);
  });

  it('only tells what stays when no line can be recorded', async () => {
    const { commands, exchange } = setUp();
    exchange.conversions = [
      makeConversion({
        recorded: [],
        lines: [],
        lost: ['Cell 1: no.'],
        edit: { metadata: {} }
      })
    ];

    const converting = commands.execute(CommandIDs.convertInstalls);
    expect(await screen.findByText('Cell 1: no.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Record/ })).toBeNull();
    await press('Close');
    await converting;

    expect(told()).toEqual([]);
  });

  it('says so when no cell installs anything', async () => {
    const { commands, exchange } = setUp();
    exchange.conversions = [makeConversion({ recorded: [], lines: [] })];

    await commands.execute(CommandIDs.convertInstalls);

    expect(told()).toEqual(['No cell installs packages.']);
  });

  it('tells what went wrong', async () => {
    const { commands, exchange } = setUp();
    exchange.conversions = [new ApiError(makeProblem(), 422)];

    await commands.execute(CommandIDs.convertInstalls);

    expect(told()[0]).toContain('contradict');
  });
});

describe('the command that imports', () => {
  async function choose(path: string): Promise<void> {
    const field = await screen.findByRole('combobox', { name: 'File' });
    await userEvent.clear(field);
    await userEvent.type(field, path);
  }

  it('takes over what the preview showed', async () => {
    const { commands, document, exchange } = setUp();

    const importing = commands.execute(CommandIDs.importEnvironment);
    await choose('work/Pipfile');
    await screen.findByText('Nothing is locked with it.');
    await press('Import');
    await importing;

    expect(exchange.paths).toEqual(['work/Pipfile']);
    expect(document.metadata).toHaveProperty('requirements');
    expect(told()[0]).toContain('1 requirement is recorded');
  });

  it('begins in the folder of the notebook', async () => {
    const { commands, exchange } = setUp();
    exchange.suggestions = ['work/Pipfile'];

    const importing = commands.execute(CommandIDs.importEnvironment);
    const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'File' });
    expect(field.value).toBe('work/');
    await userEvent.click(field);
    expect(await screen.findByRole('option', { name: 'work/Pipfile' })).toBeTruthy();
    await userEvent.keyboard('{Escape}{Escape}');
    await importing;

    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('wants a file, and one that can be taken over', async () => {
    const { commands, exchange } = setUp();
    exchange.imports = [new ApiError(makeProblem({ message: 'No block.' }), 422)];

    const importing = commands.execute(CommandIDs.importEnvironment);
    await press('Import');
    expect((await screen.findByRole('alert')).textContent).toContain('Choose a file');
    await choose('work/a.py');
    await screen.findByText('No block.');
    await press('Import');
    expect(await screen.findByText('This file cannot be taken over.')).toBeTruthy();
    await press('Cancel');
    await importing;

    expect(told()).toEqual([]);
  });

  it('shows the preview anew when the notebook has changed meanwhile', async () => {
    const { commands, document, exchange } = setUp();
    const now = { requirements: 'mine' };
    exchange.imports = [makeImport(), makeImport({}, now)];
    const importing = commands.execute(CommandIDs.importEnvironment);
    await choose('work/Pipfile');
    await screen.findByText('Nothing is locked with it.');
    document.metadata = now;

    await press('Import');
    expect(await screen.findByText('The notebook has changed meanwhile.')).toBeTruthy();
    expect(document.metadata).toBe(now);
    await press('Import');
    await importing;

    expect(document.metadata).not.toBe(now);
  });
});

describe('the command that exports', () => {
  const FILE = { path: 'work/Pipfile', text: 'new', old: null, isSame: false };

  it('writes the files that the preview showed', async () => {
    const { commands, exchange } = setUp();
    exchange.plans = [{ files: [FILE], lost: [] }];

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await screen.findByText('work/Pipfile');
    await press('Export');
    await exporting;

    expect(exchange.chosen).toEqual([{ format: 'pipfile', folder: 'work', trusted: [] }]);
    expect(exchange.written).toEqual([{ files: [FILE], lost: [] }]);
    expect(told()).toEqual(['Written: work/Pipfile.']);
  });

  it('does not replace a file without being told to', async () => {
    const { commands, exchange } = setUp();
    exchange.plans = [{ files: [{ ...FILE, old: 'mine' }], lost: [] }];

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await screen.findByText('work/Pipfile');
    await press('Export');
    expect((await screen.findByRole('alert')).textContent).toContain('would be replaced');
    expect(exchange.written).toEqual([]);
    await userEvent.click(screen.getByRole('checkbox'));
    await press('Export');
    await exporting;

    expect(exchange.written).toHaveLength(1);
  });

  it('puts a notebook for juv into a folder of its own, and the next format back', async () => {
    const { commands, exchange } = setUp();
    const exporting = commands.execute(CommandIDs.exportEnvironment);
    const format = await screen.findByRole('combobox', { name: 'Format' });

    await userEvent.selectOptions(format, 'juv');
    await waitFor(() => expect(exchange.chosen.at(-1)?.folder).toBe('work/juv'));
    await userEvent.selectOptions(format, 'pylock');
    await waitFor(() => expect(exchange.chosen.at(-1)?.folder).toBe('work'));
    const folder = screen.getByRole('textbox', { name: 'Folder' });
    await userEvent.clear(folder);
    await userEvent.type(folder, 'envs');
    await userEvent.selectOptions(format, 'juv');
    await waitFor(() => {
      expect(exchange.chosen.at(-1)).toMatchObject({ format: 'juv', folder: 'envs' });
    });
    await press('Cancel');
    await exporting;

    expect(exchange.written).toEqual([]);
  });

  it('asks an index again once the user has agreed to it', async () => {
    const { commands, exchange } = setUp();
    const url = 'https://index.example/simple';
    const problem = makeProblem({
      code: 'lock.untrusted-index',
      details: { indexes: [{ url }] }
    });
    exchange.plans = [new ApiError(problem, 422), { files: [FILE], lost: [] }];

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await press('Ask for This Export');
    await screen.findByText('work/Pipfile');
    await press('Export');
    await exporting;

    expect(exchange.chosen.map(({ trusted }) => trusted)).toEqual([[], [url]]);
  });

  it('makes the list anew when the files could not be written', async () => {
    const { commands, exchange } = setUp();
    exchange.plans = [{ files: [FILE], lost: [] }];
    exchange.writeProblem = new ApiError(
      makeProblem({ code: 'export.files-changed', details: { files: ['work/Pipfile'] } }),
      0
    );

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await screen.findByText('work/Pipfile');
    await press('Export');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Nothing was written: work/Pipfile changed meanwhile.'
    );
    expect(exchange.chosen).toHaveLength(2);
    await press('Cancel');
    await exporting;

    expect(told()).toEqual([]);
  });

  it('says so when there is nothing to write', async () => {
    const { commands, exchange } = setUp();
    exchange.plans = [{ files: [{ ...FILE, old: 'new', isSame: true }], lost: [] }];

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await screen.findByText('work/Pipfile');
    await press('Export');
    await exporting;

    expect(told()[0]).toContain('nothing was written');
  });

  it('writes nothing while there is no list', async () => {
    const { commands, exchange } = setUp();
    exchange.plans = [new ApiError(makeProblem(), 422)];

    const exporting = commands.execute(CommandIDs.exportEnvironment);
    await screen.findByText(/contradict/);
    await press('Export');
    expect(await screen.findByText('There is nothing to write.')).toBeTruthy();
    await press('Cancel');
    await exporting;

    expect(exchange.written).toEqual([]);
  });
});

describe('the commands', () => {
  it.each(['locking', 'unsupported'] as const)(
    'change no notebook that is %s',
    status => {
      const { commands, dependencies } = setUp();

      dependencies.word = status;

      expect(commands.isEnabled(CommandIDs.convertInstalls)).toBe(false);
      expect(commands.isEnabled(CommandIDs.importEnvironment)).toBe(false);
      expect(commands.isEnabled(CommandIDs.exportEnvironment)).toBe(status === 'locking');
    }
  );

  it('do nothing without a notebook', async () => {
    const { commands, notebooks, exchange } = setUp();
    notebooks.current = null;

    await commands.execute(CommandIDs.convertInstalls);

    expect(commands.isEnabled(CommandIDs.convertInstalls)).toBe(false);
    expect(exchange.conversions).toHaveLength(1);
  });
});
