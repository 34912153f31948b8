import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandIDs, sectionId } from '../../commandIds';
import { FirstRunSetting } from '../commands/firstRunSetting';

/** The tour, begun from a button, beside a section of overlays. */
async function begin(): Promise<FirstRunSetting & { tour: HTMLElement }> {
  const start = document.createElement('button');
  const overlays = document.createElement('div');
  overlays.id = sectionId('overlays');
  document.body.append(start, overlays);
  start.focus();
  const setting = new FirstRunSetting();
  setting.commands.addCommand(CommandIDs.lockNotebook, {
    label: 'Lock Dependencies',
    isEnabled: () => false,
    execute: () => undefined
  });
  await setting.commands.execute(CommandIDs.startTour);
  const tour = screen.getByRole('dialog', { name: 'Tour of AIDevSecOps' });
  onTestFinished(async () => {
    for (const leave of screen.queryAllByRole('dialog')) {
      leave.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    }
    start.remove();
    overlays.remove();
  });
  return Object.assign(setting, { tour });
}

function words(tour: HTMLElement): string {
  return document.getElementById(tour.getAttribute('aria-describedby') ?? '')
    ?.textContent as string;
}

describe('the tour', () => {
  it('leads through the sections by the keyboard alone, and gives the focus back', async () => {
    const { tour, started } = await begin();
    const outside = document.body.querySelector('button');
    expect(document.activeElement?.textContent).toBe('Next');

    for (let at = 2; at <= 6; at += 1) {
      await userEvent.keyboard('{Enter}');
      await expect.poll(() => words(tour)).toContain(`Step ${at} of 6`);
      await expect.poll(() => started.length).toBe(at);
    }
    expect(document.activeElement?.textContent).toBe('Done');
    await userEvent.keyboard('{Enter}');

    expect(started.map(([, args]) => args['section'])).toEqual([
      'project',
      'dependencies',
      'overlays',
      'pipelines',
      'release',
      'jobs'
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(outside);
  });

  it('points at the section, and no longer when it is left by Escape', async () => {
    const { tour } = await begin();
    const section = document.getElementById(sectionId('overlays'));
    const next = within(tour).getByRole('button', { name: 'Next' });
    await userEvent.click(next);
    await userEvent.click(next);
    await expect.poll(() => section?.className).toContain('mod-toured');

    await userEvent.keyboard('{Escape}');

    expect(screen.queryByRole('dialog')).toBeNull();
    expect(section?.className).not.toContain('mod-toured');
  });

  it('starts what can be done at a stop, and goes back', async () => {
    const { tour, started } = await begin();
    await userEvent.click(within(tour).getByRole('button', { name: 'Open Examples' }));
    await expect
      .poll(() => started.map(([id]) => id))
      .toContain('filebrowser:go-to-path');
    await userEvent.click(within(tour).getByRole('button', { name: 'Next' }));

    const lock = await within(tour).findByRole('button', { name: 'Lock Dependencies' });
    expect(lock.hasAttribute('disabled')).toBe(true);
    await userEvent.click(within(tour).getByRole('button', { name: 'Back' }));

    await expect.poll(() => words(tour)).toContain('Step 1 of 6');
  });

  it('is the same one when it is begun again', async () => {
    const { commands, tour } = await begin();
    await userEvent.click(within(tour).getByRole('button', { name: 'Next' }));

    await commands.execute(CommandIDs.startTour);

    expect(screen.getAllByRole('dialog')).toEqual([tour]);
    expect(words(tour)).toContain('Step 2 of 6');
  });
});
