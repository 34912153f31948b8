import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import type { IDependencyTreeProps } from '../../components/DependencyTree';
import { DependencyTree } from '../../components/DependencyTree';
import { InstallHint } from '../../components/InstallHint';
import type { ITreeViewProps } from '../../components/TreeView';
import { TreeView } from '../../components/TreeView';
import type { TreeEdge, TreeResult } from '../../environmentTokens';
import { makeProblem, makeRow, trans } from '../doubles';
import { makeTree, makeTreePackage } from '../environmentDoubles';

function edge(name: string | null, change: Partial<TreeEdge> = {}): TreeEdge {
  return { name, specifier: '', markers: '', extras: [], ...change };
}

/** app needs lib (twice removed: base), lib and base need each other, and nobody needs old. */
const RESULT: TreeResult = makeTree(
  [
    makeTreePackage({
      name: 'app',
      requires: [
        edge('lib', {
          specifier: '>=1',
          extras: ['fast'],
          markers: "os_name == 'posix'"
        }),
        edge('base')
      ],
      required_by: [edge(null, { specifier: '<3' })]
    }),
    makeTreePackage({
      name: 'base',
      direct: false,
      why: ['app', 'base'],
      required_by: [edge('app'), edge('lib')],
      requires: [edge('lib')]
    }),
    makeTreePackage({
      name: 'lib',
      version: '1.5',
      direct: false,
      why: ['app', 'lib'],
      required_by: [edge('app'), edge('base')],
      requires: [edge('base')]
    }),
    makeTreePackage({ name: 'old', direct: false, why: [] })
  ],
  ['This is its old lock.']
);

function showTree(change: Partial<IDependencyTreeProps> = {}): string[] {
  const chosen: string[] = [];
  render(
    <DependencyTree
      label="Tree"
      result={RESULT}
      way="requires"
      roots={['app', 'old']}
      trans={trans}
      onChoose={name => chosen.push(name)}
      {...change}
    />
  );
  return chosen;
}

function texts(): (string | null)[] {
  return screen.getAllByRole('treeitem').map(row => row.textContent);
}

function item(name: RegExp): HTMLElement {
  return screen.getByRole('treeitem', { name });
}

function focused(): string | null {
  return document.activeElement?.textContent ?? null;
}

describe('DependencyTree', () => {
  it('shows the first level, closed, with one row in the tab order', () => {
    showTree();

    expect(texts()).toEqual(['app 2.0', 'old 2.0']);
    expect(item(/app/).getAttribute('aria-expanded')).toBe('false');
    expect(item(/old/).hasAttribute('aria-expanded')).toBe(false);
    expect(screen.getAllByRole('treeitem').map(row => row.tabIndex)).toEqual([0, -1]);
  });

  it('opens and closes by arrows, and says where rows are', async () => {
    showTree();
    await userEvent.tab();

    await userEvent.keyboard('{ArrowRight}');
    expect(texts()).toEqual([
      'app 2.0',
      "lib 1.5 [fast] >=1 if os_name == 'posix'",
      'base 2.0',
      'old 2.0'
    ]);
    const base = item(/^base/);
    expect(base.getAttribute('aria-level')).toBe('2');
    expect(base.getAttribute('aria-posinset')).toBe('2');
    expect(base.getAttribute('aria-setsize')).toBe('2');
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(focused()).toBe('base 2.0');
    await userEvent.keyboard('{ArrowLeft}');
    expect(focused()).toBe('app 2.0');
    await userEvent.keyboard('{ArrowLeft}');

    expect(texts()).toEqual(['app 2.0', 'old 2.0']);
  });

  it('goes to the ends, to letters, and opens all siblings', async () => {
    showTree();
    await userEvent.tab();

    await userEvent.keyboard('{End}');
    expect(focused()).toBe('old 2.0');
    await userEvent.keyboard('{Home}{ArrowUp}');
    expect(focused()).toBe('app 2.0');
    await userEvent.keyboard('o');
    expect(focused()).toBe('old 2.0');
    await userEvent.keyboard('z');
    expect(focused()).toBe('old 2.0');
    await userEvent.keyboard('*');

    expect(texts()).toHaveLength(4);
  });

  it('leaves other keys alone', () => {
    showTree();

    const isUntouched = fireEvent.keyDown(item(/app/), { key: 'Tab' });
    const isForBrowser = fireEvent.keyDown(item(/app/), { key: 'f', ctrlKey: true });

    expect([isUntouched, isForBrowser]).toEqual([true, true]);
  });

  it('does not go round in circles', async () => {
    showTree();
    await userEvent.tab();

    await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowRight}{ArrowDown}');
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');

    expect(texts().slice(0, 4)).toEqual([
      'app 2.0',
      "lib 1.5 [fast] >=1 if os_name == 'posix'",
      'base 2.0',
      'lib 1.5again'
    ]);
    expect(focused()).toBe('lib 1.5again');
  });

  it('reads the other way up to the notebook', () => {
    showTree({ way: 'required_by', roots: ['app'], isExpanded: true });

    expect(texts()).toEqual(['app 2.0', 'the notebook <3']);
  });

  it('chooses by Enter or a click, opens by a click on the caret', async () => {
    const chosen = showTree({ way: 'required_by', roots: ['app'] });

    const caret = item(/app/).firstElementChild as HTMLElement;
    await userEvent.click(caret);
    expect(texts()).toHaveLength(2);
    expect(chosen).toEqual([]);
    await userEvent.click(item(/app/));
    await userEvent.click(item(/the notebook/));
    item(/app/).focus();
    await userEvent.keyboard('{Enter}');

    expect(chosen).toEqual(['app', 'app']);
  });

  it('draws no more of a large lock than is open', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `package-${at}`);
    const packages = names.map((name, at) =>
      makeTreePackage({
        name,
        // Each needs all that come after it: 2 to the power of 300 ways lead to the last.
        requires: names.slice(at + 1).map(other => edge(other))
      })
    );
    showTree({ result: makeTree(packages), roots: names });
    const rows = screen.getAllByRole('treeitem');
    expect(rows.length).toBeLessThan(50);
    expect(rows[0].getAttribute('aria-setsize')).toBe('300');
    await userEvent.tab();

    await userEvent.keyboard('{ArrowRight}');

    const [first, second] = screen.getAllByRole('treeitem');
    expect(first.getAttribute('aria-expanded')).toBe('true');
    expect(second.getAttribute('aria-setsize')).toBe('299');
  });
});

function showView(change: Partial<ITreeViewProps> = {}): string[] {
  const names: string[] = [];
  render(
    <TreeView
      name=""
      tree={{ kind: 'ready', answer: RESULT }}
      trans={trans}
      onName={name => names.push(name)}
      untrusted={() => null}
      onTrust={() => undefined}
      {...change}
    />
  );
  return names;
}

describe('TreeView', () => {
  it('shows what the notebook asks for, what nothing asks for, and the notes', () => {
    showView();

    const asked = screen.getByRole('tree', { name: 'What the notebook asks for' });
    expect(within(asked).getAllByRole('treeitem')).toHaveLength(1);
    const unasked = screen.getByRole('tree', { name: 'What nothing asks for' });
    expect(unasked.textContent).toBe('old 2.0');
    expect(screen.getByText('This is its old lock.')).toBeTruthy();
  });

  it('says why one package is there, who needs it and what it needs', () => {
    showView({ name: 'Lib' });

    expect(screen.getByRole('heading', { name: 'Why lib 1.5 is here' })).toBeTruthy();
    expect(screen.getByText('It is there because of app → lib.')).toBeTruthy();
    const why = screen.getByRole('tree', { name: 'Who needs lib' });
    expect(why.textContent).toBe('lib 1.5app 2.0base 2.0');
    const needs = screen.getByRole('tree', { name: 'What lib needs' });
    expect(needs.textContent).toBe('lib 1.5base 2.0');
  });

  it.each([
    ['app', 'The notebook itself asks for app.'],
    ['old', 'Nothing asks for old: the next lock leaves it out.'],
    ['old', 'No other package.'],
    ['nobody', 'No locked package is called nobody.']
  ])('says of %s what there is to say', (name, words) => {
    showView({ name });

    expect(screen.getByText(words)).toBeTruthy();
  });

  it('offers the packages, all of them where one is chosen', async () => {
    showView({ name: 'ba' });
    await userEvent.click(screen.getByRole('combobox', { name: 'Package' }));
    const options = screen.getAllByRole('option').map(option => option.textContent);

    expect(options).toEqual(['base2.0']);
  });

  it('looks at another package when its row is chosen', async () => {
    const names = showView();

    await userEvent.click(screen.getByRole('treeitem', { name: /old/ }));

    expect(names).toEqual(['old']);
  });

  it('asks whether indexes may be asked, and says what went wrong', async () => {
    const problem = makeProblem();
    const agreed: string[][] = [];
    const url = 'https://index.example/simple';
    showView({
      tree: { kind: 'error', problem },
      untrusted: () => [url],
      onTrust: indexes => agreed.push(indexes)
    });
    expect(screen.getByRole('alert').textContent).toContain(url);

    await userEvent.click(screen.getByRole('button', { name: 'Ask for This Tree' }));

    expect(agreed).toEqual([[url]]);
  });

  it('says what went wrong', () => {
    showView({ tree: { kind: 'error', problem: makeProblem() } });

    expect(screen.getByRole('alert').textContent).toContain('contradict');
  });
});

describe('InstallHint', () => {
  it('says that cells install, and leads on', async () => {
    let count = 0;
    render(
      <InstallHint
        rows={[makeRow({ source: 'pip' }), makeRow({ source: 'pip' })]}
        isBusy={false}
        trans={trans}
        onConvert={() => (count += 1)}
      />
    );
    expect(screen.getByText(/Cells install 2 packages/)).toBeTruthy();

    await userEvent.click(
      screen.getByRole('button', { name: 'Record as Requirements…' })
    );

    expect(count).toBe(1);
  });

  it('says nothing where no cell installs', () => {
    const { container } = render(
      <InstallHint
        rows={[makeRow()]}
        isBusy={false}
        trans={trans}
        onConvert={() => undefined}
      />
    );

    expect(container.textContent).toBe('');
  });
});
