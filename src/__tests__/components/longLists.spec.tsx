import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DependencyTable } from '../../components/DependencyTable';
import { DependencyTree } from '../../components/DependencyTree';
import { TreeView } from '../../components/TreeView';
import { makeRow, trans } from '../doubles';
import { makeTree, makeTreePackage } from '../environmentDoubles';

const COUNT = 500;
const HEIGHT = 480;

/** A browser that says what is near only when it is told so. */
class Watched implements IntersectionObserver {
  static readonly all = new Map<Element, Watched>();
  readonly root = null;
  readonly rootMargin = '';
  readonly thresholds = [];

  constructor(private readonly _callback: IntersectionObserverCallback) {}

  observe(target: Element): void {
    Watched.all.set(target, this);
  }

  unobserve(target: Element): void {
    Watched.all.delete(target);
  }

  disconnect(): void {
    Watched.all.forEach((watched, target) => {
      if (watched === this) {
        Watched.all.delete(target);
      }
    });
  }

  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }

  /** Have an element be near, or far from what is seen. */
  static tell(target: Element, isIntersecting: boolean, height = HEIGHT): void {
    const boundingClientRect = { height } as DOMRectReadOnly;
    const entry = { target, isIntersecting, boundingClientRect };
    const watched = Watched.all.get(target);
    act(() => watched?._callback([entry as IntersectionObserverEntry], watched));
  }
}

const before = window.IntersectionObserver;

beforeEach(() => {
  window.IntersectionObserver = Watched;
});

afterEach(() => {
  window.IntersectionObserver = before;
  Watched.all.clear();
});

const names = Array.from({ length: COUNT }, (_, number) => `package-${number}`);

async function showTable(): Promise<Element[]> {
  const nothing = (): void => undefined;
  render(
    <DependencyTable
      rows={names.map(name => makeRow({ name }))}
      isBusy={false}
      trans={trans}
      onEdit={nothing}
      onRemove={nothing}
      onTree={nothing}
      onReveal={nothing}
    />
  );
  await screen.findByRole('rowheader', { name: 'package-0' });
  return [...document.querySelectorAll('tbody')];
}

function headers(part: Element): number {
  return part.querySelectorAll('[role="rowheader"]').length;
}

describe('a table of hundreds of requirements', () => {
  it('draws the first ones, and tells how many there are', async () => {
    const parts = await showTable();

    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('501');
    expect(parts.slice(1).every(part => headers(part) === 0)).toBe(true);
    const [, first] = screen.getAllByRole('row');
    expect(first.getAttribute('aria-rowindex')).toBe('2');
  });

  it('draws what comes near, and keeps the room of what goes', async () => {
    const [, , part] = await showTable();

    Watched.tell(part, true);
    const drawn = headers(part);
    const place = part.querySelector('tr')?.getAttribute('aria-rowindex');
    Watched.tell(part, false);

    expect(drawn).toBeGreaterThan(5);
    expect(place).toBe(`${2 * drawn + 2}`);
    expect(headers(part)).toBe(0);
    expect(part.querySelector('td')?.style.height).toBe(`${HEIGHT}px`);
  });

  it('keeps the room of what is folded, which has no height', async () => {
    const [, , part] = await showTable();
    Watched.tell(part, true);
    Watched.tell(part, false);

    Watched.tell(part, false, 0);

    expect(part.querySelector('td')?.style.height).toBe(`${HEIGHT}px`);
  });

  it('does not take away what has the focus', async () => {
    const [, , part] = await showTable();
    Watched.tell(part, true);
    part.querySelector('button')?.focus();

    Watched.tell(part, false);

    expect(headers(part)).toBeGreaterThan(5);
    expect(part.contains(document.activeElement)).toBe(true);
  });
});

describe('a tree of hundreds of packages', () => {
  const result = makeTree(names.map(name => makeTreePackage({ name })));

  it('draws the row that the keys lead to', async () => {
    const nothing = (): void => undefined;
    render(
      <DependencyTree
        label="Tree"
        result={result}
        way="requires"
        roots={names}
        trans={trans}
        onChoose={nothing}
      />
    );
    expect(screen.queryByRole('treeitem', { name: /package-499/ })).toBeNull();
    await userEvent.tab();

    await userEvent.keyboard('{End}');

    const last = screen.getByRole('treeitem', { name: /package-499/ });
    expect(document.activeElement).toBe(last);
    expect(last.getAttribute('aria-posinset')).toBe('500');
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(50);
  });

  it('offers as many names as one can choose from, and says that there are more', async () => {
    const nothing = (): void => undefined;
    render(
      <TreeView
        name="package"
        tree={{ kind: 'ready', answer: result }}
        trans={trans}
        onName={nothing}
        untrusted={() => null}
        onTrust={nothing}
      />
    );

    await userEvent.click(screen.getByRole('combobox'));

    expect(screen.getAllByRole('option')).toHaveLength(50);
    expect(screen.getByText('450 more. Type more of the name.')).toBeTruthy();
  });
});
