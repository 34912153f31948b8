import { Dialog } from '@jupyterlab/apputils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LockReview } from '../../commands/reviewLock';
import type { LockResult, ReviewChoice } from '../../tokens';
import {
  FakeDocument,
  FakePreferences,
  eventually,
  makeAdvisory,
  makeJob,
  makeLockResult,
  trans
} from '../doubles';

const NOTHING = { added: [], removed: [], updated: [] };
const FIRST = makeLockResult();
const AGAIN = makeLockResult({ base: { requirements_lock: 'old' } });
const SAME = makeLockResult({ base: { requirements_lock: 'old' }, changed: NOTHING });

function setUp(): { preferences: FakePreferences; review: LockReview } {
  const preferences = new FakePreferences();
  onTestFinished(() => Dialog.flush());
  return { preferences, review: new LockReview(preferences, trans) };
}

describe('LockReview', () => {
  it.each<[ReviewChoice, string, LockResult, boolean]>([
    ['changes', 'a first lock', FIRST, false],
    ['changes', 'a lock that changes', AGAIN, true],
    ['changes', 'a lock whose packages stay', SAME, false],
    ['always', 'a first lock', FIRST, true],
    ['always', 'a lock whose packages stay', SAME, true],
    ['never', 'a lock that changes', AGAIN, false]
  ])('with the setting %s asks as it should about %s', (choice, _, result, isNeeded) => {
    const { preferences, review } = setUp();

    preferences.reviewLock = choice;

    expect(review.isNeeded(result)).toBe(isNeeded);
  });

  it.each([
    ['Apply', true],
    ['Discard', false]
  ])('takes %s for the answer %s', async (name, answer) => {
    const { review } = setUp();
    const asking = review.ask(new FakeDocument(), makeJob(), FIRST);

    const dialog = await screen.findByRole('dialog');
    await screen.findByText('Apply the new lock of train.ipynb?');
    await eventually(() => expect(dialog.textContent).toContain('numpy 2.3.4'));
    expect(screen.getByRole('region', { name: 'Changes' }).tabIndex).toBe(0);
    await userEvent.click(screen.getByRole('button', { name }));

    expect(await asking).toBe(answer);
  });

  it('is not answered by Enter on a link', async () => {
    const { review } = setUp();
    const against = [{ name: 'holey', version: '1.0', advisory: makeAdvisory() }];
    const advisories = { gained: against, lost: [], kept: [], unchecked: [] };
    const asking = review.ask(
      new FakeDocument(),
      makeJob(),
      makeLockResult({ advisories })
    );
    const link = await screen.findByRole('link', { name: 'GHSA-1' });

    link.focus();
    await userEvent.keyboard('{Enter}');

    expect(screen.getByRole('dialog')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(await asking).toBe(false);
  });

  it('says at once when the notebook changes so that the lock does not fit', async () => {
    const { review } = setUp();
    const document = new FakeDocument();
    const asking = review.ask(document, makeJob(), FIRST);
    await screen.findByText('numpy');
    expect(screen.queryByRole('alert')).toBeNull();

    document.metadata = { requirements_lock: 'newer' };
    document.contentChanged.emit();

    expect((await screen.findByRole('alert')).textContent).toContain('has changed');
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await asking).toBe(false);
  });

  it('gives up when the notebook is closed', async () => {
    const { review } = setUp();
    const document = new FakeDocument();
    const asking = review.ask(document, makeJob(), FIRST);
    await screen.findByText('numpy');

    document.dispose();

    expect(await asking).toBe(false);
  });
});
