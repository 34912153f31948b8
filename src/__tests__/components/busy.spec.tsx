import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { Busy } from '../../components/Busy';
import { BusyRegion } from '../../components/BusyRegion';

describe('Busy', () => {
  it('says what is loaded, to all who cannot see it too', () => {
    render(<Busy label="Loading the jobs…" />);

    expect(screen.getByRole('status').textContent).toBe('Loading the jobs…');
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('keeps its place where nothing is loaded', () => {
    render(<Busy label={null} />);

    expect(screen.getByRole('status').textContent).toBe('');
  });

  it.each([
    ['is not known', { message: 'Resolving', fraction: null }, null, '0%'],
    ['is known', { message: 'Resolving', fraction: 0.256 }, '26', '26%']
  ])('says how far a job is where that %s', (_, progress, now, width) => {
    render(<Busy label="Lock churn" progress={progress} />);

    const bar = screen.getByRole('progressbar', { name: 'Lock churn' });
    expect(bar.getAttribute('aria-valuenow')).toBe(now);
    expect(bar.getAttribute('aria-valuetext')).toBe('Resolving');
    expect((bar.firstElementChild as HTMLElement).style.width).toBe(width);
    expect(screen.getByText('Resolving')).toBeTruthy();
    // A bar says it; a job that speaks all the time would be read aloud all the time.
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('says what the job is before that has said anything', () => {
    render(<Busy label="Lock churn" progress={null} />);

    expect(screen.getByText('Lock churn')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
  });
});

describe('BusyRegion', () => {
  it('keeps what is shown while it is read anew', () => {
    const { rerender } = render(
      <BusyRegion isBusy className="jp-Some">
        <p>What is known</p>
      </BusyRegion>
    );
    const region = screen.getByText('What is known').parentElement;
    expect(region?.getAttribute('aria-busy')).toBe('true');

    rerender(
      <BusyRegion isBusy={false} className="jp-Some">
        <p>What is known</p>
      </BusyRegion>
    );
    expect(region?.getAttribute('aria-busy')).toBeNull();
    expect(region?.children).toHaveLength(1);
  });
});
