import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { ConversionPreview } from '../../components/ConversionPreview';
import type { IExportText } from '../../components/ExportFields';
import { ExportFields } from '../../components/ExportFields';
import { ImportFields } from '../../components/ImportFields';
import { declaredChanges } from '../../components/declared';
import type { AnswerState, IExportPlan, ImportPlan } from '../../environmentTokens';
import type { IProblem } from '../../tokens';
import { makeProblem, trans } from '../doubles';
import { makeConversion, makeImport } from '../environmentDoubles';

const nothing = (): undefined => undefined;

function pipfile(packages: object, dev: object = {}): { requirements: string } {
  return { requirements: JSON.stringify({ packages, 'dev-packages': dev }) };
}

describe('declaredChanges', () => {
  it('names what comes, goes and changes, and leaves out what stays', () => {
    const before = pipfile({ same: '*', gone: '==1', other: '>=1' });
    const edit = pipfile(
      { same: '*', other: { version: '>=2', extras: ['a', 'b'], markers: 'x' } },
      { tool: { index: 'extra' } }
    );

    expect(declaredChanges(before, edit)).toEqual([
      { name: 'gone', before: '==1', after: null },
      { name: 'other', before: '>=1', after: '[a,b]>=2; x' },
      { name: 'tool', before: null, after: '*' }
    ]);
  });

  it.each([{}, { requirements: 'no JSON' }, { requirements: null }])(
    'finds nothing declared in %j',
    before => {
      expect(declaredChanges(before, pipfile({ one: '*' }))).toHaveLength(1);
    }
  );
});

describe('ConversionPreview', () => {
  it('shows what is recorded, how cells change, and what stays', () => {
    const conversion = makeConversion({ lost: ['Cell 2: conda is not recorded.'] });
    render(<ConversionPreview conversion={conversion} problem={null} trans={trans} />);

    const recorded = screen.getByRole('region', {
      name: 'Requirements that will be recorded'
    });
    expect(recorded.textContent).toContain('pandas>=2');
    const diff = screen.getByRole('group', { name: 'Changes to cell 1' });
    expect(diff.textContent).toBe('− !pip install pandas>=2+ # !pip install pandas>=2');
    expect(
      screen.getByRole('region', { name: 'What stays as it is' }).textContent
    ).toContain('conda is not recorded');
  });

  it('says so when everything is declared already', () => {
    const conversion = makeConversion({ recorded: [] });
    render(<ConversionPreview conversion={conversion} problem={null} trans={trans} />);

    expect(screen.getByText(/declares already/)).toBeTruthy();
  });

  it('says so when no line can be recorded, and what is wrong', () => {
    const conversion = makeConversion({
      recorded: [],
      lines: [],
      edit: { metadata: {} }
    });
    render(
      <ConversionPreview conversion={conversion} problem={makeProblem()} trans={trans} />
    );

    expect(screen.getByText('No line can be recorded.')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('contradict');
  });
});

function showImport(
  plan: AnswerState<ImportPlan>,
  suggestions: AnswerState<string[]> = { kind: 'ready', answer: [] }
): string[] {
  const paths: string[] = [];
  render(
    <ImportFields
      path="work/"
      suggestions={suggestions}
      plan={plan}
      problem={null}
      trans={trans}
      onChange={path => paths.push(path)}
    />
  );
  return paths;
}

describe('ImportFields', () => {
  it('shows how the requirements change, and what is not kept', () => {
    const answer = makeImport({ packages: 4, lost: ['A comment.'] }).answer;
    showImport({ kind: 'ready', answer: { answer, base: pipfile({ numpy: '*' }) } });

    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows).toEqual(['RequirementNowThen', 'numpy*taken out', 'pandas–>=2']);
    expect(screen.getByText('4 packages are locked with it.')).toBeTruthy();
    expect(
      screen.getByRole('region', { name: 'What is not kept' }).textContent
    ).toContain('A comment.');
  });

  it.each([
    [{ requirements_lock: '{}' }, /lock of the notebook goes/],
    [{}, 'Nothing is locked with it.']
  ])('says what becomes of the lock in %j', (base, words) => {
    showImport({ kind: 'ready', answer: makeImport({}, base) });

    expect(screen.getByText(words)).toBeTruthy();
  });

  it('says so when nothing would change, or only the lock', () => {
    showImport({ kind: 'ready', answer: makeImport({ edit: { metadata: {} } }) });
    showImport({
      kind: 'ready',
      answer: makeImport({ edit: { metadata: { requirements_lock: '{}' } } })
    });

    expect(screen.getByText('The notebook says the same already.')).toBeTruthy();
    expect(screen.getByText('The requirements stay as they are.')).toBeTruthy();
  });

  it('offers files, marking the folders', async () => {
    const paths = showImport(
      { kind: 'idle' },
      { kind: 'ready', answer: ['work/envs/', 'work/Pipfile'] }
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'File' }));
    expect(screen.getAllByRole('option').map(one => one.textContent)).toEqual([
      'work/envs/folder',
      'work/Pipfile'
    ]);

    await userEvent.click(screen.getByRole('option', { name: 'work/Pipfile' }));

    expect(paths).toEqual(['work/Pipfile']);
  });

  it.each([
    [{ kind: 'ready', answer: [] }, 'No such file can be taken over.'],
    [{ kind: 'error', problem: makeProblem() }, /contradict/]
  ] as const)('says of the offer %j what there is to say', async (offer, words) => {
    showImport({ kind: 'idle' }, offer as unknown as AnswerState<string[]>);

    await userEvent.click(screen.getByRole('combobox', { name: 'File' }));

    expect(screen.getByText(words)).toBeTruthy();
  });

  it('says that it looks, and why a file cannot be taken over', () => {
    showImport({ kind: 'loading', answer: null });
    showImport({ kind: 'error', problem: makeProblem() });

    expect(screen.getByText('Loading…')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('contradict');
  });
});

const PLAN: IExportPlan = {
  files: [
    { path: 'work/Pipfile', text: 'a\nc', old: 'a\nb', isSame: false },
    { path: 'work/Pipfile.lock', text: '{}', old: null, isSame: false },
    { path: 'work/other', text: 'same', old: 'same', isSame: true }
  ],
  lost: ['Nulls.']
};

function ExportForm(props: {
  plan: AnswerState<IExportPlan>;
  onValue?: (value: IExportText) => void;
  onTrust?: (indexes: string[]) => void;
  untrusted?: (problem: IProblem) => string[] | null;
}): React.JSX.Element {
  const [value, setValue] = React.useState<IExportText>({
    format: 'pipfile',
    folder: 'work',
    mayReplace: false
  });
  return (
    <ExportFields
      value={value}
      plan={props.plan}
      problem={null}
      trans={trans}
      untrusted={props.untrusted ?? (() => null)}
      onTrust={props.onTrust ?? nothing}
      onChange={changed => {
        setValue(changed);
        props.onValue?.(changed);
      }}
    />
  );
}

describe('ExportFields', () => {
  it('lists the files with what will become of them', () => {
    render(<ExportForm plan={{ kind: 'ready', answer: PLAN }} />);

    const list = screen.getByRole('list', { name: 'Files' });
    const items = within(list).getAllByRole('listitem');
    expect(items.map(item => item.querySelector('summary')?.textContent)).toEqual([
      'work/Pipfile replaced',
      'work/Pipfile.lock new',
      'work/other unchanged'
    ]);
    expect(items[0].querySelector('ins')?.textContent).toBe('+ c');
    expect(items[1].querySelector('pre')?.textContent).toBe('{}');
    expect(screen.getByRole('region', { name: 'What is not kept' })).toBeTruthy();
  });

  it('asks before it replaces, and again when something else is chosen', async () => {
    let last: IExportText | undefined;
    render(
      <ExportForm
        plan={{ kind: 'ready', answer: PLAN }}
        onValue={value => (last = value)}
      />
    );

    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Replace 1 file that says something else' })
    );
    expect(last?.mayReplace).toBe(true);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Format' }),
      'requirements.txt'
    );

    expect(last).toEqual({ format: 'requirements', folder: 'work', mayReplace: false });
    expect(screen.getByText(/for pip\./)).toBeTruthy();
  });

  it('does not ask when nothing is replaced', () => {
    const files = PLAN.files.slice(1);
    render(<ExportForm plan={{ kind: 'ready', answer: { files, lost: [] } }} />);

    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('asks whether indexes may be asked', async () => {
    const agreed: string[][] = [];
    const url = 'https://index.example/simple';
    render(
      <ExportForm
        plan={{ kind: 'error', problem: makeProblem() }}
        untrusted={() => [url]}
        onTrust={indexes => agreed.push(indexes)}
      />
    );
    expect(screen.getByRole('alert').textContent).toContain(url);

    await userEvent.click(screen.getByRole('button', { name: 'Ask for This Export' }));

    expect(agreed).toEqual([[url]]);
  });

  it('says why there are no files', () => {
    render(<ExportForm plan={{ kind: 'error', problem: makeProblem() }} />);

    expect(screen.getByRole('alert').textContent).toContain('contradict');
  });
});
