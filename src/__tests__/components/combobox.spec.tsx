import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import type { IComboboxProps } from '../../components/Combobox';
import { Combobox } from '../../components/Combobox';

const OPTIONS = ['pandas', 'pandera', 'polars'].map(value => ({ value, note: '' }));

function Form(
  props: Partial<IComboboxProps> & { onValue?: (value: string) => void }
): React.JSX.Element {
  const [value, setValue] = React.useState('');
  return (
    <Combobox
      label="Name"
      options={OPTIONS.filter(option => option.value.startsWith(value))}
      {...props}
      value={value}
      onChange={changed => {
        setValue(changed);
        props.onValue?.(changed);
      }}
    />
  );
}

function field(): HTMLInputElement {
  return screen.getByRole('combobox', { name: 'Name' });
}

function active(): string | null {
  const id = field().getAttribute('aria-activedescendant');
  return id === null ? null : (document.getElementById(id)?.textContent ?? 'nothing');
}

function selected(): (string | null)[] {
  return screen
    .getAllByRole('option')
    .filter(option => option.getAttribute('aria-selected') === 'true')
    .map(option => option.textContent);
}

describe('Combobox', () => {
  it('offers what fits while one types', async () => {
    render(<Form />);
    expect(field().getAttribute('aria-expanded')).toBe('false');

    await userEvent.type(field(), 'pan');

    expect(field().getAttribute('aria-expanded')).toBe('true');
    const list = screen.getByRole('listbox', { name: 'Name' });
    expect(field().getAttribute('aria-controls')).toBe(list.id);
    expect(screen.getAllByRole('option').map(option => option.textContent)).toEqual([
      'pandas',
      'pandera'
    ]);
    expect(active()).toBeNull();
  });

  it('goes through the offer by arrows, back to the text at its ends', async () => {
    render(<Form />);
    await userEvent.type(field(), 'pan');

    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe('pandas');
    expect(selected()).toEqual(['pandas']);
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe('pandera');
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBeNull();
    await userEvent.keyboard('{ArrowUp}');
    expect(active()).toBe('pandera');
    expect(document.activeElement).toBe(field());
  });

  it('takes the active option by Enter and closes', async () => {
    const values: string[] = [];
    render(<Form onValue={value => values.push(value)} />);
    await userEvent.type(field(), 'po');

    await userEvent.keyboard('{ArrowDown}{Enter}');

    expect(field().value).toBe('polars');
    expect(values.at(-1)).toBe('polars');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('takes an option that is clicked, and keeps the focus', async () => {
    render(<Form />);
    await userEvent.click(field());

    await userEvent.click(screen.getByRole('option', { name: 'polars' }));

    expect(field().value).toBe('polars');
    expect(document.activeElement).toBe(field());
  });

  it('closes by Escape, and lets the next Escape through', async () => {
    const keys: string[] = [];
    render(
      <div onKeyDown={event => keys.push(event.key)}>
        <Form />
      </div>
    );
    await userEvent.click(field());

    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(keys).toEqual([]);
    await userEvent.keyboard('{Escape}');

    expect(keys).toEqual(['Escape']);
  });

  it('opens by Alt and an arrow without a choice, and closes so', async () => {
    render(<Form />);
    field().focus();

    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(field().getAttribute('aria-expanded')).toBe('true');
    expect(active()).toBeNull();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');

    expect(field().getAttribute('aria-expanded')).toBe('false');
  });

  it('closes when the focus leaves', async () => {
    render(<Form />);
    await userEvent.click(field());

    await userEvent.tab();

    expect(field().getAttribute('aria-expanded')).toBe('false');
  });

  it('stays open where the choice leads on', async () => {
    render(<Form staysOpen={value => value === 'polars'} />);
    await userEvent.type(field(), 'po');

    await userEvent.keyboard('{ArrowDown}{Enter}');

    expect(field().getAttribute('aria-expanded')).toBe('true');
    expect(active()).toBeNull();
  });

  it('tells what there is to say of the offer', async () => {
    render(<Form options={[]} message="Nothing found." />);
    await userEvent.type(field(), 'x');

    expect(screen.getByRole('status').textContent).toBe('Nothing found.');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field().hasAttribute('aria-controls')).toBe(false);
  });

  it('offers nothing where the text cannot be changed', async () => {
    render(<Form isReadOnly />);

    await userEvent.click(field());
    await userEvent.keyboard('{ArrowDown}');

    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('takes the focus when something is wrong, and says what', () => {
    render(<Form hint="A name." error="Not a name." />);

    expect(document.activeElement).toBe(field());
    expect(field().getAttribute('aria-invalid')).toBe('true');
    const notes = (field().getAttribute('aria-describedby') ?? '').split(' ');
    expect(notes.map(id => document.getElementById(id)?.textContent)).toEqual([
      'A name.',
      'Not a name.'
    ]);
  });
});
