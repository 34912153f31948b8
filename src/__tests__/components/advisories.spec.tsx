import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import { AcceptedList } from '../../components/AcceptedList';
import { AdvisoryItem } from '../../components/AdvisoryItem';
import { AdvisoryList, fixingSpecifier } from '../../components/AdvisoryList';
import { AuditSummary, verdictOf } from '../../components/AuditSummary';
import { UncheckedList } from '../../components/UncheckedList';
import type { Advisory, IAuditReport, Job } from '../../tokens';
import { makeAdvisory, makeJob, makeReport, trans } from '../doubles';

function audited(...advisories: Advisory[]): Parameters<typeof fixingSpecifier>[0] {
  return { name: 'holey', version: '1.0', advisories };
}

describe('AdvisoryItem', () => {
  it('says in words how bad it is, links to it and names the fix', () => {
    const advisory = makeAdvisory({ fixed: ['1.1', '2.0.1'], aliases: ['CVE-1'] });

    render(<AdvisoryItem advisory={advisory} trans={trans} />);

    const { textContent } = screen.getByRole('listitem');
    expect(textContent).toContain('critical');
    expect(textContent).toContain('holey has a hole');
    expect(textContent).toContain('Fixed in 1.1, 2.0.1.');
    expect(textContent).toContain('Also CVE-1.');
    const link = screen.getByRole('link', { name: 'GHSA-1' });
    expect(link.getAttribute('href')).toBe('https://advisories.example/GHSA-1');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it.each(['', 'javascript:alert(1)'])('does not link to %j', url => {
    render(<AdvisoryItem advisory={makeAdvisory({ url })} trans={trans} />);

    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText('GHSA-1')).toBeTruthy();
  });

  it('says that there is no fix, and that nobody says how bad it is', () => {
    const advisory = makeAdvisory({ fixed: [], severity: 'unknown', summary: '' });

    render(<AdvisoryItem advisory={advisory} subject="holey 1.0" trans={trans} />);

    const { textContent } = screen.getByRole('listitem');
    expect(textContent).toContain('severity unknown');
    expect(textContent).toContain('holey 1.0');
    expect(textContent).toContain('No version with a fix is known.');
  });
});

describe('AdvisoryList', () => {
  it('offers the versions with all the fixes there are', async () => {
    const onUpgrade = vi.fn();
    const found = audited(
      makeAdvisory(),
      makeAdvisory({ id: 'GHSA-2', severity: 'low', fixed: ['1.0.5', '2.0'] }),
      makeAdvisory({ id: 'GHSA-3', severity: 'low', fixed: [] })
    );
    const rest = { expired: [], isBusy: false, trans, onUpgrade };
    render(<AdvisoryList audited={found} {...rest} />);

    const button = screen.getByRole('button', { name: 'Upgrade holey' });
    expect(button.title).toContain('holey>=1.1,>=1.0.5');
    await userEvent.click(button);

    expect(onUpgrade).toHaveBeenCalledExactlyOnceWith('holey', '>=1.1,>=1.0.5');
    const list = screen.getByRole('list', { name: 'Advisories against holey' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
  });

  it('offers nothing where there is no fix', () => {
    const found = audited(makeAdvisory({ fixed: [] }));
    const rest = { expired: [], isBusy: false, trans, onUpgrade: vi.fn() };

    render(<AdvisoryList audited={found} {...rest} />);

    expect(screen.queryByRole('button')).toBeNull();
  });

  it('tells that an advisory is no longer accepted, whichever id was accepted', () => {
    const found = audited(makeAdvisory({ aliases: ['CVE-1'] }));
    const expired = [{ id: 'CVE-1', reason: 'Never parsed.', expires: '2026-01-31' }];
    const rest = { isBusy: true, trans, onUpgrade: vi.fn() };

    render(<AdvisoryList audited={found} expired={expired} {...rest} />);

    expect(screen.getByRole('listitem').textContent).toContain(
      'Was accepted until 2026-01-31: Never parsed.'
    );
    expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
  });
});

const VULNERABLE = [audited(makeAdvisory())];
const UNCHECKED = [{ name: 'far', version: '2.0', reason: 'No network.' }];
const UNASKED = [{ name: 'new', version: '3.0' }];

describe('AuditSummary', () => {
  it.each<[Partial<IAuditReport>, string, string]>([
    [{}, 'good', 'No known advisories'],
    [{ vulnerable: VULNERABLE }, 'bad', 'Advisories against 1 package'],
    [
      { vulnerable: VULNERABLE, unchecked: UNCHECKED },
      'bad',
      'Advisories against 1 package'
    ],
    [{ unchecked: UNCHECKED }, 'unsure', 'Not all packages were checked'],
    [{ unasked: UNASKED }, 'unsure', 'Not all packages were checked'],
    [{ checkedCount: 0, unchecked: UNCHECKED }, 'unsure', 'No package was checked']
  ])('takes %j for %s', (change, kind, text) => {
    expect(verdictOf(makeReport(change), trans)).toEqual({ kind, text });
  });

  function show(props: { report?: IAuditReport; job?: Job }): {
    onAudit: () => void;
    onCancel: (job: Job) => void;
    onShowLog: (job: Job) => void;
  } {
    const calls = { onAudit: vi.fn(), onCancel: vi.fn(), onShowLog: vi.fn() };
    const { report = null, job = null } = props;
    render(
      <AuditSummary report={report} job={job} isBusy={false} trans={trans} {...calls} />
    );
    return calls;
  }

  it('offers an audit where there was none', async () => {
    const { onAudit } = show({});

    await userEvent.click(screen.getByRole('button', { name: 'Audit' }));

    expect(onAudit).toHaveBeenCalledOnce();
    expect(screen.getByRole('status').textContent).toBe('Not audited');
  });

  it('counts what was checked and what was not', () => {
    show({ report: makeReport({ unchecked: UNCHECKED, unasked: UNASKED }) });

    const region = screen.getByRole('region', { name: 'Advisories' });
    expect(region.textContent).toContain(
      '12 packages checked, 1 could not be checked, 1 locked since then'
    );
    expect(screen.getByRole('button', { name: 'Audit Again' })).toBeTruthy();
  });

  it('leads to the log of an audit that runs, and stops it', async () => {
    const job = makeJob({ kind: 'audit' });
    const { onCancel, onShowLog } = show({ job });

    await userEvent.click(screen.getByRole('button', { name: 'Cancel Audit' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show Audit Log' }));

    expect(onCancel).toHaveBeenCalledExactlyOnceWith(job);
    expect(onShowLog).toHaveBeenCalledExactlyOnceWith(job);
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  it('cancels only once', () => {
    show({ job: makeJob({ kind: 'audit', state: 'cancelling' }) });

    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Cancelling…' });
    expect(button.disabled).toBe(true);
  });
});

describe('UncheckedList', () => {
  it('says once why several packages were not checked', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => ({
      name,
      version: '1.0',
      reason: 'No network.'
    }));

    render(
      <UncheckedList
        unchecked={[...many, { name: 'git', version: '', reason: 'No version.' }]}
        trans={trans}
      />
    );

    const [first, second] = screen.getAllByRole('listitem');
    expect(first.textContent).toContain('No network.');
    expect(first.textContent).toContain('6 packages');
    expect(first.textContent).toContain('a 1.0, b 1.0');
    expect(second.textContent).toBe('No version. git');
  });

  it('is not there when everything was checked', () => {
    render(<UncheckedList unchecked={[]} trans={trans} />);

    expect(screen.queryByRole('region')).toBeNull();
  });
});

describe('AcceptedList', () => {
  it('says why an advisory does not count, and until when', () => {
    const ignored = [{ id: 'GHSA-9', reason: 'Never parsed.', expires: '2027-01-31' }];

    render(<AcceptedList ignored={ignored} trans={trans} />);

    const region = screen.getByRole('region', { name: 'Accepted advisories' });
    expect(region.textContent).toContain('GHSA-9 Never parsed. Until 2027-01-31.');
  });

  it('is not there when nothing is accepted', () => {
    render(<AcceptedList ignored={[]} trans={trans} />);

    expect(screen.queryByRole('region')).toBeNull();
  });
});
