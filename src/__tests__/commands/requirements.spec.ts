import { Dialog, Notification } from '@jupyterlab/apputils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import {
  addDependencyCommands,
  addRequirementCommands
} from '../../commands/requirements';
import { makeDependencies, makeProblem, makeRow } from '../doubles';
import { makePackage, makeSearch } from '../environmentDoubles';
import { EnvironmentSetting } from './environmentSetting';
import { CommandSetting } from './setting';

function setUp(): EnvironmentSetting {
  const setting = new EnvironmentSetting();
  addRequirementCommands(setting);
  onTestFinished(() => {
    Dialog.flush();
    Notification.dismiss();
  });
  return setting;
}

describe('addRequirementCommands', () => {
  it('adds what the user typed', async () => {
    const { commands, dependencies } = setUp();

    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), 'polars');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await adding;

    expect(dependencies.changes).toEqual([
      {
        add: [
          {
            name: 'polars',
            specifier: '',
            extras: [],
            markers: '',
            index: null,
            dev: false
          }
        ]
      }
    ]);
  });

  it('keeps the dialog open with what the server found wrong', async () => {
    const { commands, dependencies } = setUp();
    dependencies.editOutcome = new ApiError(makeProblem({ message: 'Not a name.' }), 400);

    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), '!');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => {
      expect(screen.getByRole('alert').textContent).toContain('Not a name.');
    });
    dependencies.editOutcome = 'applied';
    await userEvent.type(screen.getByRole('combobox', { name: 'Name' }), 'x');
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await adding;

    expect(dependencies.changes).toHaveLength(2);
  });

  it('says so in the dialog when the notebook has changed meanwhile', async () => {
    const { commands, dependencies } = setUp();
    dependencies.editOutcome = 'refused';

    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => {
      expect(screen.getByRole('alert').textContent).toContain('has changed meanwhile');
    });
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await adding;

    expect(dependencies.changes).toHaveLength(1);
  });

  it('starts an edit from what is there', async () => {
    const { commands, dependencies } = setUp();
    const row = makeRow({ specifier: '>=2', extras: ['excel', 'html'], declared: true });
    dependencies.current = {
      kind: 'ready',
      dependencies: makeDependencies({ requirements: [row] })
    };

    const editing = commands.execute(CommandIDs.editRequirement, { name: 'pandas' });
    const version = await screen.findByRole<HTMLInputElement>('textbox', {
      name: 'Version specifier'
    });
    expect(version.value).toBe('>=2');
    await userEvent.clear(version);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await editing;

    expect(dependencies.changes[0].add?.[0]).toMatchObject({
      name: 'pandas',
      specifier: '',
      extras: ['excel', 'html']
    });
  });

  it('searches while a name is typed, and reads the package that is meant', async () => {
    const { commands, dependencies, packages } = setUp();
    packages.names = ['pandas', 'pandas-stubs'];
    packages.details.set('pandas', makePackage(['2.3', '2.2', '1.5']));

    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), 'pand');
    await screen.findByRole('option', { name: 'pandas-stubs' });
    expect(packages.described).toEqual([]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByText('Tables. Latest: 2.3.')).toBeTruthy();
    expect(packages.described).toEqual([['pandas', '3.11']]);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Wanted' }),
      'In a range'
    );
    await userEvent.type(screen.getByRole('combobox', { name: 'Before' }), '2.3');
    expect(screen.getByText('Newest version that fits: 2.2.')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await adding;

    expect(dependencies.changes[0].add?.[0]).toMatchObject({
      name: 'pandas',
      specifier: '<2.3'
    });
  });

  it('searches again where the names of an index are still being read', async () => {
    const { commands, packages } = setUp();
    packages.change = {
      indexes: makeSearch([]).indexes.map(index => ({ ...index, state: 'loading' }))
    };
    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), 'pand');
    await screen.findByText(/still being read/);

    packages.names = ['pandas'];
    packages.change = {};

    expect(await screen.findByRole('option', { name: 'pandas' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await adding;
  });

  it('forgets the versions of a package when another name is typed', async () => {
    const { commands, packages } = setUp();
    packages.names = ['pandas'];
    packages.details.set('pandas', makePackage(['2.3']));
    const adding = commands.execute(CommandIDs.addRequirement);
    const name = await screen.findByRole('combobox', { name: 'Name' });
    await userEvent.type(name, 'pandas');
    await screen.findByText('Tables. Latest: 2.3.');

    await userEvent.type(name, 'x');

    expect(screen.queryByText(/Latest/)).toBeNull();
    await userEvent.clear(name);
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await adding;
  });

  it('wants a version where the constraint needs one', async () => {
    const { commands, dependencies } = setUp();

    const adding = commands.execute(CommandIDs.addRequirement);
    await userEvent.type(await screen.findByRole('combobox', { name: 'Name' }), 'x');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Wanted' }),
      'Exactly'
    );
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    const version = await screen.findByRole('combobox', { name: 'Version wanted' });
    await waitFor(() => expect(document.activeElement).toBe(version));
    expect(screen.getByRole('alert').textContent).toContain('Say which version');
    await userEvent.type(version, '2');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await adding;

    expect(dependencies.changes[0].add?.[0]).toMatchObject({ specifier: '==2' });
  });

  it('removes a requirement', async () => {
    const { commands, dependencies } = setUp();

    await commands.execute(CommandIDs.removeRequirement, { name: 'pandas' });

    expect(dependencies.changes).toEqual([{ remove: ['pandas'] }]);
  });

  it('puts a removed requirement back as it was, where nobody changed it since', async () => {
    const { commands, dependencies, document } = setUp();
    Notification.dismiss();
    document.metadata = { requirements: 'both', other: 1 };
    const edit = dependencies.edit.bind(dependencies);
    dependencies.edit = (...args) => {
      document.metadata = { ...document.metadata, requirements: 'one' };
      return edit(...args);
    };
    await commands.execute(CommandIDs.removeRequirement, { name: 'pandas' });
    const [told] = Notification.manager.notifications;
    document.metadata = { ...document.metadata, other: 2 };

    told.options.actions?.[0].callback(new MouseEvent('click'));
    expect(document.metadata).toEqual({ requirements: 'both', other: 2 });

    document.metadata = { requirements: 'none' };
    told.options.actions?.[0].callback(new MouseEvent('click'));
    expect(document.metadata).toEqual({ requirements: 'none' });
    expect(Notification.manager.notifications[0].message).toContain('changed meanwhile');
  });

  it('tells why a requirement cannot be removed', async () => {
    const { commands, dependencies } = setUp();
    dependencies.editOutcome = new ApiError(makeProblem(), 404);

    await commands.execute(CommandIDs.removeRequirement, { name: 'pandas' });

    expect(Notification.manager.notifications).toHaveLength(1);
  });

  it.each(['locking', 'unsupported'] as const)(
    'changes nothing while the notebook is %s',
    status => {
      const { commands, dependencies } = setUp();

      dependencies.word = status;

      expect(commands.isEnabled(CommandIDs.addRequirement)).toBe(false);
      expect(commands.isEnabled(CommandIDs.removeRequirement)).toBe(false);
    }
  );
});

function setUpDependencies(): CommandSetting {
  const setting = new CommandSetting();
  addDependencyCommands(setting);
  return setting;
}

describe('addDependencyCommands', () => {
  it('reads the notebook of the arguments again', async () => {
    const { commands, dependencies, document } = setUpDependencies();

    await commands.execute(CommandIDs.refreshDependencies, { path: document.path });
    await commands.execute(CommandIDs.refreshDependencies, { path: 'closed.ipynb' });

    expect(dependencies.refreshed).toEqual([document]);
  });

  it('brings the notebook to the front and goes to the cell', async () => {
    const { activated, commands, document } = setUpDependencies();

    await commands.execute(CommandIDs.revealCell, { panel_id: document.id, cell: 0 });

    expect(activated).toEqual([document.id]);
    expect(document.revealed).toEqual([0]);
  });
});
