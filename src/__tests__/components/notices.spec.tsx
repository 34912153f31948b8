import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import { EmptyState } from '../../components/EmptyState';
import { ErrorNotice } from '../../components/ErrorNotice';
import { FailureNotice } from '../../components/FailureNotice';
import { FindingList } from '../../components/FindingList';
import { JobLogView } from '../../components/JobLogView';
import { makeProblem, trans } from '../doubles';

describe('ErrorNotice', () => {
  it('is announced with message and hint, and offers what can be done', async () => {
    const onRetry = vi.fn();
    render(<ErrorNotice problem={makeProblem()} trans={trans} onRetry={onRetry} />);

    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('The requirements contradict each other.');
    expect(alert.textContent).toContain('Loosen one of them.');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('shows the explanation of the engine in its own words', () => {
    const explanation = 'Because a needs b,\nwe can conclude that c.';
    render(
      <ErrorNotice problem={makeProblem({ details: { explanation } })} trans={trans} />
    );

    expect(screen.getByRole('alert').textContent).toContain(explanation);
  });

  it.each([
    ['server.missing', 'The server extension aidevsecops_ext does not answer.'],
    ['server.unreachable', 'The Jupyter server cannot be reached.'],
    ['request.forbidden', 'The Jupyter server does not let you do this.'],
    ['server.unexpected', 'Something unexpected happened.']
  ])('has words for %s, which the server cannot tell itself', (code, text) => {
    render(
      <ErrorNotice problem={makeProblem({ code, message: '', hint: '' })} trans={trans} />
    );

    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('FailureNotice', () => {
  it('leads to the cells of the requirements in conflict', async () => {
    const onReveal = vi.fn();
    const requirements = [
      { name: 'pandas', specifier: '>=99', source: 'pip', imports: [], cells: [2] },
      { nonsense: true }
    ];
    render(
      <FailureNotice
        problem={makeProblem({ details: { requirements } })}
        trans={trans}
        onShowLog={vi.fn()}
        onReveal={onReveal}
      />
    );

    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText('pandas>=99')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Go to cell 3' }));

    expect(onReveal).toHaveBeenCalledExactlyOnceWith(2);
  });
});

describe('FindingList', () => {
  it('is a region with the name of its title', () => {
    render(
      <FindingList
        title="Problems"
        findings={[{ text: 'Cell 2 does not parse.', cells: [1] }]}
        trans={trans}
        onReveal={vi.fn()}
      />
    );

    expect(screen.getByRole('region', { name: 'Problems' }).textContent).toContain(
      'Cell 2 does not parse.'
    );
  });

  it('is not there when there is nothing to tell', () => {
    const { container } = render(
      <FindingList title="Problems" findings={[]} trans={trans} onReveal={vi.fn()} />
    );

    expect(container.childElementCount).toBe(0);
  });
});

describe('EmptyState', () => {
  it('says what is not there and what to do', () => {
    render(<EmptyState message="No jobs." hint="Start one." />);

    expect(screen.getByText('No jobs.')).toBeTruthy();
    expect(screen.getByText('Start one.')).toBeTruthy();
  });
});

describe('JobLogView', () => {
  it('is a log that can be reached by keyboard', () => {
    render(<JobLogView lines={['one', 'two']} isComplete={false} trans={trans} />);

    const log = screen.getByRole('log', { name: 'Log' });
    expect(log.textContent).toBe('one\ntwo');
    expect(log.tabIndex).toBe(0);
  });

  it.each([
    [false, 'Waiting…'],
    [true, 'The log is empty.']
  ])('tells an empty log apart when complete is %s', (isComplete, text) => {
    render(<JobLogView lines={[]} isComplete={isComplete} trans={trans} />);

    expect(screen.getByRole('log').textContent).toBe(text);
  });

  it('follows its end until the user scrolls up', () => {
    const view = (lines: string[]): React.JSX.Element => (
      <JobLogView lines={lines} isComplete={false} trans={trans} />
    );
    const { rerender } = render(view(['one']));
    const log = screen.getByRole('log');
    Object.defineProperty(log, 'scrollHeight', { value: 500 });
    Object.defineProperty(log, 'clientHeight', { value: 100 });

    rerender(view(['one', 'two']));
    expect(log.scrollTop).toBe(500);

    log.scrollTop = 50;
    log.dispatchEvent(new Event('scroll', { bubbles: true }));
    rerender(view(['one', 'two', 'three']));

    expect(log.scrollTop).toBe(50);
  });
});
