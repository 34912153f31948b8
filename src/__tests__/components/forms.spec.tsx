import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import type { ILockChoice } from '../../components/LockFields';
import { LockFields } from '../../components/LockFields';
import type { IRequirementText } from '../../components/RequirementFields';
import { RequirementFields, toRequirement } from '../../components/RequirementFields';
import type { IProblem, Targets } from '../../tokens';
import {
  FakeServerStatus,
  makeDependencies,
  makeProblem,
  makeRow,
  trans
} from '../doubles';

const EMPTY: IRequirementText = {
  name: '',
  specifier: '',
  extras: '',
  markers: '',
  index: '',
  dev: false
};

function RequirementForm(props: {
  onValue: (value: IRequirementText) => void;
  problem?: IProblem;
  isNameFixed?: boolean;
}): React.JSX.Element {
  const [value, setValue] = React.useState(EMPTY);
  return (
    <RequirementFields
      value={value}
      isNameFixed={props.isNameFixed ?? false}
      problem={props.problem ?? null}
      trans={trans}
      onChange={changed => {
        setValue(changed);
        props.onValue(changed);
      }}
    />
  );
}

describe('RequirementFields', () => {
  it('gives what was typed as a requirement', async () => {
    let last = EMPTY;
    render(<RequirementForm onValue={value => (last = value)} />);

    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), ' pandas ');
    await userEvent.type(screen.getByRole('textbox', { name: 'Version' }), '>=2');
    await userEvent.type(screen.getByRole('textbox', { name: 'Extras' }), 'excel, ,html');
    await userEvent.type(screen.getByRole('textbox', { name: 'Index' }), 'extra');
    await userEvent.click(screen.getByRole('checkbox', { name: 'For development only' }));

    expect(toRequirement(last)).toEqual({
      name: 'pandas',
      specifier: '>=2',
      extras: ['excel', 'html'],
      markers: '',
      index: 'extra',
      dev: true
    });
  });

  it('takes a star for any version', () => {
    expect(toRequirement({ ...EMPTY, name: 'pandas', specifier: '*' }).specifier).toBe(
      ''
    );
  });

  it('shows a problem at the field that it is about', () => {
    const problem = makeProblem({
      message: 'Not a specifier.',
      hint: 'Write it like >=2.',
      details: { field: 'add[0].specifier' }
    });
    render(<RequirementForm onValue={() => undefined} problem={problem} />);

    const field = screen.getByRole('textbox', { name: 'Version' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const notes = (field.getAttribute('aria-describedby') ?? '').split(' ');
    const texts = notes.map(id => document.getElementById(id)?.textContent);
    expect(texts).toContain('Not a specifier. Write it like >=2.');
    expect(document.activeElement).toBe(field);
    expect(screen.getAllByRole('alert')).toHaveLength(1);
  });

  it('shows a problem below the fields when it is about none of them', () => {
    render(<RequirementForm onValue={() => undefined} problem={makeProblem()} />);

    expect(screen.getByRole('alert').textContent).toContain('contradict');
  });

  it('does not let the name of an existing requirement be changed', () => {
    render(<RequirementForm onValue={() => undefined} isNameFixed />);

    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
    expect(field.readOnly).toBe(true);
  });
});

const CHOICE: ILockChoice = {
  engine: '',
  target: 'server',
  environment: '',
  python: '',
  platform: '',
  upgrade: false
};

const TARGETS: Targets = {
  path: '.thoth.yaml',
  environments: [
    {
      name: 'ubi8',
      target: {
        python_version: '3.9',
        platform: 'linux',
        universal: false,
        description: 'Python 3.9 on linux'
      }
    }
  ],
  problems: ['The entry "rhel:8" has a name that is not allowed.']
};

function LockForm(props: { onValue: (value: ILockChoice) => void }): React.JSX.Element {
  const [value, setValue] = React.useState(CHOICE);
  return (
    <LockFields
      value={value}
      health={new FakeServerStatus().health}
      targets={TARGETS}
      dependencies={makeDependencies({
        requirements: [makeRow({ specifier: '>=2' }), makeRow({ name: 'numpy' })]
      })}
      problem={null}
      trans={trans}
      onChange={changed => {
        setValue(changed);
        props.onValue(changed);
      }}
    />
  );
}

describe('LockFields', () => {
  it('shows what will be locked, and for which machine by default', () => {
    render(<LockForm onValue={() => undefined} />);

    expect(screen.getByText('2 requirements will be locked')).toBeTruthy();
    expect(screen.getByText('pandas>=2, numpy')).toBeTruthy();
    const server = screen.getByRole<HTMLInputElement>('radio', { name: /This server/ });
    expect(server.checked).toBe(true);
    expect(screen.getByText(/rhel:8/)).toBeTruthy();
  });

  it('offers the runtime environments', async () => {
    let last = CHOICE;
    render(<LockForm onValue={value => (last = value)} />);

    await userEvent.click(screen.getByRole('radio', { name: /ubi8/ }));

    expect(last).toMatchObject({ target: 'environment', environment: 'ubi8' });
  });

  it('asks for Python and platform only where they count', async () => {
    let last = CHOICE;
    render(<LockForm onValue={value => (last = value)} />);
    expect(screen.queryByRole('textbox')).toBeNull();

    await userEvent.click(screen.getByRole('radio', { name: 'Every platform' }));
    expect(screen.queryByRole('textbox', { name: 'Platform' })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: /Another Python/ }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Python version' }), '3.12');
    await userEvent.type(screen.getByRole('textbox', { name: 'Platform' }), 'linux');

    expect(last).toMatchObject({ target: 'custom', python: '3.12', platform: 'linux' });
  });

  it('does not offer an engine that is not installed', () => {
    render(<LockForm onValue={() => undefined} />);

    const option = screen.getByRole<HTMLOptionElement>('option', {
      name: 'thoth (not installed)'
    });
    expect(option.disabled).toBe(true);
  });

  it('does not ask for the engine when there is only one', () => {
    const { health } = new FakeServerStatus();
    render(
      <LockFields
        value={CHOICE}
        health={health && { ...health, engines: health.engines.slice(0, 1) }}
        targets={null}
        dependencies={null}
        problem={null}
        trans={trans}
        onChange={() => undefined}
      />
    );

    expect(screen.getByRole('radio', { name: /on Linux x86-64/ })).toBeTruthy();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('can ask for the newest versions', async () => {
    let last = CHOICE;
    render(<LockForm onValue={value => (last = value)} />);

    await userEvent.click(screen.getByRole('checkbox', { name: /newest versions/ }));

    expect(last.upgrade).toBe(true);
  });
});
