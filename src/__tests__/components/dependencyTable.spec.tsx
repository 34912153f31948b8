import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import { DependencyTable } from '../../components/DependencyTable';
import type { IDependencyActions } from '../../components/DependencyTableRow';
import type { DependencyRow } from '../../tokens';
import { makeRow, trans } from '../doubles';

function setUp(
  rows: DependencyRow[],
  isBusy = false
): { [name in keyof IDependencyActions]: unknown } {
  const actions = {
    onEdit: vi.fn(),
    onRemove: vi.fn(),
    onTree: vi.fn(),
    onReveal: vi.fn()
  };
  render(<DependencyTable rows={rows} isBusy={isBusy} trans={trans} {...actions} />);
  return actions;
}

describe('DependencyTable', () => {
  it('shows name, constraint, locked version and origin of a requirement', () => {
    setUp([
      makeRow({
        name: 'pandas',
        extras: ['excel'],
        specifier: '>=2',
        locked_version: '2.3.3',
        source: 'metadata',
        declared: true,
        cells: [0, 4]
      })
    ]);

    const row = screen.getByRole('row', { name: /pandas/ });
    expect(within(row).getByRole('rowheader').textContent).toBe('pandas[excel]');
    const cells = within(row).getAllByRole('cell');
    expect(cells.slice(0, 3).map(cell => cell.textContent)).toEqual([
      '>=2',
      '2.3.3',
      'declared15'
    ]);
  });

  it('says so where there is no constraint and no locked version', () => {
    setUp([makeRow({ specifier: '*' })]);

    expect(screen.getByText('any')).toBeTruthy();
    expect(screen.getByText('not locked')).toBeTruthy();
  });

  it.each([
    ['metadata', 'declared'],
    ['pep723', 'script block'],
    ['pip', 'install line'],
    ['import', 'import']
  ] as const)('calls the source %s "%s"', (source, text) => {
    setUp([makeRow({ source })]);

    expect(screen.getByText(text)).toBeTruthy();
  });

  it('marks what is special about a requirement', () => {
    setUp([
      makeRow({ dev: true, optional: true, index: 'extra', markers: "os_name == 'nt'" })
    ]);

    for (const tag of ['dev', 'optional', 'from extra', "if os_name == 'nt'"]) {
      expect(screen.getByText(tag)).toBeTruthy();
    }
  });

  it('says in a tooltip what was found only, and as what it is imported', () => {
    setUp([makeRow({ declared: false, imports: ['cv2'] })]);

    expect(
      screen.getByTitle('Found in the cells, not declared. Imported as cv2.').textContent
    ).toBe('pandas');
  });

  it('leads to a cell, counted from 1', async () => {
    const { onReveal } = setUp([makeRow({ cells: [3] })]);

    await userEvent.click(screen.getByRole('button', { name: 'Go to cell 4' }));

    expect(onReveal).toHaveBeenCalledExactlyOnceWith(3);
  });

  it('edits and removes a declared requirement', async () => {
    const row = makeRow({ declared: true });
    const { onEdit, onRemove } = setUp([row]);

    await userEvent.click(screen.getByRole('button', { name: 'Edit pandas' }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove pandas' }));

    expect(onEdit).toHaveBeenCalledExactlyOnceWith(row);
    expect(onRemove).toHaveBeenCalledExactlyOnceWith(row);
  });

  it('declares, but does not remove, what was only found', () => {
    setUp([makeRow({ declared: false })]);

    expect(screen.getByRole('button', { name: 'Declare pandas' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove pandas' })).toBeNull();
  });

  it('allows no change while the notebook is busy', () => {
    setUp([makeRow({ declared: true })], true);

    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Edit pandas' });
    expect(button.disabled).toBe(true);
  });

  it('keeps its roles, which a narrow layout would take away', () => {
    setUp([makeRow()]);

    const table = screen.getByRole('table', { name: 'Requirements' });
    expect(table.getAttribute('role')).toBe('table');
    expect(within(table).getAllByRole('columnheader')).toHaveLength(5);
  });

  it('leads to the tree of what is locked', async () => {
    const locked = makeRow({ name: 'pandas', locked_version: '2.0' });
    const actions = setUp([locked, makeRow({ name: 'numpy' })]);
    expect(screen.queryByRole('button', { name: /Why numpy/ })).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: /why pandas is here/ }));

    expect(actions.onTree).toHaveBeenCalledWith(locked);
  });
});
