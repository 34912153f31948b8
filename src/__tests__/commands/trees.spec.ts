import { Dialog } from '@jupyterlab/apputils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../api/request';
import { CommandIDs } from '../../commandIds';
import { addTreeCommands } from '../../commands/trees';
import { makeDependencies, makeProblem } from '../doubles';
import { makeTree, makeTreePackage } from '../environmentDoubles';
import { EnvironmentSetting } from './environmentSetting';

function setUp(isLocked = true): EnvironmentSetting {
  const setting = new EnvironmentSetting();
  const lock = isLocked ? { packages: 1, hash: 'abc', python_version: '3.11' } : null;
  setting.dependencies.current = {
    kind: 'ready',
    dependencies: makeDependencies({ lock })
  };
  addTreeCommands(setting);
  onTestFinished(() => Dialog.flush());
  return setting;
}

async function close(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
}

describe('the command that shows the tree', () => {
  it('is for notebooks that are locked', () => {
    expect(setUp(true).commands.isEnabled(CommandIDs.showTree)).toBe(true);
    expect(setUp(false).commands.isEnabled(CommandIDs.showTree)).toBe(false);
  });

  it('begins with the whole notebook, and goes from package to package', async () => {
    const { commands, trees } = setUp();
    trees.answers = [
      makeTree([
        makeTreePackage({
          requires: [{ name: 'numpy', specifier: '>=1', markers: '', extras: [] }]
        }),
        makeTreePackage({ name: 'numpy', direct: false, why: ['pandas', 'numpy'] })
      ])
    ];

    const showing = commands.execute(CommandIDs.showTree);
    const root = await screen.findByRole('treeitem', { name: /pandas/ });
    root.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}');
    expect(
      await screen.findByText('It is there because of pandas → numpy.')
    ).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Why numpy 2.0 is here');
    await close();
    await showing;

    expect(trees.trusted).toEqual([[]]);
  });

  it('begins with a package', async () => {
    const { commands } = setUp();

    const showing = commands.execute(CommandIDs.showTree, { name: 'pandas' });

    expect(await screen.findByText('The notebook itself asks for pandas.')).toBeTruthy();
    await close();
    await showing;
  });

  it('asks an index again once the user has agreed to it', async () => {
    const { commands, trees } = setUp();
    const url = 'https://index.example/simple';
    const problem = makeProblem({
      code: 'lock.untrusted-index',
      details: { indexes: [{ url }] }
    });
    trees.answers = [new ApiError(problem, 422), makeTree([makeTreePackage()])];

    const showing = commands.execute(CommandIDs.showTree);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for This Tree' })
    );
    await screen.findByRole('treeitem', { name: /pandas/ });
    await close();
    await showing;

    expect(trees.trusted).toEqual([[], [url]]);
  });
});
