import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { constraintOf } from '../../components/constraint';
import type { ILockChoice } from '../../components/LockFields';
import { LockFields } from '../../components/LockFields';
import type { IRequirementText } from '../../components/RequirementFields';
import { RequirementFields, toRequirement } from '../../components/RequirementFields';
import type { AnswerState, PackageDetails, PackageSearch } from '../../environmentTokens';
import type { IProblem, Targets } from '../../tokens';
import {
  FakeServerStatus,
  makeDependencies,
  makeProblem,
  makeRow,
  trans
} from '../doubles';
import { makePackage, makeSearch } from '../environmentDoubles';

const EMPTY: IRequirementText = {
  name: '',
  constraint: constraintOf(''),
  extras: '',
  markers: '',
  index: '',
  dev: false
};

function RequirementForm(props: {
  onValue: (value: IRequirementText) => void;
  problem?: IProblem;
  isNameFixed?: boolean;
  search?: AnswerState<PackageSearch>;
  details?: AnswerState<PackageDetails>;
  initial?: IRequirementText;
}): React.JSX.Element {
  const [value, setValue] = React.useState(props.initial ?? EMPTY);
  return (
    <RequirementFields
      value={value}
      isNameFixed={props.isNameFixed ?? false}
      search={props.search ?? { kind: 'idle' }}
      details={props.details ?? { kind: 'idle' }}
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

    await userEvent.type(screen.getByRole('combobox', { name: 'Name' }), ' pandas ');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Version specifier' }),
      '>=2'
    );
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
    expect(
      toRequirement({ ...EMPTY, name: 'pandas', constraint: constraintOf('*') }).specifier
    ).toBe('');
  });

  it('shows a problem at the field that it is about', () => {
    const problem = makeProblem({
      message: 'Not a specifier.',
      hint: 'Write it like >=2.',
      details: { field: 'add[0].specifier' }
    });
    render(<RequirementForm onValue={() => undefined} problem={problem} />);

    const field = screen.getByRole('textbox', { name: 'Version specifier' });
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

    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Name' });
    expect(field.readOnly).toBe(true);
  });
});

/** The texts of the list that is open. */
function offered(): (string | null)[] {
  const options = within(screen.getByRole('listbox')).getAllByRole('option');
  return options.map(option => option.textContent);
}

describe('the search for a name', () => {
  const index = (state: 'loading' | 'unlisted'): PackageSearch['indexes'] => [
    { ...makeSearch([]).indexes[0], state }
  ];

  it.each([
    [{ kind: 'loading', answer: null }, 'Searching…'],
    [{ kind: 'ready', answer: makeSearch([]) }, 'No package is called so.'],
    [
      { kind: 'ready', answer: makeSearch(['pandas'], { indexes: index('loading') }) },
      /still being read/
    ],
    [
      { kind: 'ready', answer: makeSearch([], { indexes: index('unlisted') }) },
      /only whole names/
    ],
    [{ kind: 'error', problem: makeProblem() }, /search failed: .*contradict/]
  ] as [AnswerState<PackageSearch>, string | RegExp][])(
    'says of %j what there is to say',
    async (search, words) => {
      render(<RequirementForm onValue={() => undefined} search={search} />);

      await userEvent.type(screen.getByRole('combobox', { name: 'Name' }), 'p');

      expect(screen.getByText(words)).toBeTruthy();
    }
  );

  it('offers, of an older answer, only what still fits', async () => {
    const search = { kind: 'loading', answer: makeSearch(['a-b', 'pandas']) } as const;
    render(<RequirementForm onValue={() => undefined} search={search} />);

    await userEvent.type(screen.getByRole('combobox', { name: 'Name' }), 'A_b');

    expect(offered()).toEqual(['a-b']);
  });

  it('says what went wrong with the package', () => {
    render(
      <RequirementForm
        onValue={() => undefined}
        details={{ kind: 'error', problem: makeProblem() }}
      />
    );

    expect(screen.getByText(/contradict/)).toBeTruthy();
  });
});

describe('the constraint', () => {
  const DETAILS = {
    kind: 'ready',
    answer: makePackage([
      { version: '3.0rc1', prerelease: true },
      { version: '2.2', fits_python: false, requires_python: '>=3.13' },
      { version: '2.1', yanked: true, yanked_reason: 'broken' },
      { version: '2.0', uploaded_at: '2026-02-03T04:05:06Z' },
      { version: '1.9', has_wheel: false }
    ])
  } as const;

  function show(specifier = ''): { text: () => string } {
    const initial = { ...EMPTY, constraint: constraintOf(specifier) };
    let last = initial;
    render(
      <RequirementForm
        initial={initial}
        details={DETAILS}
        onValue={value => (last = value)}
      />
    );
    return { text: () => toRequirement(last).specifier ?? '' };
  }

  async function want(kind: string): Promise<void> {
    const wanted = screen.getByRole('combobox', { name: 'Wanted' });
    await userEvent.selectOptions(wanted, kind);
  }

  it.each([
    ['At least', '>=2.0'],
    ['Compatible with', '~=2.0'],
    ['Exactly', '==2.0']
  ])('puts %s together', async (kind, specifier) => {
    const form = show();

    await want(kind);
    await userEvent.type(screen.getByRole('combobox', { name: 'Version wanted' }), '2.0');

    expect(form.text()).toBe(specifier);
    const text = screen.getByRole<HTMLInputElement>('textbox', {
      name: 'Version specifier'
    });
    expect(text.value).toBe(specifier);
  });

  it('puts a range with exceptions together, and any version', async () => {
    const form = show();

    await want('In a range');
    await userEvent.type(screen.getByRole('combobox', { name: 'From' }), '1.9');
    await userEvent.type(screen.getByRole('combobox', { name: 'Before' }), '3');
    await userEvent.type(screen.getByRole('textbox', { name: 'Except' }), '2.0, 2.1');
    expect(form.text()).toBe('>=1.9,<3,!=2.0,!=2.1');
    await want('Any version');

    expect(form.text()).toBe('!=2.0,!=2.1');
  });

  it('offers the versions, with what is worth knowing of them', async () => {
    show('>=2.0');

    await userEvent.click(screen.getByRole('combobox', { name: 'Version wanted' }));

    expect(offered()).toEqual([
      '3.0rc1pre-release',
      '2.2needs Python >=3.13',
      '2.1taken back',
      '2.02026-02-03',
      '1.9'
    ]);
  });

  it('offers, while a version is typed, those that begin so', async () => {
    show('>=1');
    const version = screen.getByRole('combobox', { name: 'Version wanted' });

    await userEvent.type(version, '.');

    expect(offered()).toEqual(['1.9']);
  });

  it('follows what an expert writes', async () => {
    show();
    const text = screen.getByRole('textbox', { name: 'Version specifier' });

    await userEvent.type(text, '~=2.0');
    expect(
      screen.getByRole<HTMLInputElement>('combobox', { name: 'Version wanted' }).value
    ).toBe('2.0');
    await userEvent.type(text, ',<2.5');

    const wanted = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Wanted' });
    expect(wanted.value).toBe('free');
  });

  it.each([
    ['', 'Newest version that fits: 2.0.'],
    ['==2.1', /2\.1\. It was taken back: broken\./],
    ['>=3.0rc1', /3\.0rc1\. It is a pre-release\./],
    ['<2', /1\.9\. It has to be built from its source\./],
    ['>=3', 'No version of pandas fits for Python 3.11.'],
    ['newest', 'This is no version specifier.']
  ])('says what %j comes to', (specifier, words) => {
    show(specifier);

    expect(screen.getByText(words)).toBeTruthy();
  });
});

const CHOICE: ILockChoice = {
  engine: '',
  fallback: '',
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

function LockForm(props: {
  targets?: Targets;
  onValue: (value: ILockChoice) => void;
}): React.JSX.Element {
  const [value, setValue] = React.useState(CHOICE);
  return (
    <LockFields
      value={value}
      health={new FakeServerStatus().health}
      targets={props.targets ?? TARGETS}
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
      name: 'thoth (no service is named)'
    });
    expect(option.disabled).toBe(true);
  });

  it('says that an engine is not installed', () => {
    const { health } = new FakeServerStatus();
    const engines = [
      { name: 'uv', available: true, hint: '' },
      { name: 'pip', available: false, hint: 'Install it.' }
    ];
    render(
      <LockFields
        value={CHOICE}
        health={health && { ...health, engines }}
        targets={null}
        dependencies={null}
        problem={null}
        trans={trans}
        onChange={() => undefined}
      />
    );

    expect(screen.getByRole('option', { name: 'pip (not installed)' })).toBeTruthy();
  });

  it('lets Thoth lock where the notebook names a service', async () => {
    let last = CHOICE;
    const targets = { ...TARGETS, thoth_host: 'thoth.example' };
    render(<LockForm targets={targets} onValue={value => (last = value)} />);
    await userEvent.click(screen.getByRole('radio', { name: 'Every platform' }));

    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Engine' }),
      'thoth'
    );

    expect(last).toMatchObject({ engine: 'thoth', target: 'server' });
    expect(screen.getByText(/thoth\.example chooses the versions/)).toBeTruthy();
    const first = screen.getByRole<HTMLInputElement>('radio', { name: /ubi8/ });
    expect(first.checked).toBe(true);
    expect(screen.queryByRole('radio', { name: /This server/ })).toBeNull();
    expect(screen.queryByRole('radio', { name: 'Every platform' })).toBeNull();
  });

  it('asks who locks when the Thoth service cannot be reached', async () => {
    let last = CHOICE;
    const targets = { ...TARGETS, thoth_host: 'thoth.example' };
    render(<LockForm targets={targets} onValue={value => (last = value)} />);
    expect(screen.queryByRole('checkbox', { name: /cannot be reached/ })).toBeNull();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Engine' }),
      'thoth'
    );
    const fallback = screen.getByRole<HTMLInputElement>('checkbox', {
      name: /cannot be reached/
    });
    expect(fallback.checked).toBe(false);

    await userEvent.click(fallback);
    expect(last.fallback).toBe('uv');
    await userEvent.click(fallback);

    expect(last.fallback).toBe('none');
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
